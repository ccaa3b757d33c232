"""The pages that belong to nobody else: front, home, language, privacy, health. Parts add panels and strips to them."""

from flask import Flask

from core.pages import views, worker_pages


def init_app(app: Flask) -> None:
    """Register the pages."""
    views.init_app(app)
    app.register_blueprint(worker_pages.bp)
