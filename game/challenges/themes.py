"""The themes of a neighbourhood: a short list of its own. Makers add one while they write a challenge."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from core.database import db, dialect, insert_into
from core.refusal import Refusal
from game.challenges.models import Challenge, Theme, slug

MOST = 12


def of(neighbourhood_id: int) -> Sequence[Theme]:
    """Its themes, in the order they were added."""
    return db.session.scalars(select(Theme).where(Theme.neighbourhood_id == neighbourhood_id).order_by(Theme.id)).all()


def by_key(neighbourhood_id: int, key: str) -> Theme | None:
    """One of its themes."""
    return db.session.scalar(select(Theme).where(Theme.neighbourhood_id == neighbourhood_id, Theme.key == key))


def named(neighbourhood_id: int, texts: dict[str, Any]) -> Theme:
    """The theme with this name, added where there was none: language → {"name"}, Dutch among them.

    One that no challenge carries makes place for it. Raises Refusal when there are twelve that are carried.
    """
    key = slug(texts["nl"]["name"], "thema")
    known = by_key(neighbourhood_id, key)
    if known:
        return known
    carried = select(Challenge.id).where(Challenge.theme_id == Theme.id).exists()
    db.session.execute(delete(Theme).where(Theme.neighbourhood_id == neighbourhood_id, ~carried))
    if len(of(neighbourhood_id)) >= MOST:
        raise Refusal(_l("There are twelve themes already. Choose one of those."))
    row = insert_into(Theme, dialect()).values(neighbourhood_id=neighbourhood_id, key=key, texts=texts)
    db.session.execute(row.on_conflict_do_nothing())  # another maker may be adding it at this moment
    return db.session.scalars(select(Theme).where(Theme.neighbourhood_id == neighbourhood_id, Theme.key == key)).one()
