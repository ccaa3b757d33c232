"""What is printed for the street and the letter box: signs, cards for paper players, a letter, a poster."""

from flask import Flask

from core.printing import views


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(views.bp, url_prefix="/w/<slug>/print")
