"""Tours: walks strung together from residents' own stories. Nothing is here yet but its place."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register what the tours add to the app."""
