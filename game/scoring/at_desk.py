"""Points that were taken away, at the desk: one of the two asks another editor, who lets it stay or gives them back.

A thing of the desk is a meeting that was ever corrected, by the key of its first correction; it is shown without the
two, as everywhere (docs/decisions/0043).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core import i18n
from core.audit import service as audit
from core.database import db
from core.desk.handlers import Answers, Before, Item
from core.desk.models import Decision, Verdict
from core.guard import Role
from core.people import queries as people
from core.people.models import Person
from game.scoring import corrections, rules
from game.scoring.models import MEETING, Correction, LedgerEntry, What
from game.seasons.models import Season


class TakenAway:
    """What a meeting gave. It comes here only when one of the two asks another editor."""

    kind = "points"
    label = _l("Points of a meeting")
    icon = "hinkel"
    answers = Answers(
        labels={Verdict.GOOD: _l("Give both the points back"), Verdict.BACK: _l("It stays, with a reason")},
        reasons=corrections.REASONS,
        done={Verdict.GOOD: _l("Both have the points again."), Verdict.BACK: _l("It stays. They read why.")},
        told={
            Verdict.GOOD: _l("You both got the points of a meeting back."),
            Verdict.BACK: _l("The points of a meeting were taken away, from both of you."),
        },
        why=lambda decisions: _why(decisions),
        begins_here=True,
    )

    def waiting(self, neighbourhood_id: int, editor: str) -> Sequence[Item]:
        return []

    def get(self, neighbourhood_id: int, key: str) -> Item | None:
        """Also one that was given back a moment ago, so that this can be undone."""
        for meeting in db.session.scalars(select(Correction.meeting).where(Correction.key == key)):
            corrections.lock(neighbourhood_id, meeting)
        return next((_item(one) for one in _found(neighbourhood_id, [key])), None)

    def some(self, neighbourhood_id: int, keys: Collection[str]) -> Sequence[Item]:
        """Those that are taken away now."""
        return [_item(one) for one in _found(neighbourhood_id, keys) if one.last.what == What.TAKEN]

    def publish(self, key: str, editor: str, role: Role) -> None:
        """Both have them again."""
        [one] = _found(None, [key])
        if corrections.give_back(one.first.meeting, editor, corrections.APPEAL):
            audit.record("points.give", key, one.neighbourhood_id, editor, role)

    def hide(self, key: str, editor: str, role: Role) -> None:
        """Undo `publish`."""
        [one] = _found(None, [key])
        if corrections.take(one.first.meeting, one.first.reason, editor):
            audit.record("points.take", key, one.neighbourhood_id, editor, role, reason=one.first.reason)

    def take_away(self, key: str, editor: str) -> None:
        """Never offered."""

    def bring_back(self, key: str, editor: str, before: Before) -> None:
        """Never offered."""


@dataclass(frozen=True)
class Corrected:
    """A meeting that was corrected: its first and last correction, and what it had given, when, to whom."""

    first: Correction
    last: Correction
    neighbourhood_id: int
    week: date
    lines: Sequence[tuple[str, int]]
    two: frozenset[str]
    by: Person | None  # who corrected it last, if they are still here

    @property
    def price(self) -> int:
        """What it was worth, the same for both."""
        return sum(points for _name, points in self.lines)


def corrected(neighbourhood_id: int, coordinator: str, most: int) -> list[Corrected]:
    """The last meetings of a neighbourhood that were corrected, the latest first, without those of this coordinator."""
    theirs = select(LedgerEntry.meeting).where(LedgerEntry.player == coordinator)
    here = (Correction.number == 1, Season.neighbourhood_id == neighbourhood_id, Correction.meeting.not_in(theirs))
    keys = select(Correction.key).join(Season).where(*here).order_by(Correction.id.desc()).limit(most)
    return _found(neighbourhood_id, db.session.scalars(keys).all())[::-1]


def _found(neighbourhood_id: int | None, keys: Collection[str]) -> list[Corrected]:
    """By the keys of their first corrections; None: of whatever neighbourhood."""
    here = () if neighbourhood_id is None else (Season.neighbourhood_id == neighbourhood_id,)
    mine = select(Correction, Season.neighbourhood_id).join(Season).where(Correction.key.in_(keys), *here)
    firsts = db.session.execute(mine.order_by(Correction.id)).all()
    meetings = {first.meeting for first, _where in firsts}
    every = select(Correction).where(Correction.meeting.in_(meetings)).order_by(Correction.number)
    lasts = {one.meeting: one for one in db.session.scalars(every)}
    gave = select(LedgerEntry).where(LedgerEntry.meeting.in_(meetings), LedgerEntry.reason == MEETING)
    rows: dict[str, list[LedgerEntry]] = {}
    for row in db.session.scalars(gave.order_by(LedgerEntry.id)):
        rows.setdefault(row.meeting, []).append(row)
    here_now = people.by_player_keys({one.by for one in lasts.values()})
    return [
        Corrected(
            first, last := lasts[first.meeting], where, rows[first.meeting][0].week,
            [(name, points) for name, points in rows[first.meeting][0].lines],
            frozenset(row.player for row in rows[first.meeting]), here_now.get(last.by),
        )
        for first, where in firsts if first.meeting in rows  # of a season that closed nothing is left to look at
    ]  # fmt: skip


def _item(one: Corrected) -> Item:
    return Item(
        kind=TakenAway.kind, key=one.first.key, title=TakenAway.label, since=one.last.at, who=one.two, asks=False,
        facts=[
            (_l("Why"), corrections.WHY[one.last.reason]), (_l("Week of"), i18n.day(one.week)),
            *((rules.sentence(name), f"+{points}") for name, points in one.lines),
            (_l("By"), _l("%(name)s, coordinator", name=one.by.name) if one.by else _l("a coordinator")),
        ],
    )  # fmt: skip


def _why(decisions: Collection[Decision]) -> Mapping[str, Sequence[LazyString]]:
    """In which week it was and what it had given, by the key of the decision."""
    found = {one.first.key: one for one in _found(None, {decision.about for decision in decisions})}
    return {decision.key: _lines(found[decision.about]) for decision in decisions if decision.about in found}


def _lines(one: Corrected) -> Sequence[LazyString]:
    return [
        _l("You met in the week of %(day)s.", day=i18n.day(one.week)),
        _l("It was worth %(num)s points each.", num=one.price),
    ]
