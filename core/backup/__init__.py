"""A back-up of the whole site in one file, and its restore on an empty machine, which first forgets what went since."""

from flask import Flask

from core import jobs as clockwork
from core.backup import cli, jobs


def init_app(app: Flask) -> None:
    """Register the commands, and the sweep that writes down what went for good."""
    app.cli.add_command(cli.backup)
    clockwork.SWEEPS.add(app, "forgotten", jobs.sweep)
