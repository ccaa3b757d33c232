"""Tours: walks strung together from residents' own stories."""

from flask import Flask

from tours import lessons, routing, stories, walks


def init_app(app: Flask) -> None:
    """Register what the tours add to the app."""
    routing.init_app(app)
    stories.init_app(app)
    walks.init_app(app)
    lessons.init_app(app)
