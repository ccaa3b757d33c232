"""What walks keep about a person: who made them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from core.database import db
from core.personal_data import PersonalData
from tours.walks.models import Tour


def _export(player: str) -> list[dict[str, Any]]:
    mine = db.session.scalars(select(Tour).where(Tour.maker == player).order_by(Tour.id))
    return [{"walk": one.key, "title": one.title, "state": one.state} for one in mine]


def _erase(player: str) -> None:
    """The walk is the neighbourhood's, and stays; nothing says any more who made it."""
    db.session.execute(update(Tour).where(Tour.maker == player).values(maker=None))


PERSONAL_DATA = PersonalData(
    "walks", frozenset({Tour.__tablename__}), _export, _erase,
    label=_l("Walks you made"), about=_l("After erasing they stay without a name."),
)  # fmt: skip
