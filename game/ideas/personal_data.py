"""What is kept about somebody: which ideas of others they signed too."""

from typing import Any

from flask_babel import lazy_gettext as _l

from core.personal_data import PersonalData
from game.ideas import service
from game.ideas.models import CoSign


def _export(player: str) -> list[dict[str, Any]]:
    return [
        {"idea": one.idea, "with your name": one.shows_name, "at": one.at.isoformat()}
        for one in service.signed_by(player)
    ]


COSIGNS = PersonalData(
    "cosigns", frozenset({CoSign.__tablename__}), _export, service.forget,
    label=_l("Ideas you signed too"), about=_l("Which ones, and whether your name stands there."),
)  # fmt: skip
