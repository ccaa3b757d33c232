"""People: a pseudonym, a phone that is theirs, and the opaque key under which they play."""

from flask import Flask

from core.people import views


def init_app(app: Flask) -> None:
    """Say who is asking, and register the pages about oneself."""
    views.init_app(app)
