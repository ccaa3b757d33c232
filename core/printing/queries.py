"""What print needs to know of a neighbourhood: how many plates hang there, and where none does."""

from collections.abc import Sequence

from sqlalchemy import func, select

from core.database import db
from core.places.models import Plate, Spot


def plates(neighbourhood_id: int) -> int:
    """How many plates are in use."""
    there = select(func.count()).select_from(Plate).join(Spot, Spot.id == Plate.spot_id)
    there = there.where(Spot.neighbourhood_id == neighbourhood_id, Spot.removed_at.is_(None))
    return db.session.scalar(there.where(Plate.withdrawn_on.is_(None))) or 0


def without_plate(neighbourhood_id: int) -> Sequence[Spot]:
    """The spots on the map at which no plate is in use, the house first."""
    hanging = select(Plate.id).where(Plate.spot_id == Spot.id, Plate.withdrawn_on.is_(None)).exists()
    bare = select(Spot).where(Spot.neighbourhood_id == neighbourhood_id, Spot.removed_at.is_(None), ~hanging)
    return db.session.scalars(bare.order_by(Spot.kind != "hq", Spot.name)).all()
