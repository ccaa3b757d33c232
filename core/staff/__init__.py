"""Staff: who has which role, how they are invited, and how they sign in. Staff are players too."""

from flask import Flask

from core.people import holdings
from core.staff import cli, holding, views


def init_app(app: Flask) -> None:
    """Register what staff adds to the app."""
    views.init_app(app)
    app.cli.add_command(cli.staff)
    app.cli.add_command(cli.host)
    holdings.HOLDINGS.add(app, holding.HOLDING.name, holding.HOLDING)
