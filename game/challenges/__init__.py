"""Challenges: what two residents do together. A kind is a small class; what a challenge says is data."""

from flask import Flask

from game.challenges import cli, views


def init_app(app: Flask) -> None:
    """Register the pages and the command."""
    views.init_app(app)
    cli.init_app(app)
