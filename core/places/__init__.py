"""Places: the spots where people meet and where stories lie, and the plates with a code that hang there."""

from flask import Flask

from core.places import cli, making, views


def init_app(app: Flask) -> None:
    """Register the pages and the commands."""
    views.init_app(app)
    making.init_app(app)
    cli.init_app(app)
