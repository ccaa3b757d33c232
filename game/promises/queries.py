"""Finding promises: what runs, what is late, what became of them, and who has to do with one."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, or_, select

from core import clock
from core.contributions.models import Contribution
from core.database import db
from core.people.models import Person, PlayerKeyLine
from core.steps import queries as steps
from core.steps.models import Step
from game.promises.course import COURSE, LATE, RUNS, stands
from game.promises.models import Against, NewDay, Promise, Receiver, Successor

MOST = 100  # on one page
NAMES = 30


class Row(NamedTuple):
    """A promise in a list: how it stands, its last step, who made it and to whom, each by name where that may stand."""

    promise: Promise
    state: str
    last: Step | None
    by: str | None
    to: str | None
    against: Sequence[str]

    @property
    def runs(self) -> bool:
        """Whether it is still to be kept."""
        return self.state in RUNS or self.state == LATE


def one(neighbourhood_id: int, key: str, lock: bool = False) -> Promise | None:
    """A promise that everybody reads."""
    found = select(Promise).where(Promise.neighbourhood_id == neighbourhood_id, Promise.key == key, _is_read())
    return db.session.scalar(found.with_for_update(of=Promise) if lock else found)


def by_key(key: str) -> Promise | None:
    """The same, wherever it is."""
    return db.session.scalar(select(Promise).where(Promise.key == key))


def of(neighbourhood_id: int) -> list[Row]:
    """All, the first due first."""
    return rows(_here(neighbourhood_id).limit(MOST))


def open_and_late(neighbourhood_id: int, most: int = MOST) -> list[Row]:
    """What is still to be kept; what is late stands first, since it was due first."""
    over = select(Step.about).where(Step.kind == COURSE.kind, Step.state.not_in(RUNS))
    return rows(_here(neighbourhood_id).where(Promise.key.not_in(over)).limit(most))


def of_gathering(key: str) -> list[Row]:
    """What was promised at a gathering."""
    made = select(Promise).where(Promise.gathering == key, _is_read()).order_by(Promise.due_on, Promise.id)
    return rows(made.limit(MOST))


def select_one(key: str) -> Select[Promise]:
    """One, for `rows`."""
    return select(Promise).where(Promise.key == key, _is_read())


def rows(found: Select[Promise]) -> list[Row]:
    """How each stands, and the names that may stand with it: four questions for all."""
    promises = db.session.scalars(found).all()
    keys = [one.key for one in promises]
    if not keys:
        return []
    last, today = steps.last(COURSE.kind, keys), clock.today()
    makers, receivers, against = _makers(keys), _named(Receiver, keys), _named(Against, keys)
    return [
        Row(
            one,
            stands(last[one.key].state if one.key in last else COURSE.begins, one.due_on, today),
            last.get(one.key),
            makers.get(one.key),
            next(iter(receivers.get(one.key, ())), None),
            against.get(one.key, ()),
        )
        for one in promises
    ]


def maker(key: str) -> str | None:
    """Who keeps it: who a coordinator named for their organisation, else who made it."""
    named = db.session.scalar(select(Successor.who).where(Successor.promise == key))
    made = select(Contribution.who).where(Contribution.kind == COURSE.kind, Contribution.key == key)
    return named or db.session.scalar(made)


def receiver(key: str) -> Receiver | None:
    """The player to whom it was made; None where it is for a group."""
    return db.session.get(Receiver, key)


def to(who: str, neighbourhood_id: int) -> list[Row]:
    """What was promised to somebody."""
    theirs = select(Receiver.promise).where(Receiver.who == who)
    return rows(_here(neighbourhood_id).where(Promise.key.in_(theirs)).limit(MOST))


def many_against(key: str) -> int:
    """How many would rather not have it so."""
    return len(db.session.scalars(select(Against.id).where(Against.promise == key)).all())


def own_against(key: str, who: str) -> Against | None:
    """Somebody's own."""
    return db.session.scalar(select(Against).where(Against.promise == key, Against.who == who))


def days(key: str) -> Sequence[NewDay]:
    """The days it was changed to, the first first."""
    return db.session.scalars(select(NewDay).where(NewDay.promise == key).order_by(NewDay.id)).all()


def last_day(key: str) -> NewDay | None:
    """By when it is now, where that was changed."""
    return db.session.scalar(select(NewDay).where(NewDay.promise == key).order_by(NewDay.id.desc()).limit(1))


def first_due(promise: Promise) -> date:
    """By when it was at first."""
    found = days(promise.key)
    return found[0].before if found else promise.due_on


def _here(neighbourhood_id: int) -> Select[Promise]:
    here = select(Promise).where(Promise.neighbourhood_id == neighbourhood_id, _is_read())
    return here.order_by(Promise.due_on, Promise.id)


def _is_read() -> ColumnElement[bool]:
    """Not of who asked to be erased: what they promised goes with them, and what their organisation did stays."""
    leaving = select(Contribution.key).join(PlayerKeyLine, PlayerKeyLine.key == Contribution.who).join(Person)
    leaving = leaving.where(Contribution.kind == COURSE.kind, Person.leaving_at.is_not(None))
    return or_(Promise.organisation != "", Promise.key.not_in(leaving))


def _makers(keys: Sequence[str]) -> dict[str, str]:
    found = select(Contribution.key, Contribution.called, Person.name)
    found = found.join(PlayerKeyLine, PlayerKeyLine.key == Contribution.who).join(Person)
    mine = (Contribution.kind == COURSE.kind, Contribution.key.in_(keys), Contribution.named)
    told = db.session.execute(found.where(*mine, Person.leaving_at.is_(None)))
    return {key: called or name for key, called, name in told}


def _named(table: type[Receiver | Against], keys: Sequence[str]) -> dict[str, list[str]]:
    found = select(table.promise, Person.name).join(PlayerKeyLine, PlayerKeyLine.key == table.who).join(Person)
    found = found.where(table.promise.in_(keys), table.shows_name, Person.leaving_at.is_(None)).order_by(Person.name)
    named: dict[str, list[str]] = {}
    for key, name in db.session.execute(found):
        named.setdefault(key, []).append(name)
    return {key: names[:NAMES] for key, names in named.items()}
