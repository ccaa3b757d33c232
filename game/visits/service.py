"""Judging what somebody shows of being at a spot, and keeping that they were there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from core.database import db, dialect, insert_into
from core.places import plates, presence
from core.places.models import Spot
from core.places.presence import Fix, Verdict
from game.challenges import answers
from game.visits import queries, rules
from game.visits.models import Visit

OF_A_VERDICT = {Verdict.VERIFIED: rules.VERIFIED.name, Verdict.NEAR: rules.NEAR.name}


@dataclass(frozen=True)
class Shown:
    """What somebody sends to show that they are there. Only what `judge` makes of it outlives the request."""

    fix: Fix | None = None
    plate: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Judged:
    """What it comes to: the pieces that hold, and what to tell the person."""

    pieces: frozenset[str] = frozenset()
    verdict: Verdict = Verdict.UNKNOWN
    metres: int | None = None  # how far the spot seems, when it seems far
    is_wrong_answer: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is enough for a visit."""
        return rules.counts(self.pieces)


def judge(spot: Spot, asked: answers.Asked | None, shown: Shown) -> Judged:
    """What holds of what somebody shows, at this spot and for the question asked there."""
    verdict = presence.verdict(spot, shown.fix)
    is_answered = bool(asked and shown.answer.strip())
    is_right = bool(asked and answers.is_right(asked, shown.answer))
    hung_at = plates.spot_of(shown.plate) if shown.plate else None
    held = {
        OF_A_VERDICT.get(verdict, ""): True,
        rules.PLATE.name: hung_at is not None and hung_at.id == spot.id,
        rules.ANSWER.name: is_right,
    }
    return Judged(
        pieces=frozenset(name for name, holds in held.items() if name and holds),
        verdict=verdict,
        metres=presence.metres_away(spot, shown.fix) if shown.fix and verdict == Verdict.FAR else None,
        is_wrong_answer=is_answered and not is_right,
    )


def record(player: str, spot_id: int, on: date) -> None:
    """Keep that this player was there; once a day is enough."""
    row = insert_into(Visit, dialect()).values(player=player, spot_id=spot_id, on=on)
    db.session.execute(row.on_conflict_do_nothing())


def leave(neighbourhood_id: int, until: date) -> None:
    """Nothing says any more who was at a spot here, up to a day: a season closes."""
    here = select(Spot.id).where(Spot.neighbourhood_id == neighbourhood_id)
    db.session.execute(delete(Visit).where(Visit.spot_id.in_(here), Visit.on <= until))


def export(player: str) -> list[dict[str, Any]]:
    """The visits of a person, for themselves."""
    return [{"spot": visit.spot.name, "on": visit.on.isoformat()} for visit in queries.of(player)]


def erase(player: str) -> None:
    """Forget where somebody was."""
    db.session.execute(delete(Visit).where(Visit.player == player))
