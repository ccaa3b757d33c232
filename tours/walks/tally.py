"""How often walks are walked: sums of a week, by a random id that a phone makes up and that is gone within two days.

Not who, not where, not when within the week. What people are shown are fives, from five.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import delete, func, select, update

from core import clock
from core.database import db, dialect, insert_into, writing
from core.refusal import Refusal, Sort
from tours.walks.models import MADE_UP, MOST_STOPS, Tour, Walked, Walking

KEPT = timedelta(days=1)
STEP = 5
WEEKS = 8  # that makers see
REACHED = ("way", "here", "end")


class Sum(NamedTuple):
    """What was counted: of one step of a walk, or as makers see it of a week, in fives. 0 is too few to say."""

    starts: int
    finishes: int
    heard: int  # stops


def reach(tour: Tour, walk: str, reached: str, number: int) -> Sum:
    """Somebody who walks reached the way to a stop, a stop, or the end. The same again counts nothing.

    Gives what it added. Raises Refusal for what no page of ours sends.
    """
    if not 8 <= len(walk) <= MADE_UP or reached not in REACHED or not 0 <= number <= MOST_STOPS:
        raise Refusal("", Sort.INVALID)
    begun = insert_into(Walking, dialect()).values(
        tour_id=tour.id, walk=walk, since=clock.now(), heard=0, is_over=False
    )
    is_new = db.session.scalar(begun.on_conflict_do_nothing().returning(Walking.walk)) is not None
    this = select(Walking).where(Walking.tour_id == tour.id, Walking.walk == walk).with_for_update()
    one = db.session.scalars(this.execution_options(populate_existing=True)).one()
    bit = 1 << number if reached == "here" else 0
    is_heard, is_over = bit & ~one.heard != 0, reached == "end" and not one.is_over
    one.heard, one.is_over = one.heard | bit, one.is_over or is_over
    added = Sum(int(is_new), int(is_over), int(is_heard))
    _add(tour.id, added)
    db.session.flush()
    return added


def _add(tour_id: int, added: Sum) -> None:
    if not any(added):
        return
    today = clock.today()
    week = today - timedelta(days=today.weekday())
    empty = insert_into(Walked, dialect()).values(tour_id=tour_id, week=week, starts=0, finishes=0, heard=0)
    db.session.execute(empty.on_conflict_do_nothing())
    more = {name: getattr(Walked, name) + number for name, number in added._asdict().items()}
    db.session.execute(update(Walked).where(Walked.tour_id == tour_id, Walked.week == week).values(more))


def forget() -> int:
    """The ids of more than a day old are gone; how many."""
    with writing():
        over = delete(Walking).where(Walking.since <= clock.now() - KEPT).returning(Walking.walk)
        return len(db.session.scalars(over).all())


def finished(neighbourhood_id: int, first: date, last: date) -> int:
    """How many walks were walked to their end in the weeks that began from a day up to and with another."""
    here = select(func.sum(Walked.finishes)).join(Tour, Tour.id == Walked.tour_id)
    weeks = (Tour.neighbourhood_id == neighbourhood_id, Walked.week >= first, Walked.week <= last)
    return int(db.session.scalar(here.where(*weeks)) or 0)


def in_fives(tour: Tour) -> int:
    """How often a walk was walked to its end, as everybody may read it: 0 under five, then 5, 10, 15."""
    total = db.session.scalar(select(func.sum(Walked.finishes)).where(Walked.tour_id == tour.id)) or 0
    return _fives(int(total))


def weeks(tour: Tour) -> Sequence[tuple[date, Sum]]:
    """The last weeks in which it was walked, the newest first, in fives. Of fewer than five walks nothing is said."""
    last = select(Walked).where(Walked.tour_id == tour.id).order_by(Walked.week.desc()).limit(WEEKS)
    return [(one.week, _in_fives(one)) for one in db.session.scalars(last)]


def _in_fives(one: Walked) -> Sum:
    starts = _fives(one.starts)
    return Sum(starts, _fives(one.finishes), _fives(one.heard) if starts else 0)


def _fives(number: int) -> int:
    return number // STEP * STEP
