"""A walk as it stands on paper: its stops, the way between them, and which stories may stand there in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from tours.routing.graph import FootGraph
from tours.stories import queries as stories
from tours.walks import queries
from tours.walks.models import Tour
from tours.walks.queries import Shown


@dataclass(frozen=True)
class Way:
    """From a stop to the one numbered `to`. `metres` and `minutes` are None until it was solved anew."""

    to: int
    bridge: str
    metres: int | None = None
    minutes: int | None = None
    has_step: bool = False
    remarks: Sequence[str] = ()


@dataclass(frozen=True)
class Piece:
    """A stop on paper. `is_full`: its teller allows its story to stand there; `way` leads on, None at the end."""

    shown: Shown
    is_full: bool
    way: Way | None


def pieces(tour: Tour) -> list[Piece]:
    """All stops as they may be shown now, in as many questions for forty as for two."""
    shown = queries.live([tour.id]).get(tour.id, [])
    full = stories.on_paper([one.stop.story_id for one in shown if one.stop.story_id])
    after = [*shown[1:], *(shown[:1] if tour.is_loop else ())]
    ways = [_way(tour, one, other) for one, other in zip(shown, after, strict=False)]
    return [Piece(one, one.stop.story_id in full, ways[at] if at < len(ways) else None) for at, one in enumerate(shown)]


def left_out(found: Sequence[Piece]) -> int:
    """How many of their stories stand on paper with no more than their title."""
    return sum(1 for one in found if one.shown.stop.story_id and not one.is_full)


def is_of_the_map(tour: Tour) -> bool:
    """Whether the line was found along ways of OpenStreetMap, which asks to say so."""
    return any(leg["source"] == FootGraph.name for leg in tour.legs)


def _way(tour: Tour, one: Shown, after: Shown) -> Way:
    leg: dict[str, Any] | None = next(
        (leg for leg in tour.legs if (leg["from"], leg["to"]) == (one.stop.id, after.stop.id)), None
    )
    if leg is None:
        return Way(after.number, one.bridge)
    minutes = max(1, ceil(leg["seconds"] / 60))
    return Way(after.number, one.bridge, leg["metres"], minutes, leg["step_free"] == "no", leg["remarks"])
