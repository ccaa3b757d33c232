"""For which organisation somebody promises who is not of the team: parts that know professionals say so."""

from collections.abc import Callable

from core.registry import Registry

SPEAKERS: Registry[Callable[[int, str], str | None]] = Registry("who speaks for an organisation")
"""By the id of a neighbourhood and a player key, the organisation for which they speak there now, or None."""


def organisation_of(neighbourhood_id: int, who: str) -> str | None:
    """The first that any part knows."""
    return next((found for say in SPEAKERS.all() if (found := say(neighbourhood_id, who))), None)
