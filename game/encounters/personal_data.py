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
from core.personal_data import SORTS, PersonalData
from core.photos import set_aside
from core.photos.models import Photo
from game.encounters.models import Code, Encounter, Witness, photos_of_encounter

MEETINGS = PersonalData(
    "meetings", frozenset({"encounter", "yes", "encounter_code", "encounter_photo"}),
    lambda player: _meetings(player), lambda player: _let_go(player),
    label=_l("Your meetings"),
    about=_l("With whom, when, how it ended. After erasing without a name, until the season closes."),
    hide=lambda player, _moment, until: _hide(player, until),
    bring_back=lambda player, _moment: set_aside.bring_back(_photos(player)),
)  # fmt: skip
WITNESSED = PersonalData(
    "witnessed meetings", frozenset({"witness"}), lambda player: _witnessed(player), lambda _player: None,
    label=_l("Meetings you witnessed"), about=_l("As a host. After erasing they stay without a name."),
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Register what is kept."""
    for data in (MEETINGS, WITNESSED):
        SORTS.add(app, data.name, data)


def _of(player: str) -> ColumnElement[bool]:
    return or_(Encounter.starter == player, Encounter.companion == player)


def _meetings(player: str) -> list[dict[str, Any]]:
    """The partner is "a resident", never a name: names are looked up, not stored, and an export is for ever."""
    whole = joinedload(Encounter.challenge), subqueryload(Encounter.yeses)  # one question, however many there are
    found = select(Encounter).where(_of(player)).options(*whole).order_by(Encounter.id)
    return [
        {
            "meeting": one.key, "with": "een bewoner" if one.companion else None,
            "started by me": one.starter == player,
            "challenge": one.challenge.key, "made": one.made_at, "state": _state(one, player),
            "confirmed": one.confirmed_at, "my yes": next((yes.at for yes in one.yeses if yes.player == player), None),
        }
        for one in db.session.scalars(found)
    ]  # fmt: skip


def _state(encounter: Encounter, player: str) -> str:
    """Whether it was declined or never answered only the person who did that knows (docs/rules.md §4)."""
    return "over" if not encounter.is_confirmed and encounter.starter == player else str(encounter.state)


def _photos(player: str) -> Sequence[Photo]:
    """Every photo of a meeting this person was named in, locked until the end of the transaction."""
    of = select(Photo).join(photos_of_encounter, photos_of_encounter.c.photo_id == Photo.id)
    mine = of.join(Encounter, Encounter.id == photos_of_encounter.c.encounter_id).where(_of(player))
    wanted = mine.options(selectinload(Photo.consents)).order_by(Photo.id).with_for_update(of=Photo)
    return db.session.scalars(wanted.execution_options(populate_existing=True)).all()


def _hide(player: str, until: datetime) -> None:
    """Photos are seen nowhere any more, and letters lead nowhere."""
    set_aside.hide_leaver(_photos(player), until, player)
    mine = select(Encounter.id).where(_of(player))
    live = and_(Code.encounter_id.in_(mine), Code.valid_until > clock.now())
    db.session.execute(update(Code).where(live).values(valid_until=clock.now()))


def _let_go(player: str) -> None:
    """Photos go for good. The rows stay: they hold player keys, and the line that says whose is going.

    A client key is the one text in them that a phone could choose.
    """
    set_aside.let_go(_photos(player), player)
    mine = Encounter.starter == player
    db.session.execute(update(Encounter).where(mine).values(client_key=Encounter.key))


def _witnessed(player: str) -> list[dict[str, Any]]:
    lines = db.session.scalars(select(Witness).where(Witness.host == player).order_by(Witness.id))
    return [{"at": line.at} for line in lines]
