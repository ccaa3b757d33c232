"""Finding neighbourhoods."""

from collections.abc import Sequence

from sqlalchemy import select

from core.database import db
from core.neighbourhoods.models import Neighbourhood


def by_slug(slug: str) -> Neighbourhood | None:
    """The neighbourhood under /w/<slug>/, or None."""
    return db.session.scalar(select(Neighbourhood).where(Neighbourhood.slug == slug))


def lock(neighbourhood_id: int) -> None:
    """Lock a neighbourhood until the end of the transaction: what it may have only once is made by one at a time."""
    here = select(Neighbourhood.id).where(Neighbourhood.id == neighbourhood_id)
    db.session.execute(here.with_for_update(key_share=True))


def everyone() -> Sequence[Neighbourhood]:
    """All neighbourhoods on this machine, by name."""
    return db.session.scalars(select(Neighbourhood).order_by(Neighbourhood.name)).all()
