"""What this slice keeps about somebody: themselves, how they sign in, household, blocks, pauses, being erased."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from core.database import db
from core.people import blocks, cards, households, mail_links, queries, suspensions
from core.people.cards import WayBack
from core.people.erasure import Erasure
from core.people.models import Device, Person
from core.people.zones import ZoneChange
from core.personal_data import SORTS, PersonalData

T = TypeVar("T")


def init_app(app: Flask) -> None:
    """Say what is kept."""
    for data in PERSONAL_DATA:
        SORTS.add(app, data.name, data)


def _person(person: Person) -> list[dict[str, Any]]:
    return [{
        "name": person.name, "letters": person.tag, "younger than 16": person.is_young,
        "zone": person.zone.name if person.zone else None, "neighbourhood": person.neighbourhood.name,
        "joined": person.joined_at, "player key": person.player_key,
    }]  # fmt: skip


def _erase(person: Person) -> None:
    """The line goes that ties the player key to somebody, and the person with it."""
    db.session.delete(person)
    db.session.flush()


def _household(person: Person) -> list[dict[str, Any]]:
    mine = households.of(person)
    lives = [{"living together": len(mine.members), "since": mine.since}] if mine else []
    asked = [{"asked": one.asked_at, "letters": one.letters} for one in households.asked_by(person)]
    return lives + asked


def _blocks(person: Person) -> list[dict[str, Any]]:
    return [{"since": one.since, "named by letters": one.by_letters} for one in blocks.of(person)]


def _pauses(person: Person) -> list[dict[str, Any]]:
    return [
        {"since": one.since, "until": one.until, "ended before": one.ended_at, "reason": one.reason}
        for one in suspensions.ever(person)
    ]


def _erasures(person: Person) -> list[dict[str, Any]]:
    asked = db.session.scalars(select(Erasure).where(Erasure.player == person.player_key))
    return [{"asked": one.asked_at, "for good": one.due_at} for one in asked]


def _phones(person: Person) -> list[dict[str, Any]]:
    found = db.session.scalars(select(Device).where(Device.person_id == person.id).order_by(Device.id))
    return [{"since": phone.since, "until": phone.ended_at} for phone in found]


def _card(person: Person) -> list[dict[str, Any]]:
    card = cards.of(person)
    return [{"made": card.issued_at}] if card else []


def _email(person: Person) -> list[dict[str, Any]]:
    kept = mail_links.of(person)
    return [{"address": kept.address, "confirmed": kept.confirmed_at}] if kept else []


def _zones(person: Person) -> list[dict[str, Any]]:
    days = db.session.scalars(select(ZoneChange.day).where(ZoneChange.person_id == person.id).order_by(ZoneChange.day))
    return [{"changed on": day} for day in days]


def _rows(model: type[Device] | type[WayBack] | type[ZoneChange]) -> Callable[[Person], None]:
    def erase(person: Person) -> None:
        db.session.execute(delete(model).where(model.person_id == person.id))
        db.session.flush()

    return erase


def _of(act: Callable[[Person], T]) -> Callable[[str], T]:
    """What goes by the person, by their player key: they are there until the last of it was erased."""

    def by_key(player: str) -> T:
        person = queries.whoever(player)
        if person is None:
            raise LookupError("nobody has this player key")
        return act(person)

    return by_key


PERSONAL_DATA = (
    PersonalData(
        "person", frozenset({"person", "player_key"}), _of(_person), _of(_erase),
        label=_l("Your name"), about=_l("Your name in the game, your letters, your part of the neighbourhood."),
    ),
    PersonalData(
        "household", frozenset({"household_member", "household_ask"}), _of(_household), _of(households.forget),
        label=_l("Your household"), about=_l("That you live with somebody, and whom you asked. No names."),
    ),
    PersonalData(
        "blocks", frozenset({"block"}), _of(_blocks), _of(blocks.forget),
        label=_l("Whom you do not want to meet"), about=_l("Since when. No names."),
    ),
    PersonalData(
        "pauses", frozenset({"suspension"}), _of(_pauses), _of(suspensions.forget),
        label=_l("Pauses"), about=_l("Since when, until when and why. No name of an editor."),
    ),
    PersonalData(
        "erasures", frozenset({"erasure"}), _of(_erasures), lambda _player: None,
        label=_l("That you asked to be erased"), about=_l("This stays, without your name, so that it stays done."),
    ),
    PersonalData(
        "phones", frozenset({"device"}), _of(_phones), _of(_rows(Device)),
        label=_l("Your phones"), about=_l("Since when, and until when. Not which brand."),
    ),
    PersonalData(
        "way back", frozenset({"way_back"}), _of(_card), _of(_rows(WayBack)),
        label=_l("Your way back in"), about=_l("When you made it. We cannot read the code."),
    ),
    PersonalData(
        "e-mail", frozenset({"email_address", "email_ask", "email_link"}), _of(_email), _of(mail_links.forget),
        label=_l("Your e-mail address"), about=_l("Only if you gave one. Nobody else sees it."),
    ),
    PersonalData(
        "changes of zone", frozenset({"zone_change"}), _of(_zones), _of(_rows(ZoneChange)),
        label=_l("When you changed where you live"), about=_l("Only the day."),
    ),
)  # fmt: skip
