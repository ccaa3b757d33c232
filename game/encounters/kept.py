"""What meetings keep about a person, and what goes when they are erased (docs/decisions/0008-erasure.md)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import joinedload, selectinload, subqueryload

from core import clock
from core.database import db
from core.people import holdings
from core.people.models import Person
from core.photos import aside
from core.photos.models import Photo
from game.encounters.models import Code, Encounter, Witness, photos_of_encounter

MEETINGS = holdings.Holding(
    "meetings", frozenset({"encounter", "yes", "encounter_code", "encounter_photo"}),
    lambda person: _meetings(person), lambda person: _let_go(person),
    label=_l("Your meetings"), about=_l("With whom, when, how it ended. After erasing they stay without a name."),
    hide=lambda person, _moment, until: _hide(person, until),
    bring_back=lambda person, _moment: aside.bring_back(_photos(person)),
)  # fmt: skip
WITNESSED = holdings.Holding(
    "witnessed meetings", frozenset({"witness"}), lambda person: _witnessed(person), lambda _person: None,
    label=_l("Meetings you witnessed"), about=_l("As a host. After erasing they stay without a name."),
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Register what is kept."""
    for holding in (MEETINGS, WITNESSED):
        holdings.HOLDINGS.add(app, holding.name, holding)


def _of(person: Person) -> ColumnElement[bool]:
    return or_(Encounter.starter == person.player_key, Encounter.companion == person.player_key)


def _meetings(person: Person) -> list[dict[str, Any]]:
    """The partner is "a resident", never a name: names are looked up, not stored, and an export is for ever."""
    me = person.player_key
    whole = joinedload(Encounter.challenge), subqueryload(Encounter.yeses)  # one question, however many there are
    found = select(Encounter).where(_of(person)).options(*whole).order_by(Encounter.id)
    return [
        {
            "meeting": one.key, "with": "een bewoner" if one.companion else None, "started by me": one.starter == me,
            "challenge": one.challenge.key, "made": one.made_at, "state": _state(one, me),
            "confirmed": one.confirmed_at, "my yes": next((yes.at for yes in one.yeses if yes.player == me), None),
        }
        for one in db.session.scalars(found)
    ]  # fmt: skip


def _state(encounter: Encounter, me: str) -> str:
    """Whether it was declined or never answered stays with who did that (docs/rules.md §4)."""
    return "over" if not encounter.is_confirmed and encounter.starter == me else str(encounter.state)


def _photos(person: Person) -> Sequence[Photo]:
    """Every photo of a meeting this person was named in, held until the end of the transaction."""
    of = select(Photo).join(photos_of_encounter, photos_of_encounter.c.photo_id == Photo.id)
    mine = of.join(Encounter, Encounter.id == photos_of_encounter.c.encounter_id).where(_of(person))
    held = mine.options(selectinload(Photo.consents)).order_by(Photo.id).with_for_update(of=Photo)
    return db.session.scalars(held.execution_options(populate_existing=True)).all()


def _hide(person: Person, until: datetime) -> None:
    """Photos are seen nowhere any more, and letters lead nowhere."""
    aside.set_aside(_photos(person), until)
    mine = select(Encounter.id).where(_of(person))
    live = and_(Code.encounter_id.in_(mine), Code.valid_until > clock.now())
    db.session.execute(update(Code).where(live).values(valid_until=clock.now()))


def _let_go(person: Person) -> None:
    """Photos go for good. The rows stay: they hold player keys, and the line that says whose is going.

    A client key is the one text in them that a phone could choose.
    """
    aside.let_go(_photos(person))
    mine = Encounter.starter == person.player_key
    db.session.execute(update(Encounter).where(mine).values(client_key=Encounter.key))


def _witnessed(person: Person) -> list[dict[str, Any]]:
    lines = db.session.scalars(select(Witness).where(Witness.host == person.player_key).order_by(Witness.id))
    return [{"at": line.at} for line in lines]
