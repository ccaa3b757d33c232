"""A neighbourhood from nothing: its outline from GeoJSON, its house, its first coordinator, and what is still to do."""

from flask import Flask

from core.setting_up import areas, cli, views


def init_app(app: Flask) -> None:
    """Register the command, the page that says what is still to do, and the one to draw on."""
    app.cli.add_command(cli.neighbourhood)
    views.init_app(app)
    areas.init_app(app)
