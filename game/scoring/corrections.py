"""Taking away what a meeting gave, and giving it back: opposite rows, for both the same (docs/rules.md §4).

Nothing that was counted is counted anew: what the two and others did before and after stays as it was judged, and what
a week held counts for its limit also when it was taken away. So giving back is exactly the opposite of taking away
(docs/decisions/0043).
"""

from collections.abc import Collection, Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from core import clock, codes
from core.database import db
from core.people import queries as people
from game.scoring import ledger, newcomers, still
from game.scoring.models import MEETING, Correction, Held, Known, LedgerEntry, Pair, Purse, Total, What
from game.seasons.models import Season

GAVE = (MEETING, newcomers.ARRIVED, newcomers.OVER)  # the reasons for which a meeting gives
RETURN = "again"  # the rule of a pair that meets again
MISTAKE, APPEAL = "mistake", "appeal"
REASONS = {  # of taking away; the two read it
    "not met": _l("You two did not meet then, as far as we can see."),
    "for another": _l("Somebody said yes in the place of another."),
    "other photo": _l("The photo was of another meeting."),
    "twice": _l("This meeting was counted before."),
}
WHY = {  # of every correction
    **REASONS,
    MISTAKE: _l("It was taken away by mistake."),
    APPEAL: _l("One of you asked, and somebody else looked again."),
}


def last(meeting: str) -> Correction | None:
    """The last correction of a meeting: None where it never had one."""
    mine = select(Correction).where(Correction.meeting == meeting)
    return db.session.scalar(mine.order_by(Correction.number.desc()).limit(1))


def players(meeting: str) -> list[str]:
    """The two who have rows of a meeting, in one order; nobody where it gave nothing."""
    of = select(LedgerEntry.player).where(LedgerEntry.meeting == meeting).distinct()
    return list(db.session.scalars(of.order_by(LedgerEntry.player)))


def lock(neighbourhood_id: int, meeting: str) -> None:
    """Nobody else corrects here, and nothing is counted for the two, until the end of the transaction."""
    newcomers.wait_in_line(neighbourhood_id)
    people.lock(players(meeting))


def take(meeting: str, reason: str, by: str) -> Correction | None:
    """Take away from both what a meeting gave, and what waits of it; None where it gave nothing or that was done."""
    season = _begin(meeting)
    if season is None or _is_taken(meeting):
        return None
    correction = _correct(season, meeting, What.TAKEN, reason, by)
    waits = (Held.meeting == meeting, Held.settled_at.is_(None))
    db.session.execute(update(Held).where(*waits).values(settled_at=clock.now()))
    return correction


def give_back(meeting: str, by: str, reason: str = MISTAKE) -> Correction | None:
    """Give both back what was taken away; None where that was not so.

    What waited then waits again; where the newcomer is known by now it arrives, and after the season the buurt gets it.
    """
    season = _begin(meeting)
    if season is None or not _is_taken(meeting):
        return None
    correction = _correct(season, meeting, What.GIVEN, reason, by)
    _wait_again(meeting)
    if season.ends_on < clock.today():
        newcomers.end(season)
    return correction


def _begin(meeting: str) -> Season | None:
    """The season of a meeting that gave something, after what is due before any correction; the two are locked."""
    one = select(LedgerEntry.season_id).where(LedgerEntry.meeting == meeting).limit(1)
    season = db.session.scalar(select(Season).where(Season.id == one.scalar_subquery()))
    if season is None:
        return None
    lock(season.neighbourhood_id, meeting)
    if season.ends_on < clock.today():
        newcomers.end(season)
    still.keep(season)
    return season


def _is_taken(meeting: str) -> bool:
    before = last(meeting)
    return before is not None and before.what == What.TAKEN


def _correct(season: Season, meeting: str, what: What, reason: str, by: str) -> Correction:
    before = last(meeting)
    correction = Correction(
        key=codes.new_key(), season_id=season.id, meeting=meeting, number=before.number + 1 if before else 1, what=what,
        reason=reason, by=by, at=clock.now(),
    )  # fmt: skip
    db.session.add(correction)
    db.session.flush()
    rows = _given(meeting)
    _write(rows, correction)
    _mark(rows[0], players(meeting), is_taken=what == What.TAKEN)
    return correction


def _given(meeting: str) -> Sequence[LedgerEntry]:
    """What it gave, without what was taken away or given back since."""
    mine = (LedgerEntry.meeting == meeting, LedgerEntry.reason.in_(GAVE))
    return db.session.scalars(select(LedgerEntry).where(*mine).order_by(LedgerEntry.id)).all()


def _write(rows: Collection[LedgerEntry], correction: Correction) -> None:
    """A row for each of these, and the totals with it."""
    sign = -1 if correction.what == What.TAKEN else 1
    said = f"{correction.what} {correction.number}"
    ledger.write([
        {**ledger.row_of(one), "reason": f"{said} {one.reason}", "points": sign * one.points, "lines": [],
         "at": correction.at}
        for one in rows
    ])  # fmt: skip
    for one in sorted(rows, key=lambda one: one.player):
        if one.purse == Purse.OWN:
            mine = (Total.season_id == one.season_id, Total.player == one.player, Total.week == one.week)
            db.session.execute(update(Total).where(*mine).values(points=Total.points + sign * one.points))


def _mark(gave: LedgerEntry, two: Collection[str], is_taken: bool) -> None:
    """The thermometer counts a pair by those of its two meetings that stand."""
    low, high = sorted(two)
    is_return = any(name == RETURN for name, _points in gave.lines)
    which = Pair.is_return_taken if is_return else Pair.is_first_taken
    mine = (Pair.season_id == gave.season_id, Pair.low == low, Pair.high == high)
    db.session.execute(update(Pair).where(*mine).values({which: is_taken}))


def _wait_again(meeting: str) -> None:
    """What had not arrived when it was taken away waits, and arrives where nothing is to be waited for any more."""
    came = select(LedgerEntry.player).where(LedgerEntry.meeting == meeting, LedgerEntry.reason.in_(GAVE[1:]))
    held = (Held.meeting == meeting, Held.points > 0, Held.player.not_in(came))
    about = db.session.scalars(update(Held).where(*held).values(settled_at=None).returning(Held.about)).all()
    known = select(Known.player).where(Known.player.in_(about)).order_by(Known.player)
    for player in db.session.scalars(known).all():
        newcomers.arrive(player, clock.now())
