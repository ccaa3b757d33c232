"""Whether all that people do together is as it must be (docs/deploy.md)."""

import click
from flask import Flask
from flask.cli import with_appcontext

from core.steps import invariants


def init_app(app: Flask) -> None:
    """Register the command."""
    app.cli.add_command(cocreation)


@click.group()
def cocreation() -> None:
    """What people do together: ideas, talks, choices, gatherings, promises."""


@cocreation.command("check")
@with_appcontext
def check() -> None:
    """Look whether what must hold of them holds. Exits 1 on any fault."""
    looked = invariants.look()
    for fault in looked.faults:
        click.echo(fault)
    click.echo(f"{looked.things} things, {len(looked.faults)} faults")
    if looked.faults:
        raise SystemExit(1)
