"""Commands that look at rows and files (docs/deploy.md)."""

import click
from flask import Flask
from flask.cli import with_appcontext

from core.media import queries
from core.storage import storage


def init_app(app: Flask) -> None:
    """Register them."""
    app.cli.add_command(fsck)


@click.command("fsck")
@click.option("--remove", is_flag=True, help="Remove the files without a row: after a restore.")
@with_appcontext
def fsck(remove: bool) -> None:
    """Find rows without their files, files without a row, bytes that would not go. Exits 1 for any that stay."""
    missing, stray, stuck = queries.missing(), queries.stray(), queries.stuck()
    for key in missing:
        click.echo(f"a row without its files: {key}")
    for key in stray:
        click.echo(f"files without a row: {key}")
    for key in stuck:
        click.echo(f"bytes that would not go in {queries.TRIES} tries: {key}")
    if remove:
        for key in stray:
            storage().delete(key)
        click.echo(f"removed: {len(stray)}")
        stray = []
    click.echo(f"{len(missing)} missing, {len(stray)} stray, {len(stuck)} stuck")
    if missing or stray or stuck:
        raise SystemExit(1)
