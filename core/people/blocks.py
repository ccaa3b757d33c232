"""Blocks: two who will not meet. Silent, and it works both ways, whoever asked for it (docs/rules.md §4)."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, UniqueConstraint, and_, delete, exists, or_, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from core import clock, codes
from core.database import Id, Key, Model, Moment, PlayerKey, db
from core.people import queries
from core.people.models import Person, PlayerKeyLine
from core.refusal import Refusal, Sort

MOST = 200  # that one person keeps


class Block(Model):
    """Somebody does not want to meet somebody. The other is never told."""

    __tablename__ = "block"
    __table_args__ = (UniqueConstraint("player", "other"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    player: Mapped[PlayerKey]  # whose wish it is
    other: Mapped[PlayerKey] = mapped_column(index=True)
    by_letters: Mapped[bool]  # named by six letters, so that no name was known
    since: Mapped[Moment]


def block(person: Person, other_key: str, by_letters: bool = False) -> None:
    """The two cannot meet from now on; twice is once. Meetings between them that are open are over.

    Raises Refusal for oneself, and beyond 200.
    """
    if other_key == person.player_key:
        raise Refusal(_l("These are your own letters. Type those of the other."), Sort.INVALID)
    queries.lock((person.player_key, other_key))  # a yes that is coming in waits, and is refused
    mine = of(person)
    if any(one.other == other_key for one in mine):
        return
    if len(mine) >= MOST:
        raise Refusal(_l("Your list is full. Take somebody off it first."))
    db.session.add(
        Block(key=codes.new_key(), player=person.player_key, other=other_key, by_letters=by_letters, since=clock.now())
    )
    db.session.flush()


def undo(person: Person, key: str) -> None:
    """Take somebody off one's own list; nothing happens when they are not on it."""
    db.session.execute(delete(Block).where(Block.player == person.player_key, Block.key == key))


def of(person: Person) -> Sequence[Block]:
    """Whom somebody does not want to meet, the newest first."""
    return db.session.scalars(select(Block).where(Block.player == person.player_key).order_by(Block.id.desc())).all()


def forget(person: Person) -> None:
    """Take away every block of and against somebody: they are being erased."""
    mine = person.player_key
    db.session.execute(delete(Block).where(or_(Block.player == mine, Block.other == mine)))


def between(one: Any, other: Any) -> ColumnElement[bool]:
    """Whether one of two player keys (columns or values) blocked the other: for inside a question."""
    return exists().where(
        or_(and_(Block.player == one, Block.other == other), and_(Block.player == other, Block.other == one))
    )


def between_persons(one: Any, other: Any) -> ColumnElement[bool]:
    """The same for two ids of persons."""
    first, second = aliased(PlayerKeyLine), aliased(PlayerKeyLine)
    return (
        select(Block.id)
        .join(first, first.person_id == one)
        .join(second, second.person_id == other)
        .where(
            or_(
                and_(Block.player == first.key, Block.other == second.key),
                and_(Block.player == second.key, Block.other == first.key),
            )
        )
        .exists()
    )
