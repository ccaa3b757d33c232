"""Challenges: what two residents do together. A kind is a small class; what a challenge says is data."""

from flask import Flask

from core.desk import handlers
from core.people import holdings
from game.challenges import at_desk, cli, drafts, editor, holding, making, views, weeks


def init_app(app: Flask) -> None:
    """Register the pages and the command, what the desk decides about, and what is kept about a person."""
    views.init_app(app)
    for pages in (making, editor, weeks, drafts):
        pages.init_app(app)
    handlers.add(app, at_desk.Challenges())
    holdings.register(app, holding.HOLDING)
    cli.init_app(app)
