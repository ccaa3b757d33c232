"""Visits: being at a spot. What shows that somebody is there, and that they were."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.personal_data import SORTS, PersonalData
from game.visits import service, views


def init_app(app: Flask) -> None:
    """Register the pages, the panel on a spot's page, and what is held about a person."""
    views.init_app(app)
    kept = PersonalData(
        "visits", frozenset({"visit"}), export=service.export, erase=service.erase,
        label=_l("Where you were"), about=_l("The place and the day of each visit. No position."),
    )  # fmt: skip
    SORTS.add(app, kept.name, kept)
