"""De Kanterhoek, a made-up neighbourhood with made-up people, so that a fresh clone has somewhere to walk."""

from flask import Flask

from core.demo import command, views


def init_app(app: Flask) -> None:
    """Register the command, and while the demo is on the made-up people's way in and the picture of the streets."""
    command.init_app(app)
    views.init_app(app)
