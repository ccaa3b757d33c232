"""Photos: redrawn from pixels, kept in three sizes, shown only where everybody in them said yes."""

from flask import Flask

from core.photos import views


def init_app(app: Flask) -> None:
    """Register the sweep that cleans up after photos."""
    views.init_app(app)
