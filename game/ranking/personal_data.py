"""What the ranking keeps about a person: that they chose to stand in it, and their place in the last drawing."""

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core.database import db
from core.personal_data import SORTS, PersonalData
from game.ranking import service
from game.ranking.models import Entrant, Standing


def init_app(app: Flask) -> None:
    """Register it."""
    SORTS.add(app, RANKING.name, RANKING)


def _export(player: str) -> list[dict[str, Any]]:
    chose = db.session.get(Entrant, player)
    mine = db.session.scalars(select(Standing).where(Standing.player == player).order_by(Standing.season_id))
    places = [{"season": one.season_id, "place": one.place, "points": one.points} for one in mine]
    return [*([{"since": chose.since}] if chose else []), *places]


RANKING = PersonalData(
    "ranking", frozenset({"ranking_entrant", "ranking_place"}), _export, service.leave,
    label=_l("Your place in the ranking"), about=_l("Only when you chose it. After erasing your name is gone."),
)  # fmt: skip
