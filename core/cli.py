"""Commands about the whole app: its rights, its sweeps (docs/deploy.md)."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from core import guard, jobs
from core.consent import jobs as consent
from core.media import jobs as media


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in (rights, sweep):
        app.cli.add_command(command)


@click.command("rights")
@with_appcontext
def rights() -> None:
    """The rights table as built: endpoint, methods, right, roles; tab separated."""
    for row in guard.rows(current_app):
        click.echo("\t".join(row))


@click.command("sweep")
@click.option("--again", is_flag=True, help="Also what is stuck, or waits for its next try.")
@with_appcontext
def sweep(again: bool) -> None:
    """Run every sweep once, now."""
    if again:
        media.try_again()
        consent.try_again()
    for name, rows in jobs.run(current_app._get_current_object()).items():  # type: ignore[attr-defined]
        click.echo(f"{name}\t{rows}")
