"""What is kept about how somebody signs in: phones, card, e-mail address, changes of zone; to see and to erase."""

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from core.database import db
from core.people import cards, holdings, mail_links
from core.people.cards import WayBack
from core.people.models import Device, Person
from core.people.zones import ZoneChange

PHONES = holdings.Holding(
    "phones", frozenset({"device"}), lambda person: _phones(person), lambda person: _erase(Device, person),
    label=_l("Your phones"), about=_l("Since when, and until when. Not which brand."),
)  # fmt: skip
CARD = holdings.Holding(
    "way back", frozenset({"way_back"}), lambda person: _card(person), lambda person: _erase(WayBack, person),
    label=_l("Your way back in"), about=_l("When you made it. We cannot read the code."),
)  # fmt: skip
EMAIL = holdings.Holding(
    "e-mail", frozenset({"email_address", "email_ask", "email_link"}), lambda person: _email(person), mail_links.forget,
    label=_l("Your e-mail address"), about=_l("Only if you gave one. Nobody else sees it."),
)  # fmt: skip
ZONES = holdings.Holding(
    "changes of zone", frozenset({"zone_change"}), lambda person: _zones(person),
    lambda person: _erase(ZoneChange, person),
    label=_l("When you changed where you live"), about=_l("Only the day."),
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Register what is kept."""
    for holding in (PHONES, CARD, EMAIL, ZONES):
        holdings.HOLDINGS.add(app, holding.name, holding)


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


def _erase(model: type[Device] | type[WayBack] | type[ZoneChange], person: Person) -> None:
    db.session.execute(delete(model).where(model.person_id == person.id))
    db.session.flush()
