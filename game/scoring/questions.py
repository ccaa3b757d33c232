"""Questions of players whether what a meeting gave is right: how a coordinator comes to a meeting (docs/rules.md §4).

A coordinator reads which rules gave what in which week, never who asks or whom they met (docs/decisions/0043).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, select

from core import clock, codes
from core.database import db, dialect, insert_into
from core.refusal import Refusal, Sort
from game.scoring import corrections
from game.scoring.models import MEETING, LedgerEntry, Purse, Question
from game.seasons.models import Season

REASONS = {
    "not met": _l("We did not meet."),
    "not me": _l("It was not me who said yes."),
    "points": _l("These are other points than on the card."),
}
SHOWN = 50  # questions on one page: the oldest first


@dataclass(frozen=True)
class Asked:
    """A question as a coordinator sees it: without whose it is. `lines`: what each rule gave."""

    key: str
    letters: str
    reason: str
    at: datetime
    week: date
    lines: Sequence[tuple[str, int]]

    @property
    def price(self) -> int:
        """What the meeting was worth, the same for both."""
        return sum(points for _name, points in self.lines)


def ask(player: str, meeting: str, reason: str) -> None:
    """Ask whether it is right; once is enough. Raises Refusal for another's meeting, and without a reason."""
    mine = (LedgerEntry.meeting == meeting, LedgerEntry.player == player)
    season_id = db.session.scalar(select(LedgerEntry.season_id).where(*mine).limit(1))
    if season_id is None:
        raise Refusal(_l("That is not here (any more)."), Sort.UNKNOWN)
    if reason not in REASONS:
        raise Refusal(_l("Choose what is not right."), Sort.INVALID, field="reason")
    row = insert_into(Question, dialect()).values(
        key=codes.new_key(), letters=codes.short_code(), season_id=season_id, meeting=meeting, player=player,
        reason=reason, at=clock.now(),
    )  # fmt: skip
    db.session.execute(row.on_conflict_do_nothing())


def open_ones(neighbourhood_id: int, coordinator: str) -> list[Asked]:
    """What waits for an answer, the oldest first; not about meetings of this coordinator."""
    theirs = select(LedgerEntry.meeting).where(LedgerEntry.player == coordinator)
    gave = (
        LedgerEntry.meeting == Question.meeting, LedgerEntry.player == Question.player,
        LedgerEntry.reason == MEETING, LedgerEntry.purse == Purse.OWN,
    )  # fmt: skip
    found = (
        select(Question, LedgerEntry.week, LedgerEntry.lines)
        .join(Season, Season.id == Question.season_id)
        .join(LedgerEntry, and_(*gave))
        .where(Season.neighbourhood_id == neighbourhood_id, Question.answered_at.is_(None))
        .where(Question.meeting.not_in(theirs))
        .order_by(Question.id)
        .limit(SHOWN)
    )
    return [
        Asked(one.key, one.letters, one.reason, one.at, week, [(name, points) for name, points in lines])
        for one, week, lines in db.session.execute(found)
    ]


def one(neighbourhood_id: int, key: str, coordinator: str) -> Question:
    """An open question of this neighbourhood. Raises Refusal for one that is answered or none, and about oneself."""
    here = select(Question).join(Season).where(Season.neighbourhood_id == neighbourhood_id, Question.key == key)
    found = db.session.scalar(here.with_for_update(of=Question).execution_options(populate_existing=True))
    if found is None or found.answered_at is not None:
        raise Refusal(_l("That is not here (any more)."), Sort.UNKNOWN)
    if coordinator in corrections.players(found.meeting):
        raise Refusal(_l("This is about you. Another coordinator looks at it."), Sort.FORBIDDEN)
    return found


def answer(question: Question) -> None:
    """A coordinator corrected it, or says that it stays as it is: who asked reads it on their page.

    The other's question of the same meeting goes on to wait, or it would show who met whom.
    """
    question.answered_at = clock.now()
    db.session.flush()


def of(player: str, meetings: Collection[str]) -> Mapping[str, Question]:
    """What somebody asked about these meetings, by their keys."""
    mine = select(Question).where(Question.player == player, Question.meeting.in_(meetings))
    return {one.meeting: one for one in db.session.scalars(mine)}
