"""A spot: a place with a name of its own. A plate: the sign with a code that hangs there."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import JSON, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from core import clock, i18n
from core.database import Id, Model, Moment
from core.neighbourhoods.models import Neighbourhood
from core.places import hours
from core.places.hours import Now

SMALLEST, LARGEST = 25.0, 150.0  # metres: the radius that a spot may have


class Access(NamedTuple):
    """How one gets in and what is there. None: nobody looked. `checked_by` is an organisation or a role, no person."""

    step_free: bool | None
    checked_on: date | None
    checked_by: str | None
    toilet: bool | None
    seat: bool | None
    indoor: bool | None
    free: bool | None


class Spot(Model):
    """A place with a name, as a point with a radius in metres or a border (WGS 84 degrees; docs/rules.md §4)."""

    __tablename__ = "spot"
    __table_args__ = (UniqueConstraint("neighbourhood_id", "key"), Index(None, "lat", "lon"))

    id: Mapped[Id]
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    key: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10))  # "hq" or "place"
    name: Mapped[str] = mapped_column(String(80))
    street: Mapped[str] = mapped_column(String(80))
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)  # language → {"about": sentence}
    lat: Mapped[float]
    lon: Mapped[float]
    radius: Mapped[float] = mapped_column(default=40.0)
    border: Mapped[list[list[float]] | None] = mapped_column(JSON(none_as_null=True))  # corners: [lat, lon]
    hours: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))  # core/places/hours.py
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what `access` reads
    removed_at: Mapped[Moment | None]  # its page, its plates and its place in lists are gone; undo brings them back
    neighbourhood: Mapped[Neighbourhood] = relationship()

    @property
    def about(self) -> dict[str, Any]:
        """What to know of it, in the reader's language: {"about", "lang"}."""
        return i18n.pick(self.texts)

    @property
    def access(self) -> Access:
        """How one gets in, and what is there."""
        facts = self.facts or {}
        checked = facts.get("step_free") or {}
        day = checked.get("on")
        return Access(
            step_free={"yes": True, "no": False}.get(checked.get("is", "")),
            checked_on=date.fromisoformat(day) if day else None,
            checked_by=checked.get("by"),
            **{name: facts.get(name) for name in ("toilet", "seat", "indoor", "free")},
        )

    @property
    def is_draft(self) -> bool:
        """Whether it waits to be put on the map for the first time."""
        return bool(self.removed_at and (self.facts or {}).get("draft"))

    @property
    def now(self) -> Now | None:
        """Whether it is open now, until when, and when it opens next; None when nobody said when it is open."""
        return hours.at(self.hours, clock.now())

    @validates("radius")
    def _within_bounds(self, _name: str, radius: float) -> float:
        if not SMALLEST <= radius <= LARGEST:
            raise ValueError(f"a spot's radius is {SMALLEST:.0f} to {LARGEST:.0f} metres, not {radius}")
        return radius

    @validates("hours")
    def _times_of_a_week(self, _name: str, week: Any) -> Any:
        hours.check(week)
        return week

    @validates("border")
    def _three_corners(self, _name: str, border: list[list[float]] | None) -> list[list[float]] | None:
        if border is not None and (len(border) < 3 or not all(_is_point(corner) for corner in border)):
            raise ValueError("a border is three corners or more, each latitude and longitude in degrees")
        return border


class Plate(Model):
    """A sign with a code at a spot. A row stays when its plate is gone: no code is given out twice."""

    __tablename__ = "plate"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(10), unique=True)  # 50 random bits: the first part of its code
    letters: Mapped[str] = mapped_column(String(6), unique=True)  # what one types instead; of all plates ever
    spot_id: Mapped[int] = mapped_column(ForeignKey("spot.id"), index=True)
    key_version: Mapped[int]  # of the neighbourhood's key that signed it
    made_on: Mapped[date] = mapped_column(Date)
    withdrawn_on: Mapped[date | None] = mapped_column(Date)
    last_seen_on: Mapped[date | None] = mapped_column(Date)
    spot: Mapped[Spot] = relationship(lazy="joined", innerjoin=True)


class PlateKey(Model):
    """A newer key of a neighbourhood. It signs the plates made from then on; the older ones keep theirs."""

    __tablename__ = "plate_key"

    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[date] = mapped_column(Date)


class PlateReport(Model):
    """ "Dit bordje klopt niet": what is wrong, where, on which day; once a day, and nothing of who said it."""

    __tablename__ = "plate_report"
    __table_args__ = (UniqueConstraint("spot_id", "letters", "wrong", "on"),)

    id: Mapped[Id]
    spot_id: Mapped[int] = mapped_column(ForeignKey("spot.id"))
    letters: Mapped[str] = mapped_column(String(6), default="")  # of the plate, when its code led here
    wrong: Mapped[str] = mapped_column(String(12))  # service.WRONG
    on: Mapped[date] = mapped_column(Date)


def _is_point(corner: list[float]) -> bool:
    return len(corner) == 2 and abs(corner[0]) <= 90 and abs(corner[1]) <= 180
