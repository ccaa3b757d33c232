"""Neighbourhoods and their zones. Every page of a neighbourhood lives under /w/<slug>/."""

from flask import Flask

from core.neighbourhoods import views


def init_app(app: Flask) -> None:
    """Find the neighbourhood of each request."""
    views.init_app(app)
