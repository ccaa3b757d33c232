"""Commands about the whole app: its rights, its sweeps, its rows and files (docs/deploy.md)."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from core import guard, jobs
from core.photos import jobs as photo_jobs
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
@click.option("--again", is_flag=True, help="Also what is stuck after three tries.")
@with_appcontext
def sweep(again: bool) -> None:
    """Run every sweep once, now."""
    if again:
        photo_jobs.try_again()
    for name, rows in jobs.run(current_app._get_current_object()).items():  # type: ignore[attr-defined]
        click.echo(f"{name}\t{rows}")


@click.command("fsck")
@with_appcontext
def fsck() -> None:
    """Find a photo's row without its files, files without a row, bytes that would not go. Exits 1 for any."""
    missing, stray, stuck = photos.missing_files(), photos.stray_files(), photo_jobs.stuck()
    for key in missing:
        click.echo(f"a row without its files: {key}")
    for key in stray:
        click.echo(f"files without a row: {key}")
    for key in stuck:
        click.echo(f"bytes that would not go in {photo_jobs.TRIES} tries: {key}")
    click.echo(f"{len(missing)} missing, {len(stray)} stray, {len(stuck)} stuck")
    if missing or stray or stuck:
        raise SystemExit(1)
