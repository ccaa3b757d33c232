"""What becomes of a promise, who would rather not have it so, and who keeps it after somebody (docs/rules.md §8)."""

from collections.abc import Collection
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from core import clock
from core.database import db, dialect, insert_into
from core.guard import Role
from core.people import queries as people
from core.refusal import Refusal, Sort
from core.steps import queries as steps
from core.steps import service as stepping
from core.steps.models import Step
from game.promises import queries
from game.promises.course import CHANGED, COORDINATOR, COURSE, MAKER, RECEIVER
from game.promises.models import Against, NewDay, Promise, Receiver, Successor


def parts(key: str, who: str | None, roles: Collection[Role]) -> list[str]:
    """As what somebody takes a step with it. A coordinator speaks only for a group: a player releases alone."""
    if who is None:
        return []
    receiver = queries.receiver(key)
    is_for_a_group = receiver is None and Role.COORDINATOR in roles
    mine = {MAKER: queries.maker(key) == who, RECEIVER: receiver is not None and receiver.who == who,
            COORDINATOR: is_for_a_group and queries.maker(key) != who}  # fmt: skip
    return [as_what for as_what, is_so in mine.items() if is_so]


def step(
    promise: Promise, to: str, who: str, roles: Collection[Role], words: str, language: str, day: date | None = None
) -> Step:
    """The next step. The caller holds the promise's row; `day`: the new one, where it is changed.

    Raises Refusal for who has no part in it, for a step that is not theirs, and for a change to no later day.
    """
    mine = parts(promise.key, who, roles)
    if not mine:
        raise Refusal(_l("Only who made it can say that, or who it was made to."), Sort.FORBIDDEN)
    before = steps.last(COURSE.kind, [promise.key]).get(promise.key)
    state = before.state if before else COURSE.begins
    as_what = next((one for one in mine if COURSE.allows(state, one, to)), mine[0])
    if to == CHANGED and (day is None or day < clock.today()):
        raise Refusal(_l("Choose a day that is still to come."), Sort.INVALID, field="day")
    taken = stepping.take(COURSE, promise.key, to, who, as_what, words, language)
    if to == CHANGED and day:
        _change(promise, day, is_new=taken is not before)
    return taken


def _change(promise: Promise, day: date, is_new: bool) -> None:
    if not is_new:
        if day == promise.due_on:
            return
        raise Refusal(_l("You said that the last time. Say what is new."), Sort.INVALID, field="words")
    db.session.add(NewDay(promise=promise.key, due_on=day, before=promise.due_on, at=clock.now()))
    promise.due_on = day
    db.session.flush()


def disagree(promise: Promise, who: str, shows_name: bool) -> None:
    """Somebody would rather not have it so. Again changes only whether their name stands there; a child's never does.

    Raises Refusal for who made it.
    """
    if queries.maker(promise.key) == who:
        raise Refusal(_l("It is your own promise."), Sort.FORBIDDEN)
    named = shows_name and not people.any_young([who])
    row = insert_into(Against, dialect()).values(promise=promise.key, who=who, shows_name=named, at=clock.now())
    db.session.execute(row.on_conflict_do_update(index_elements=["promise", "who"], set_={"shows_name": named}))


def agree_again(key: str, who: str) -> None:
    """They take that back; nothing of it stays."""
    db.session.execute(delete(Against).where(Against.promise == key, Against.who == who))


def show_receiver(key: str, who: str, shows_name: bool) -> None:
    """Whether the name of who it was made to stands there; a child's never does. Raises Refusal for anybody else."""
    receiver = queries.receiver(key)
    if receiver is None or receiver.who != who:
        raise Refusal(_l("Only who it was made to can say that."), Sort.FORBIDDEN)
    receiver.shows_name = shows_name and not people.any_young([who])


def succeed(promise: Promise, who: str) -> None:
    """Who keeps it for the organisation from now on. Raises Refusal for a promise of no organisation."""
    if not promise.organisation:
        raise Refusal(_l("Only the promise of an organisation goes on with somebody else."), Sort.CONFLICT)
    found = db.session.get(Successor, promise.key) or Successor(promise=promise.key)
    found.who, found.at = who, clock.now()
    db.session.add(found)
    db.session.flush()


def forget(who: str) -> None:
    """Somebody is erased: nothing says what was promised to them, what they were against, or that they came after."""
    for table in (Receiver, Against, Successor):
        db.session.execute(delete(table).where(table.who == who))


def kept_of(who: str) -> list[tuple[str, str, bool]]:
    """What is kept of somebody: as what, of which promise, and whether with their name."""
    to_them = db.session.scalars(select(Receiver).where(Receiver.who == who).order_by(Receiver.promise))
    against = db.session.scalars(select(Against).where(Against.who == who).order_by(Against.id))
    after = db.session.scalars(select(Successor).where(Successor.who == who).order_by(Successor.promise))
    return [
        *(("made to you", one.promise, one.shows_name) for one in to_them),
        *(("you would rather not", one.promise, one.shows_name) for one in against),
        *(("you keep it for an organisation", one.promise, False) for one in after),
    ]
