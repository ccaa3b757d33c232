"""Which challenges fit two people now, out of those that their neighbourhood offers."""

import re
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from core import clock
from core.places.models import Spot
from game.challenges.kinds import KINDS, Kind
from game.challenges.models import MARKS, Challenge
from game.challenges.queries import Turn

FILTERS = (*MARKS, "faceless")  # what a reader may ask for
MOST_NEAR = 40  # places among which a phone finds the nearest
SENTENCE = re.compile(r"(?<=[.!?؟。])\s+")


class Fit(NamedTuple):
    """A challenge that fits, and why: "week", "day", "new" (never done by this player), "near" or "other"."""

    challenge: Challenge
    why: str

    @property
    def first_sentence(self) -> str:
        """What to do, in short."""
        return SENTENCE.split(self.challenge.words["text"])[0]


def wanted(asked: Mapping[str, str]) -> list[str]:
    """What a reader asks for, from what stands in the address."""
    return [name for name in FILTERS if asked.get(name) == "1"]


def with_marks(offered: Iterable[Challenge], wanted: Collection[str]) -> list[Challenge]:
    """Those of which all the wanted marks are told."""
    return [one for one in offered if one.told_marks >= {*wanted}]


def for_two(
    offered: Iterable[Challenge], wanted: Collection[str] = (), without: Collection[int] = ()
) -> list[Challenge]:
    """Those that two do, with each of the wanted marks, but for those that these two did already (ids)."""
    return [one for one in with_marks(offered, wanted) if KINDS[one.kind].takes_two and one.id not in without]


def by_kind(fitting: Sequence[Challenge]) -> list[tuple[type[Kind], list[Challenge]]]:
    """The same in their kinds; a kind of which there is none is left out."""
    kinds = [(kind, [one for one in fitting if one.kind == kind.name]) for kind in KINDS.values()]
    return [(kind, some) for kind, some in kinds if some]


def three(fitting: Sequence[Challenge], turn: Turn | None, done: Collection[int]) -> list[Fit]:
    """The turn's, one of another kind, and one that this player never did; fewer where fewer suit now."""
    fitting = _now(fitting)
    todays = turn.challenge if turn and turn.challenge in fitting else None
    coming = _in_turn([one for one in fitting if one != todays], turn)
    new = next((one for one in coming if one.id not in done), None)
    others = [one for one in coming if one != new]
    kinds = {one.kind for one in (todays, new) if one}
    other = next((one for one in others if one.kind not in kinds), next(iter(others), None))
    first = "week" if turn and turn.is_weeks else "day"
    found = [(todays, first), (other, "other"), (new, "new")]
    return [Fit(challenge, why) for challenge, why in found if challenge]


def near(fitting: Sequence[Challenge]) -> list[Fit]:
    """Those at a place that may be told and is not closed now: the phone knows which is the nearest."""
    there = [one for one in _now(fitting) if KINDS[one.kind].tells_spot and _is_open(one.spot)]
    return [Fit(one, "near") for one in there[:MOST_NEAR]]


def surprise(fitting: Sequence[Challenge], done: Collection[int]) -> Challenge | None:
    """Any of them within its hours: rather one that needs no place, and that this player never did."""
    fitting = _now(fitting) or fitting
    anywhere = [one for one in fitting if one.spot_id is None] or fitting
    new = [one for one in anywhere if one.id not in done] or anywhere
    return secrets.choice(new) if new else None


def _now(challenges: Iterable[Challenge]) -> list[Challenge]:
    return [one for one in challenges if one.suits(clock.now())]


def _in_turn(challenges: Sequence[Challenge], turn: Turn | None) -> list[Challenge]:
    """In the order in which they have their turn: each day others come first."""
    last = turn.challenge.id if turn else 0
    return sorted(challenges, key=lambda one: (one.id <= last, one.id))


def _is_open(spot: Spot | None) -> bool:
    return spot is not None and (spot.now is None or spot.now.is_open)
