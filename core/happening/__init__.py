"""What happens here: all that goes on, on one page, in a feed, in a calendar, on paper and on the wall."""

from flask import Flask

from core.happening import cli, elsewhere_pages, views


def init_app(app: Flask) -> None:
    """Register the pages, their panel on home, their piece of the wall, and the command."""
    views.init_app(app)
    elsewhere_pages.init_app(app)
    cli.init_app(app)
