"""The audit log: who did what to what in somebody else's name. Rows are added, never changed."""

from flask import Flask

from core.audit import cli


def init_app(app: Flask) -> None:
    """Register the command that checks the log."""
    app.cli.add_command(cli.audit)
