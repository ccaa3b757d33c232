"""The command that names the kinds of challenges."""

import click
from flask import Flask

from game.challenges.kinds import KINDS


def init_app(app: Flask) -> None:
    """Register the command."""
    app.cli.add_command(kinds)


@click.command("kinds")
def kinds() -> None:
    """The kinds of challenges, a name a line."""
    for name in KINDS:
        click.echo(name)
