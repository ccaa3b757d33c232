"""In which part of the neighbourhood somebody lives: chosen freely once, changed once a season."""

from collections.abc import Callable
from datetime import date

from flask import Flask, current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Id, Model, db
from core.people import queries
from core.people.models import Person
from core.refusal import Refusal, Sort

SeasonBegan = Callable[[int], date | None]


class ZoneChange(Model):
    """That somebody changed their zone, and on which day. The first choice is no change."""

    __tablename__ = "zone_change"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    day: Mapped[date]


def init_app(app: Flask) -> None:
    """Without a game there are no seasons, and nobody counts changes."""
    app.extensions["season began"] = lambda _neighbourhood_id: None


def count_from(app: Flask, season_began: SeasonBegan) -> None:
    """Let a higher part say on which day the season began in which a change counts, by neighbourhood id."""
    app.extensions["season began"] = season_began


def season_began(neighbourhood_id: int) -> date | None:
    """On which day the running season began, else the last one; None before the first, and without a game."""
    began: date | None = current_app.extensions["season began"](neighbourhood_id)
    return began


def choose(person: Person, name: str) -> None:
    """Say in which zone somebody lives, or that they are still to come (docs/rules.md §4, sentence 2).

    What they said yes to before keeps the zone of then. Raises Refusal for a zone that is not here, or for a second
    change in a season.
    """
    zone = next((zone for zone in person.neighbourhood.zones if zone.name == name), None)
    if zone is None:
        raise Refusal(_l("That part is not in this neighbourhood. Choose one of the list."), Sort.INVALID)
    queries.lock((person.player_key,))
    db.session.refresh(person, ["zone_id"])
    if person.zone_id == zone.id:
        return
    if person.zone_id is not None:
        if not may_change(person):
            raise Refusal(_l("You changed this once this season. After the season you can again."), Sort.CONFLICT)
        db.session.add(ZoneChange(person_id=person.id, day=clock.today()))
    person.zone = zone
    db.session.flush()


def may_change(person: Person) -> bool:
    """Whether somebody may change their zone now: not yet in this season, or since the last one began."""
    began = season_began(person.neighbourhood_id)
    if began is None:
        return True
    changed = select(ZoneChange.id).where(ZoneChange.person_id == person.id, ZoneChange.day >= began)
    return db.session.scalar(changed.limit(1)) is None
