"""Finding spots."""

from collections.abc import Sequence

from sqlalchemy import select

from core.database import db
from core.neighbourhoods.models import Neighbourhood
from core.places import geo
from core.places.models import PlateReport, Spot


def of(neighbourhood_id: int) -> Sequence[Spot]:
    """The spots of a neighbourhood: its own house first, then by name."""
    return db.session.scalars(
        select(Spot)
        .where(Spot.neighbourhood_id == neighbourhood_id, Spot.removed_at.is_(None))
        .order_by(Spot.kind != "hq", Spot.name)
    ).all()


def house(neighbourhood_id: int) -> Spot | None:
    """The house of the neighbourhood: where people come who have no phone, and who are younger than 16."""
    here = (Spot.neighbourhood_id == neighbourhood_id, Spot.kind == "hq", Spot.removed_at.is_(None))
    return db.session.scalar(select(Spot).where(*here).order_by(Spot.id).limit(1))


def by_key(neighbourhood_id: int, key: str, lock: bool = False) -> Spot | None:
    """The spot of a neighbourhood under its key, or None. `lock`: until the transaction ends nobody else changes it."""
    here = (Spot.neighbourhood_id == neighbourhood_id, Spot.key == key, Spot.removed_at.is_(None))
    found = select(Spot).where(*here)
    return db.session.scalar(found.with_for_update(key_share=True) if lock else found)


def zone_at(here: Neighbourhood, lat: float, lon: float) -> str | None:
    """In which zone a point lies."""
    return next((zone.name for zone in here.zones if zone.border and geo.is_inside(zone.border, lat, lon)), None)


def removed(neighbourhood_id: int) -> Sequence[Spot]:
    """The spots that were taken off the map, the last one first; as many as one would bring back."""
    gone = (Spot.neighbourhood_id == neighbourhood_id, Spot.removed_at.is_not(None))
    return db.session.scalars(select(Spot).where(*gone).order_by(Spot.removed_at.desc()).limit(20)).all()


def reports(neighbourhood_id: int) -> Sequence[PlateReport]:
    """What people said is wrong with the plates of a neighbourhood, oldest first."""
    there = select(PlateReport).join(Spot, Spot.id == PlateReport.spot_id)
    return db.session.scalars(there.where(Spot.neighbourhood_id == neighbourhood_id).order_by(PlateReport.id)).all()
