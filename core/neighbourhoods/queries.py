"""Finding neighbourhoods."""

from collections.abc import Sequence

from sqlalchemy import select

from core.database import db
from core.neighbourhoods.models import Neighbourhood


def by_slug(slug: str) -> Neighbourhood | None:
    """The neighbourhood under /w/<slug>/, or None."""
    return db.session.scalar(select(Neighbourhood).where(Neighbourhood.slug == slug))


def everyone() -> Sequence[Neighbourhood]:
    """All neighbourhoods on this machine, by name."""
    return db.session.scalars(select(Neighbourhood).order_by(Neighbourhood.name)).all()
