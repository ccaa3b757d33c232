"""Staff: who has which role, how they are invited, and how they sign in. Staff are players too."""

from flask import Flask

from core.personal_data import SORTS
from core.staff import cli, views
from core.staff.personal_data import PERSONAL_DATA


def init_app(app: Flask) -> None:
    """Register what staff adds to the app."""
    views.init_app(app)
    app.cli.add_command(cli.staff)
    app.cli.add_command(cli.host)
    SORTS.add(app, PERSONAL_DATA.name, PERSONAL_DATA)
