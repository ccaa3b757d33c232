"""Tours: walks strung together from residents' own stories."""

from flask import Flask

from tours import stories


def init_app(app: Flask) -> None:
    """Register what the tours add to the app."""
    stories.init_app(app)
