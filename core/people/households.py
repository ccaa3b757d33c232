"""Households: people who declare that they live together. Both say yes; leaving takes one side (rules.md §3)."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, aliased, joinedload, mapped_column, relationship

from core import clock, codes
from core.database import Id, Key, Model, Moment, db
from core.people import blocks, queries
from core.people.models import Person, PlayerKeyLine
from core.refusal import Refusal, Sort

MOST = 8  # people
SHOWN = 20  # questions at a time: anybody who knows somebody's letters can ask them
WAITS = timedelta(days=14)  # for an answer; no and no answer look the same to the one who asked


class Household(Model):
    """People who live together. Its key stands in yeses too, so it is never used for another one."""

    __tablename__ = "household"

    key: Mapped[Key] = mapped_column(primary_key=True)
    since: Mapped[Moment]
    members: Mapped[list["Member"]] = relationship(back_populates="household", order_by="Member.person_id")


class Member(Model):
    """Somebody of a household: of one at a time."""

    __tablename__ = "household_member"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    household_key: Mapped[str] = mapped_column(ForeignKey("household.key"), index=True)
    since: Mapped[Moment]
    household: Mapped[Household] = relationship(back_populates="members")
    person: Mapped[Person] = relationship()


class Ask(Model):
    """Somebody says that another lives with them, and waits for that one's yes. A no stays here, unseen."""

    __tablename__ = "household_ask"
    __table_args__ = (UniqueConstraint("asker_id", "asked_id"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    letters: Mapped[str] = mapped_column(String(6))  # as the asker typed them: no name before a yes
    asked_at: Mapped[Moment]
    declined_at: Mapped[Moment | None]
    asker: Mapped[Person] = relationship(foreign_keys=asker_id)


def of(person: Person) -> Household | None:
    """The household somebody is in, with its members."""
    mine = select(Household).join(Member).where(Member.person_id == person.id)
    return db.session.scalar(mine.options(joinedload(Household.members).joinedload(Member.person)).limit(1))


def others(person: Person) -> list[Person]:
    """The people somebody lives with, without those who asked to be erased."""
    mine = of(person)
    members = [member.person for member in mine.members] if mine else []
    return [other for other in members if other.id != person.id and other.leaving_at is None]


def key_of(person: Person) -> str | None:
    """The key of the household somebody is in: what a yes stores."""
    return db.session.scalar(select(Member.household_key).where(Member.person_id == person.id))


def ask(person: Person, other: Person) -> None:
    """Say that the other lives with you; asking again changes nothing.

    To who blocked the asker, or was blocked by them, nothing arrives, and the asker sees no difference. Raises Refusal
    for oneself, for somebody who is in the household already, and when it is full.
    """
    if other.id == person.id:
        raise Refusal(_l("These are your own letters. Type those of the other."), Sort.INVALID)
    _tidy(person)
    mine = of(person)
    if mine and len(mine.members) >= MOST:
        raise Refusal(_l("A household here has at most eight people."))
    if mine and any(member.person_id == other.id for member in mine.members):
        raise Refusal(_l("You two are in one household already."))
    queries.lock((person.player_key, other.player_key))
    if db.session.scalar(select(Ask.id).where(Ask.asker_id == person.id, Ask.asked_id == other.id)) is None:
        db.session.add(
            Ask(key=codes.new_key(), asker_id=person.id, asked_id=other.id, letters=other.tag, asked_at=clock.now())
        )
        db.session.flush()


def asked_by(person: Person) -> Sequence[Ask]:
    """The people somebody asked who are not in the household yet, whether they said no or nothing."""
    mine = select(Ask).where(Ask.asker_id == person.id, Ask.asked_at > clock.now() - WAITS)
    return db.session.scalars(mine.order_by(Ask.id)).all()


def waiting_for(person: Person) -> Sequence[Ask]:
    """Who says that this person lives with them, and waits for an answer: the oldest first, as many as a page shows."""
    found = select(Ask).where(*_waits_for(person)).options(joinedload(Ask.asker)).order_by(Ask.id).limit(SHOWN)
    return db.session.scalars(found).unique().all()


def who_wait_for(person: Person) -> Sequence[str]:
    """The player keys of people who wait for this person's answer."""
    asking = select(PlayerKeyLine.key).join(Ask, Ask.asker_id == PlayerKeyLine.person_id)
    return db.session.scalars(asking.where(*_waits_for(person))).all()


def answer(person: Person, key: str, is_yes: bool) -> None:
    """Say yes or no to the one who asked. A no is silent.

    Raises Refusal for a question that is over, when one of the two has another household, or when it is full.
    """
    asked = _asked(person, key)
    queries.lock((person.player_key, asked.asker.player_key))
    asked = _asked(person, key)  # another phone may have answered meanwhile
    if not is_yes:
        asked.declined_at = clock.now()
        db.session.flush()
        return
    _join(of(asked.asker), of(person), asked.asker, person)
    db.session.delete(asked)
    db.session.flush()


def leave(person: Person) -> None:
    """Leave a household. What was scored stays; a household of one is none."""
    mine = of(person)
    if mine is None:
        return
    rest = [member for member in mine.members if member.person_id != person.id]
    if len(rest) < 2:
        rest.clear()
    for member in mine.members:
        if member not in rest:
            db.session.delete(member)
    db.session.flush()
    db.session.expire(mine)
    if not rest:
        db.session.delete(mine)
        db.session.flush()


def forget(person: Person) -> None:
    """Take somebody out, with whatever they asked or were asked: they are being erased."""
    leave(person)
    for asked in db.session.scalars(select(Ask).where((Ask.asker_id == person.id) | (Ask.asked_id == person.id))):
        db.session.delete(asked)
    db.session.flush()


def _asked(person: Person, key: str) -> Ask:
    wanted = select(Ask).where(Ask.key == key, *_waits_for(person)).execution_options(populate_existing=True)
    found = db.session.scalar(wanted)
    if found is None:
        raise Refusal(_l("This question is over. Ask the other to send it again."), Sort.GONE)
    return found


def _waits_for(person: Person) -> tuple[ColumnElement[bool], ...]:
    here = aliased(Person)
    return (
        Ask.asked_id == person.id,
        Ask.declined_at.is_(None),
        Ask.asked_at > clock.now() - WAITS,
        select(here.id).where(here.id == Ask.asker_id, here.leaving_at.is_(None)).exists(),
        ~blocks.between_persons(Ask.asker_id, Ask.asked_id),
    )


def _join(one: Household | None, other: Household | None, asker: Person, person: Person) -> None:
    if one and other and one.key != other.key:
        raise Refusal(_l("One of you is in another household. Leave that one first."))
    household = one or other or Household(key=codes.new_key(), since=clock.now())
    missing = [who for who in (asker, person) if not any(member.person_id == who.id for member in household.members)]
    if len(household.members) + len(missing) > MOST:
        raise Refusal(_l("A household here has at most eight people."))
    household.members += [Member(person_id=who.id, since=clock.now()) for who in missing]
    db.session.add(household)
    db.session.flush()


def _tidy(person: Person) -> None:
    """Questions that are over may be asked again."""
    over = select(Ask).where(Ask.asker_id == person.id, Ask.asked_at <= clock.now() - WAITS)
    for asked in db.session.scalars(over):
        db.session.delete(asked)
    db.session.flush()
