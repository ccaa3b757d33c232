"""A command that looks whether what must hold of stories holds (docs/deploy.md)."""

import click
from flask import Flask
from flask.cli import with_appcontext

from tours.stories import check as checking


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(stories)


@click.group()
def stories() -> None:
    """What residents tell."""


@stories.command("check")
@with_appcontext
def check() -> None:
    """Look whether each story is what both signed, and each withdrawn one is gone. Exits 1 on any fault."""
    found = checking.everything()
    wrong = list(checking.faults(found))
    for fault in wrong:
        click.echo(fault)
    click.echo(f"{len(found)} stories, {len(wrong)} faults")
    if wrong:
        raise SystemExit(1)
