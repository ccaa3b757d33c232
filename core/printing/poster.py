"""What the poster asks people to do this week: parts say it, since core knows no challenge."""

from collections.abc import Callable, Mapping

from core.registry import Registry

Task = Mapping[str, str]  # the words of something to do together: {"title", "lang"}
TASKS: Registry[Callable[[int], Task | None]] = Registry("what the poster asks people to do")
"""Each says what there is to do until Sunday, by the id of a neighbourhood."""


def task(neighbourhood_id: int) -> Task | None:
    """What there is to do this week; None when no part has anything."""
    asked = (ask(neighbourhood_id) for ask in TASKS.all())
    return next((found for found in asked if found), None)
