"""What waits, what was decided, and how the promises are kept."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask_babel import LazyString
from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, case, exists, func, or_, select, tuple_, update
from sqlalchemy.orm import aliased, selectinload

from core import clock
from core.database import db, some_at_a_time
from core.desk import handlers, reasons
from core.desk.handlers import MOST, Item
from core.desk.models import Decision, Report, Told, Verdict

MOST_SAID = 500  # things that were reported, or appealed about, that the queue looks at: the oldest first
YES, OFF = (Verdict.GOOD, Verdict.BLUR), (Verdict.BACK, Verdict.AWAY)
Where = tuple[str, str]  # a thing: its kind, and what its handler knows it by
LATEST = 30  # answers that somebody reads on their page


@dataclass(frozen=True)
class Waiting:
    """An item in the queue, with what makes it urgent."""

    item: Item
    reports: tuple[str, ...] = ()
    appealed: Decision | None = None  # what another editor said of it, and somebody asked to look at again
    first_yes: str | None = None  # who said yes before, where a second editor must

    @property
    def shown(self) -> str:
        """A short digest of all that the page shows of it, which its forms send along: of this ask, and of no other."""
        why = (sorted(set(self.reports)), self.appealed and self.appealed.key, self.first_yes is not None)
        said = json.dumps((self.item.seen, list(self.labels.items()), why), default=str)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def is_urgent(self) -> bool:
        """Whether it comes first: it was reported, or goes within a day."""
        return bool(self.reports) or self.item.is_away

    @property
    def labels(self) -> dict[Verdict, LazyString]:
        """The answers that can be given to it, each with what it does."""
        handler, item = handlers.HANDLERS.of(self.item.kind), self.item
        said = {**(handler.answers.labels if handler else {}), **item.labels}
        if item.is_childs and not item.is_public and not self.first_yes:
            said[Verdict.GOOD] = handlers.A_SECOND_LOOKS
        refused = (*(OFF if item.stays else ()), *(YES if item.no_yes else ()))
        return {one: label for one, label in said.items() if one not in refused}

    @property
    def due(self) -> datetime:
        """Until when an answer was promised; where it was taken away, until when it can be brought back."""
        if self.item.is_away and self.appealed:
            return self.appealed.at + reasons.AWAY_KEEPS
        return self.item.since + reasons.within(bool(self.reports))


def queue(neighbourhood_id: int, editor: str) -> list[Waiting]:
    """What this editor can decide about now, at most MOST: urgent things first, then the oldest. Not one's own."""
    found = {_where(item): item for one in handlers.HANDLERS.all() for item in one.waiting(neighbourhood_id, editor)}
    reported = _reported(neighbourhood_id)
    also = {*reported, *_appealed(neighbourhood_id, editor)} - found.keys()
    for handler in handlers.HANDLERS.all():
        keys = [about for kind, about in also if kind == handler.kind]
        found |= {_where(item): item for item in (handler.some(neighbourhood_id, keys) if keys else ())}
    last = _last(found.keys())
    waiting = [_waiting(item, reported.get(where, ()), last.get(where), editor) for where, item in found.items()]
    return sorted((one for one in waiting if one), key=lambda one: (not one.is_urgent, one.item.since))[:MOST]


def one(neighbourhood_id: int, kind: str, key: str, editor: str) -> Waiting | None:
    """One thing as the queue has it; None when it is not for this editor to decide about, or not now."""
    handler = handlers.HANDLERS.of(kind)
    found = handler.some(neighbourhood_id, [key]) if handler else ()
    return _waiting(found[0], open_reports(kind, key), standing(kind, key), editor) if found else None


def _waiting(item: Item, reports: Sequence[Report], last: Decision | None, editor: str) -> Waiting | None:
    """None where the last decision still stands and nothing new was said since."""
    if editor in item.who:
        return None
    appealed = last if last and last.appealed_at else None
    if appealed and appealed.by == editor:
        return None
    if reports:  # an editor's decision closes them, so these are newer
        since = min(report.at for report in reports)
        reported = replace(item, since=since, since_exactly=None)
        return Waiting(reported, tuple(report.reason for report in reports), appealed)
    if appealed and appealed.appealed_at:
        return Waiting(replace(item, since=appealed.appealed_at, since_exactly=None), appealed=appealed)
    if not item.asks:
        return None
    if last is None or last.ask < item.ask:
        return Waiting(item)
    if last.verdict == Verdict.GOOD and item.is_childs and not item.is_public and last.by != editor:
        return Waiting(item, first_yes=last.by)
    return None


def answered(
    kind: str, about: SQLColumnExpression[str], ask: SQLColumnExpression[int], editor: str
) -> ColumnElement[bool]:
    """For a question of a handler: at this ask (`Item.ask`) it went back, or this editor said something of it."""
    said = (Decision.kind == kind, Decision.about == about, Decision.ask >= ask, Decision.undone_at.is_(None))
    return exists().where(*said, or_(Decision.verdict == Verdict.BACK, Decision.by == editor))


