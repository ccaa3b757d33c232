"""Encounters: two persons, one moment, both said yes."""

from flask import Flask

from game.encounters import cli, demo, views


def init_app(app: Flask) -> None:
    """Register the pages, the sweep, the commands and the demo's encounters."""
    views.init_app(app)
    cli.init_app(app)
    demo.init_app(app)
