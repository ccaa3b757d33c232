"""Encounters: two persons, one moment, both said yes."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.people import holdings
from game.encounters import cli, demo, talk, views


def init_app(app: Flask) -> None:
    """Register the pages, the sweep, the commands and the demo's encounters."""
    views.init_app(app)
    cli.init_app(app)
    demo.init_app(app)
    said = holdings.Holding(
        "talk answers", frozenset({"talk_answer"}), export=talk.export, erase=talk.erase,
        label=_l("What you said"), about=_l("Your words at talk cards."),
    )  # fmt: skip
    holdings.register(app, said)
