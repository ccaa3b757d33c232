"""Photos: redrawn from pixels, kept in three sizes, shown only where everybody in them said yes."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.people.holdings import Holding, register
from core.photos import cli, queries, service, views

HELD = Holding(
    "photos", frozenset({"photo", "photo_consent"}), queries.export, service.forget_all, service.files,
    label=_l("Your photos"), about=_l("Which ones you are in, and who may see them if it is up to you."),
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Register the pages, the sweep, the commands and what is held about people."""
    views.init_app(app)
    app.cli.add_command(cli.photos)
    register(app, HELD)
