"""What is kept about somebody who teaches: which classes they opened. Of crews and pupils there is nothing to keep."""

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core.classes import service
from core.classes.models import SchoolClass
from core.database import db
from core.personal_data import SORTS, PersonalData


def init_app(app: Flask) -> None:
    """Register it."""
    SORTS.add(app, CLASSES.name, CLASSES)


def _export(player: str) -> list[dict[str, Any]]:
    mine = db.session.scalars(select(SchoolClass).where(SchoolClass.teacher == player).order_by(SchoolClass.id))
    return [
        {"lesson": one.activity, "day": one.day, "gone_on": one.gone_on, "opened_at": one.opened_at} for one in mine
    ]


CLASSES = PersonalData(
    "classes", frozenset({"school_class"}), _export, service.erase_of,
    label=_l("Classes that you opened"), about=_l("Which lesson, and on which day."),
)  # fmt: skip
