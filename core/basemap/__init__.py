"""The map of a neighbourhood, made once from an extract of OpenStreetMap."""

from flask import Flask

from core.basemap import built, cli
from core.maps.drawings import DRAWINGS


def init_app(app: Flask) -> None:
    """Register the command, and what it made as the ground under the pins."""
    app.cli.add_command(cli.basemap)
    DRAWINGS.add(app, "basemap", built.drawing, order=60)
