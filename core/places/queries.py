"""Finding spots."""

from collections.abc import Sequence

from sqlalchemy import select

from core.database import db
from core.places.models import Spot


def of(neighbourhood_id: int) -> Sequence[Spot]:
    """The spots of a neighbourhood: its own house first, then by name."""
    return db.session.scalars(
        select(Spot).where(Spot.neighbourhood_id == neighbourhood_id).order_by(Spot.kind != "hq", Spot.name)
    ).all()
