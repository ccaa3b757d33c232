"""What is kept about somebody: at which gatherings they said to be."""

from typing import Any

from flask_babel import lazy_gettext as _l

from core.personal_data import PersonalData
from game.gatherings import service
from game.gatherings.models import Attendance


def _export(player: str) -> list[dict[str, Any]]:
    return [
        {"gathering": one.gathering, "with your name": one.shows_name, "at": one.at.isoformat()}
        for one in service.attended(player)
    ]


ATTENDANCE = PersonalData(
    "attendance", frozenset({Attendance.__tablename__}), _export, service.forget,
    label=_l("Gatherings where you were"), about=_l("Which ones, and whether your name stands there."),
)  # fmt: skip
