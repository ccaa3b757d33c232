"""What is kept of who helped a teller; the stories themselves are kept with what people hand in."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from core.database import db
from core.personal_data import PersonalData
from tours.stories.models import Story, Telling


def _export(player: str) -> list[dict[str, Any]]:
    helped = db.session.scalars(select(Telling).where(Telling.helper == player).order_by(Telling.id))
    return [{"typed somebody's story": one.way} for one in helped]


def _erase(player: str) -> None:
    """Nothing says any more who typed it."""
    db.session.execute(update(Telling).where(Telling.helper == player).values(helper=None))


PERSONAL_DATA = PersonalData(
    "helped tellers", frozenset({Telling.__tablename__, Story.__tablename__}), _export, _erase,
    label=_l("Whom you helped to tell"), about=_l("That you typed a story for somebody, and nothing of what it says."),
)  # fmt: skip
