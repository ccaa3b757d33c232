"""What lessons keep about a person: who made them. Of pupils nothing is here."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from core.database import db
from core.personal_data import PersonalData
from tours.lessons.models import Kit


def _export(player: str) -> list[dict[str, Any]]:
    mine = db.session.scalars(select(Kit).where(Kit.maker == player).order_by(Kit.id))
    return [{"lesson": one.slug, "title": one.title, "state": one.state} for one in mine]


def _erase(player: str) -> None:
    """The lesson is the neighbourhood's, and stays; nothing says any more who made it."""
    db.session.execute(update(Kit).where(Kit.maker == player).values(maker=None))


PERSONAL_DATA = PersonalData(
    "lessons", frozenset({Kit.__tablename__}), _export, _erase,
    label=_l("Lessons you made"), about=_l("After erasing they stay without a name."),
)  # fmt: skip