def standing(kind: str, about: str) -> Decision | None:
    """The last decision of a thing that was not undone."""
    mine = select(Decision).where(Decision.kind == kind, Decision.about == about, Decision.undone_at.is_(None))
    return db.session.scalar(mine.order_by(Decision.id.desc()).limit(1))


def last_said(kind: str, keys: Collection[str]) -> dict[str, Decision]:
    """What was last said of each of these things of a kind, and was not undone, by its key: one question."""
    return {decision.about: decision for decision in _last({(kind, key) for key in keys}).values()} if keys else {}


def came_back(kind: str, about: str, ask: int) -> bool:
    """Whether an editor sent it back at this ask, and nobody looks at it before it is asked for anew."""
    last = standing(kind, about)
    return last is not None and last.verdict == Verdict.BACK and last.ask >= ask


def away_once(kind: str, keys: Collection[str]) -> set[str]:
    """Those of these things that an editor took away last, and none before."""
    said = (Decision.kind == kind, Decision.about.in_(keys), Decision.undone_at.is_(None))
    taken = case((Decision.verdict == Verdict.AWAY, Decision.id))
    is_last, is_first = func.max(Decision.id) == func.max(taken), func.count(taken) == 1
    return set(
        db.session.scalars(select(Decision.about).where(*said).group_by(Decision.about).having(is_last & is_first))
    )


def by_key(neighbourhood_id: int, key: str) -> Decision | None:
    """A decision by its key, locked until the end of the transaction."""
    mine = select(Decision).where(Decision.neighbourhood_id == neighbourhood_id, Decision.key == key)
    return db.session.scalar(mine.with_for_update())


def own(neighbourhood_id: int, key: str, editor: str) -> Decision | None:
    """A decision of this editor by its key."""
    mine = (Decision.neighbourhood_id == neighbourhood_id, Decision.key == key, Decision.by == editor)
    return db.session.scalar(select(Decision).where(*mine))


def open_reports(kind: str, about: str) -> Sequence[Report]:
    """The reports of a thing that nobody decided about."""
    mine = select(Report).where(Report.kind == kind, Report.about == about, Report.closed_at.is_(None))
    return db.session.scalars(mine.order_by(Report.id)).all()


def close_reports(kind: str, about: str, decision: Decision | None = None) -> None:
    """An editor decided; or, without a decision, the thing went."""
    mine = update(Report).where(Report.kind == kind, Report.about == about, Report.closed_at.is_(None))
    db.session.execute(mine.values(closed_at=clock.now(), decision_id=decision.id if decision else None))


def waits_about(kind: str, keys: Collection[str]) -> bool:
    """Whether a report of one of these things, or somebody who asked another editor to look, waits for an answer."""
    later = aliased(Decision)
    newer = exists().where(_same_thing(later, Decision), later.id > Decision.id, later.undone_at.is_(None))
    asked = (Decision.kind == kind, Decision.appealed_at.is_not(None), Decision.undone_at.is_(None), ~newer)
    reported = select(Report.id).where(Report.kind == kind, Report.closed_at.is_(None))
    return any(
        db.session.scalar(reported.where(Report.about.in_(some)).limit(1))
        or db.session.scalar(select(Decision.id).where(*asked, Decision.about.in_(some)).limit(1))
        for some in some_at_a_time(keys)
    )


def reopen_reports(decision: Decision) -> None:
    """The reports that a decision answered wait again: it was undone."""
    mine = update(Report).where(Report.decision_id == decision.id)
    db.session.execute(mine.values(closed_at=None, decision_id=None))


def found_good(item: Item) -> set[str]:
    """The reasons for which it was reported and found good by an editor, at this ask."""
    this = (Decision.kind == item.kind, Decision.about == item.key)
    good = (Decision.verdict.in_([Verdict.GOOD, Verdict.BLUR]), Decision.undone_at.is_(None))
    said = select(Report.reason).join(Decision, Report.decision_id == Decision.id)
    return set(db.session.scalars(said.where(*this, *good, Decision.ask >= item.ask)))


def rename(kind: str, about: str, to: str) -> None:
    """A thing goes by another key from now on: what was said of it goes along."""
    for table in (Decision, Report):
        this = update(table).where(table.kind == kind, table.about == about)
        db.session.execute(this.values(about=to))


def hand_over(one: Where, other: Where) -> None:
    """What was reported of a thing, and nobody decided about, is said of another from now on."""
    (kind, about), (to_kind, to) = one, other
    open_ = update(Report).where(Report.kind == kind, Report.about == about, Report.closed_at.is_(None))
    db.session.execute(open_.values(kind=to_kind, about=to))


