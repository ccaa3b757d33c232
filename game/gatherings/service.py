"""Moving a gathering or cancelling it, with words, and who is there (docs/rules.md §8)."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update

from core import clock
from core.database import db, dialect, insert_into
from core.people import queries as people
from core.places.models import Spot
from core.refusal import Refusal, Sort
from core.steps import queries as steps
from core.steps import service as stepping
from core.steps.models import Step
from game.gatherings.course import CANCELLED, COURSE, MOVED, can_be_counted, is_open
from game.gatherings.keeping import Keeper
from game.gatherings.models import Attendance, Gathering, Move, Others
from game.gatherings.when import When

MOST = 500  # people without a phone


def move(gathering: Gathering, spot: Spot, when: When, by: Keeper, words: str, language: str) -> Step:
    """Another place or time from now on. The caller holds the gathering's row. The same once more is nothing.

    Raises Refusal once it has begun, and for another place or time in the words of the last step.
    """
    if gathering.begins_at <= clock.now():
        raise Refusal(_l("It has begun already."), Sort.CONFLICT)
    before = steps.last(COURSE.kind, [gathering.key]).get(gathering.key)
    step = stepping.take(COURSE, gathering.key, MOVED, *by, words, language)
    if step is before:
        if (gathering.spot_id, gathering.begins_at, gathering.ends_at) == (spot.id, *when):
            return step
        raise Refusal(_l("You said that the last time. Say what is new."), Sort.INVALID, field="words")
    gathering.spot_id, gathering.begins_at, gathering.ends_at = spot.id, when.begins_at, when.ends_at
    db.session.add(
        Move(gathering=gathering.key, spot_id=spot.id, begins_at=when.begins_at, ends_at=when.ends_at, at=clock.now())
    )
    db.session.flush()
    return step


def cancel(gathering: Gathering, by: Keeper, words: str, language: str) -> Step:
    """It does not go on. The caller holds the gathering's row. Raises Refusal once it is over."""
    if gathering.ends_at <= clock.now():
        raise Refusal(_l("It is over already."), Sort.CONFLICT)
    return stepping.take(COURSE, gathering.key, CANCELLED, *by, words, language)


def arrive(gathering: Gathering, who: str, shows_name: bool, at: datetime | None = None) -> None:
    """Somebody is there, or was `at` a moment that their phone kept until it had network.

    Again changes only whether their name stands there; a child's never does.

    Raises Refusal before its hour, long after it, and where it was cancelled.
    """
    if not is_open(gathering, _said(gathering.key), at or clock.now()):
        raise Refusal(_l("You can say so from an hour before until three hours after."), Sort.CONFLICT)
    named = shows_name and not people.any_young([who])
    row = insert_into(Attendance, dialect()).values(
        gathering=gathering.key, who=who, shows_name=named, at=clock.now()
    )  # fmt: skip
    db.session.execute(row.on_conflict_do_update(index_elements=["gathering", "who"], set_={"shows_name": named}))


def see(gathering: Gathering, who: str) -> None:
    """Whoever keeps it sees somebody's card there: counted once, and not named by that.

    Raises Refusal where nobody can be counted now.
    """
    _must_count(gathering)
    row = insert_into(Attendance, dialect()).values(
        gathering=gathering.key, who=who, shows_name=False, at=clock.now()
    )  # fmt: skip
    db.session.execute(row.on_conflict_do_nothing(index_elements=["gathering", "who"]))


def count_others(gathering: Gathering, more: int) -> int:
    """So many more without a phone, or fewer; how many they are then. The caller holds the gathering's row.

    Raises Refusal where nobody can be counted now.
    """
    _must_count(gathering)
    found = db.session.scalar(select(Others).where(Others.gathering == gathering.key).with_for_update())
    counted = found or Others(gathering=gathering.key, many=0)
    counted.many = min(max(counted.many + more, 0), MOST)
    db.session.add(counted)
    db.session.flush()
    return counted.many


def show_name(key: str, who: str, shows_name: bool) -> None:
    """Whether the name of somebody who was there stands there; a child's never does."""
    named = shows_name and not people.any_young([who])
    mine = (Attendance.gathering == key, Attendance.who == who)
    db.session.execute(update(Attendance).where(*mine).values(shows_name=named))


def leave(key: str, who: str) -> None:
    """They take back that they were there; nothing of it stays."""
    db.session.execute(delete(Attendance).where(Attendance.gathering == key, Attendance.who == who))


def forget(who: str) -> None:
    """Somebody is erased: nothing says that they were anywhere."""
    db.session.execute(delete(Attendance).where(Attendance.who == who))


def attended(who: str) -> list[Attendance]:
    """Where they were."""
    return list(db.session.scalars(select(Attendance).where(Attendance.who == who).order_by(Attendance.id)))


def _must_count(gathering: Gathering) -> None:
    if not can_be_counted(gathering, _said(gathering.key), clock.now()):
        raise Refusal(_l("Count from an hour before until a week after."), Sort.CONFLICT)


def _said(key: str) -> str:
    last = steps.last(COURSE.kind, [key]).get(key)
    return last.state if last else COURSE.begins
