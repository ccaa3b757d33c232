"""What this slice keeps about a person: themselves, household, blocks, pauses, and that they asked to be erased."""

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core.database import db
from core.people import blocks, holdings, households, suspensions
from core.people.erasure import Erasure
from core.people.models import Person

PERSON = holdings.Holding(
    "person", frozenset({"person", "player_key"}), lambda person: [_person(person)], lambda person: _erase(person),
    label=_l("Your name"), about=_l("Your name in the game, your letters, your part of the neighbourhood."),
)  # fmt: skip
HOUSEHOLD = holdings.Holding(
    "household", frozenset({"household_member", "household_ask"}), lambda person: _household(person), households.forget,
    label=_l("Your household"), about=_l("That you live with somebody, and whom you asked. No names."),
)  # fmt: skip
BLOCKS = holdings.Holding(
    "blocks", frozenset({"block"}), lambda person: _blocks(person), blocks.forget,
    label=_l("Whom you do not want to meet"), about=_l("Since when. No names."),
)  # fmt: skip
PAUSES = holdings.Holding(
    "pauses", frozenset({"suspension"}), lambda person: _pauses(person), suspensions.forget,
    label=_l("Pauses"), about=_l("Since when, until when and why. No name of an editor."),
)  # fmt: skip
ERASURES = holdings.Holding(
    "erasures", frozenset({"erasure"}), lambda person: _erasures(person), lambda _person: None,
    label=_l("That you asked to be erased"), about=_l("This stays, without your name, so that it stays done."),
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Register what is kept."""
    for holding in (PERSON, HOUSEHOLD, BLOCKS, PAUSES, ERASURES):
        holdings.HOLDINGS.add(app, holding.name, holding)


def _person(person: Person) -> dict[str, Any]:
    return {
        "name": person.name, "letters": person.tag, "younger than 16": person.is_young,
        "zone": person.zone.name if person.zone else None, "neighbourhood": person.neighbourhood.name,
        "joined": person.joined_at, "player key": person.player_key,
    }  # fmt: skip


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
