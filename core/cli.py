"""Commands about the whole app: its rights, its sweeps, its rows and files (docs/deploy.md)."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from core import guard, jobs
from core.photos import service as photos


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in (rights, sweep, fsck):
        app.cli.add_command(command)


@click.command("rights")
@with_appcontext
def rights() -> None:
    """The rights table as built: endpoint, methods, right, roles; tab separated."""
    for row in guard.rows(current_app):
        click.echo("\t".join(row))


@click.command("sweep")
@with_appcontext
def sweep() -> None:
    """Run every sweep once, now."""
    for name, rows in jobs.run(current_app._get_current_object()).items():  # type: ignore[attr-defined]
        click.echo(f"{name}\t{rows}")


@click.command("fsck")
@with_appcontext
def fsck() -> None:
    """Find a photo's row without its files, and files without a row. Exits 1 when there are any."""
    missing, stray = photos.missing_files(), photos.stray_files()
    for key in missing:
        click.echo(f"a row without its files: {key}")
    for key in stray:
        click.echo(f"files without a row: {key}")
    click.echo(f"{len(missing)} missing, {len(stray)} stray")
    if missing or stray:
        raise SystemExit(1)
