"""Media: bytes with an owner. Pictures and sound are kept, let go and swept by one mechanism (docs/architecture.md)."""

from flask import Flask

from core import jobs as clockwork
from core.media import cli, jobs


def init_app(app: Flask) -> None:
    """Register the sweep, and the commands that look at bytes."""
    cli.init_app(app)
    clockwork.SWEEPS.add(app, "media", jobs.sweep)
