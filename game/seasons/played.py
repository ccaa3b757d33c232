"""Whether people met in a season: higher parts say so, since a season knows no meeting."""

from collections.abc import Callable

from core.registry import Registry
from game.seasons.models import Season

PLAYED: Registry[Callable[[Season], bool]] = Registry("what hangs on a season")
"""Each says whether something of its own does."""


def in_(season: Season) -> bool:
    """Whether anything hangs on it: its days then stay, and so does it."""
    return any(hangs(season) for hangs in PLAYED.all())
