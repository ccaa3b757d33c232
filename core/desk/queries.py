"""What waits, what was decided, and how the promises are kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import selectinload

from core import clock
from core.database import db
from core.desk import handlers, reasons
from core.desk.handlers import Item
from core.desk.models import Decision, Report, Told, Verdict

MOST_REPORTS = 1000  # that the queue looks at, the oldest first
LATEST = 30  # answers that somebody reads on their page


@dataclass(frozen=True)
class Waiting:
    """An item in the queue, with what makes it urgent."""

    item: Item
    reports: tuple[str, ...] = ()
    is_appeal: bool = False
    first_yes: str | None = None  # who said yes before, where a second editor must

    @property
    def due(self) -> datetime:
        """Until when an answer was promised."""
        return self.item.since + (reasons.REPORTED_WITHIN if self.reports else reasons.OTHERS_WITHIN)


def queue(neighbourhood_id: int, editor: str) -> list[Waiting]:
    """What this editor can decide about now: reported things first, then the oldest. Not one's own."""
    reported, found = _reported(neighbourhood_id), dict[tuple[str, str], Item]()
    for handler in handlers.everyone():
        for item in handler.waiting(neighbourhood_id):
            found[item.kind, item.key] = item
    standing = _standing(neighbourhood_id)
    also = {*reported, *(one for one, last in standing.items() if last.appealed_at)} - found.keys()
    for handler in handlers.everyone():
        keys = [about for kind, about in also if kind == handler.kind]
        for item in handler.some(neighbourhood_id, keys) if keys else ():
            found[item.kind, item.key] = item
    waiting = [_waiting(item, reported.get(where, []), standing.get(where), editor) for where, item in found.items()]
    mine = [one for one in waiting if one and editor not in one.item.who]
    return sorted(mine, key=lambda one: (not one.reports, one.item.since))


def _waiting(item: Item, reports: Sequence[Report], last: Decision | None, editor: str) -> Waiting | None:
    """None where the last decision still stands and nothing new was said since."""
    if reports:  # an editor's decision closes them, so these are newer
        since = min(report.at for report in reports)
        return Waiting(replace(item, since=since), tuple(report.reason for report in reports))
    if last is None:
        return Waiting(item)
    if last.appealed_at:
        return Waiting(replace(item, since=last.appealed_at), is_appeal=True) if last.by != editor else None
    if last.verdict == Verdict.GOOD and item.is_childs and not item.is_public:
        return Waiting(item, first_yes=last.by) if last.by != editor else None
    return Waiting(item) if last.at < item.since else None


def standing(kind: str, about: str) -> Decision | None:
    """The last decision of a thing that was not undone."""
    mine = select(Decision).where(Decision.kind == kind, Decision.about == about, Decision.undone_at.is_(None))
    return db.session.scalar(mine.order_by(Decision.id.desc()).limit(1))


def by_key(neighbourhood_id: int, key: str) -> Decision | None:
    """A decision by its key, held until the end of the transaction."""
    mine = select(Decision).where(Decision.neighbourhood_id == neighbourhood_id, Decision.key == key)
    return db.session.scalar(mine.with_for_update())


def open_reports(kind: str, about: str) -> Sequence[Report]:
    """The reports of a thing that nobody decided about."""
    mine = select(Report).where(Report.kind == kind, Report.about == about, Report.closed_at.is_(None))
    return db.session.scalars(mine.order_by(Report.id)).all()


def close_reports(kind: str, about: str, at: datetime) -> None:
    """An editor decided."""
    mine = update(Report).where(Report.kind == kind, Report.about == about, Report.closed_at.is_(None))
    db.session.execute(mine.values(closed_at=at))


def reopen_reports(decision: Decision) -> None:
    """The reports that a decision answered wait again: it was undone."""
    mine = update(Report).where(Report.kind == decision.kind, Report.about == decision.about)
    db.session.execute(mine.where(Report.closed_at == decision.at).values(closed_at=None))


def answers(player: str) -> Sequence[Decision]:
    """What editors said of things that this player is in, the latest first."""
    mine = select(Decision).join(Told).where(Told.player == player, Decision.undone_at.is_(None))
    return db.session.scalars(
        mine.order_by(Decision.id.desc()).limit(LATEST).options(selectinload(Decision.told))
    ).all()


def mark_read(player: str) -> None:
    """They saw the page."""
    mine = update(Told).where(Told.player == player, Told.read_at.is_(None))
    db.session.execute(mine.values(read_at=clock.now()))


def unread(player: str) -> int:
    """How many of them they did not read."""
    mine = select(func.count()).select_from(Told).join(Decision)
    return (
        db.session.scalar(mine.where(Told.player == player, Told.read_at.is_(None), Decision.undone_at.is_(None))) or 0
    )


def kept_promises(neighbourhood_id: int, days: int = 30) -> tuple[int, int]:
    """Of the decisions of the last days: how many came in time, and how many there were."""
    since = clock.now() - timedelta(days=days)
    made = select(Decision.asked_at, Decision.at).where(
        Decision.neighbourhood_id == neighbourhood_id, Decision.at >= since, Decision.undone_at.is_(None)
    )
    spans = [at - asked_at for asked_at, at in db.session.execute(made)]
    return sum(span <= reasons.OTHERS_WITHIN for span in spans), len(spans)


def _reported(neighbourhood_id: int) -> dict[tuple[str, str], list[Report]]:
    mine = select(Report).where(Report.neighbourhood_id == neighbourhood_id, Report.closed_at.is_(None))
    found: dict[tuple[str, str], list[Report]] = {}
    for report in db.session.scalars(mine.order_by(Report.id).limit(MOST_REPORTS)):
        found.setdefault((report.kind, report.about), []).append(report)
    return found


def _standing(neighbourhood_id: int) -> dict[tuple[str, str], Decision]:
    """The last decision of each thing, as far as it can still matter: what was published or taken away is done."""
    mine = (Decision.neighbourhood_id == neighbourhood_id, Decision.undone_at.is_(None))
    last = select(func.max(Decision.id)).where(*mine).group_by(Decision.kind, Decision.about)
    found = db.session.scalars(select(Decision).where(Decision.id.in_(last)).order_by(Decision.id.desc()).limit(2000))
    return {(decision.kind, decision.about): decision for decision in found}


def told(decision: Decision, players: Collection[str]) -> None:
    """Put a decision on the pages of those it concerns."""
    decision.told = [Told(player=player) for player in sorted(players)]