def answers(who: str) -> Sequence[Decision]:
    """What editors said of things that somebody is in, the latest first, as many as a page shows."""
    latest = said_to(who).where(_is_known()).order_by(Decision.id.desc()).limit(LATEST)
    return db.session.scalars(latest.options(selectinload(Decision.told))).all()


def said_to(who: str) -> Select[Decision]:
    """All that editors said of things that somebody is in."""
    return select(Decision).join(Told).where(Told.who == who, Decision.undone_at.is_(None))


def still_there(neighbourhood_id: int, decisions: Collection[Decision]) -> dict[Where, Item]:
    """Those of the things that were decided about of which another editor could look: one question a kind."""
    found: dict[Where, Item] = {}
    for handler in handlers.HANDLERS.all():
        if keys := {one.about for one in decisions if one.kind == handler.kind}:
            found |= {_where(item): item for item in handler.some(neighbourhood_id, keys)}
    return found


def mark_read(who: str) -> None:
    """They saw the page."""
    mine = update(Told).where(Told.who == who, Told.read_at.is_(None))
    db.session.execute(mine.values(read_at=clock.now()))


def unread(who: str) -> int:
    """How many of them they did not read."""
    mine = select(func.count()).select_from(Told).join(Decision)
    new = (Told.who == who, Told.read_at.is_(None), Decision.undone_at.is_(None), _is_known())
    return db.session.scalar(mine.where(*new)) or 0


def _is_known() -> ColumnElement[bool]:
    """A newer version, beside this one or before the way back to it, may have decided about other kinds."""
    return Decision.kind.in_([handler.kind for handler in handlers.HANDLERS.all()])


def kept_promises(neighbourhood_id: int, waiting: Collection[Waiting] = (), days: int = 30) -> tuple[int, int]:
    """Of the decisions of the last days, and of what waits too long already: how many came in time, and how many.

    What began at the desk itself answers nothing, and counts for none.
    """
    since = clock.now() - timedelta(days=days)
    before = aliased(Decision)
    began = and_(
        Decision.kind.in_([one.kind for one in handlers.HANDLERS.all() if one.answers.begins_here]),
        ~exists().where(_same_thing(before, Decision), before.id < Decision.id),
    )
    is_report = exists().where(Report.decision_id == Decision.id)
    made = select(Decision.asked_at, Decision.at, is_report).where(
        Decision.neighbourhood_id == neighbourhood_id, Decision.at >= since, Decision.undone_at.is_(None), ~began
    )
    kept = [at - asked_at <= reasons.within(is_reported) for asked_at, at, is_reported in db.session.execute(made)]
    return sum(kept), len(kept) + sum(one.due < clock.now() for one in waiting)


def _reported(neighbourhood_id: int) -> dict[Where, list[Report]]:
    """The open reports of the things that were reported first."""
    open_ = (Report.neighbourhood_id == neighbourhood_id, Report.closed_at.is_(None))
    things = select(Report.kind, Report.about).where(*open_).group_by(Report.kind, Report.about)
    first = things.order_by(func.min(Report.id)).limit(MOST_SAID).subquery()
    theirs = select(Report).join(first, and_(Report.kind == first.c.kind, Report.about == first.c.about))
    found: dict[Where, list[Report]] = {}
    for report in db.session.scalars(theirs.where(*open_).order_by(Report.id)):
        found.setdefault((report.kind, report.about), []).append(report)
    return found


def _appealed(neighbourhood_id: int, editor: str) -> list[Where]:
    """The things of which somebody asked another editor to look, and none did yet."""
    later = aliased(Decision)
    newer = exists().where(_same_thing(later, Decision), later.id > Decision.id, later.undone_at.is_(None))
    asked = select(Decision.kind, Decision.about).where(
        Decision.neighbourhood_id == neighbourhood_id, Decision.appealed_at.is_not(None), Decision.by != editor,
        Decision.undone_at.is_(None), ~newer,
    )  # fmt: skip
    return [(kind, about) for kind, about in db.session.execute(asked.order_by(Decision.appealed_at).limit(MOST_SAID))]


def _last(things: Collection[Where]) -> dict[Where, Decision]:
    """The last decision of each of these things that was not undone."""
    these = tuple_(Decision.kind, Decision.about).in_(things)
    last = select(func.max(Decision.id)).where(these, Decision.undone_at.is_(None))
    found = select(Decision).where(Decision.id.in_(last.group_by(Decision.kind, Decision.about)))
    return {(decision.kind, decision.about): decision for decision in db.session.scalars(found)}


def _same_thing(one: type[Decision], other: type[Decision]) -> ColumnElement[bool]:
    return and_(one.kind == other.kind, one.about == other.about)


def _where(item: Item) -> Where:
    return item.kind, item.key


def told(decision: Decision, whom: Collection[str]) -> None:
    """Put a decision on the pages of those it concerns."""
    decision.told = [Told(who=who) for who in sorted(whom)]
