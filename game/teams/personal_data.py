"""What is kept about somebody: of which team they are. By which letter they came is kept nowhere."""

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.personal_data import SORTS, PersonalData
from game.teams import queries, service


def init_app(app: Flask) -> None:
    """Register it."""
    SORTS.add(app, TEAM.name, TEAM)


def _export(player: str) -> list[dict[str, Any]]:
    mine = queries.member(player)
    return [{"team": mine.team.name, "since": mine.since}] if mine else []


TEAM = PersonalData(
    "team", frozenset({"team_member"}), _export, service.forget,
    label=_l("Your team"), about=_l("Which one, and since when."),
)  # fmt: skip
