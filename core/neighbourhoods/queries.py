"""Finding neighbourhoods."""

from collections.abc import Sequence

from sqlalchemy import select

from core.database import db
from core.neighbourhoods.models import Neighbourhood, Zone


def by_slug(slug: str) -> Neighbourhood | None:
    """The neighbourhood under /w/<slug>/, or None."""
    return db.session.scalar(select(Neighbourhood).where(Neighbourhood.slug == slug))


def everyone() -> Sequence[Neighbourhood]:
    """All neighbourhoods on this machine, by name."""
    return db.session.scalars(select(Neighbourhood).order_by(Neighbourhood.name)).all()


def zone_names(ids: set[int]) -> dict[int, str]:
    """The names of zones by id."""
    return dict(db.session.execute(select(Zone.id, Zone.name).where(Zone.id.in_(ids))).tuples().all()) if ids else {}
