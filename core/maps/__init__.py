"""The map of a neighbourhood and the list of its spots: equals, on home and on a page of their own."""

from flask import Flask

from core.maps import views


def init_app(app: Flask) -> None:
    """Register the page, the drawing's address and the panel on home."""
    views.init_app(app)
