"""`backup make` and `backup restore` (docs/deploy.md)."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from flask import current_app
from flask.cli import with_appcontext

from core.backup import again, jobs, service
from core.refusal import Refusal

T = TypeVar("T")
A_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("backup")
def backup() -> None:
    """Keep everything in one file, and put it back on an empty machine."""


@backup.command("make")
@click.argument("file", type=A_FILE)
@with_appcontext
def make(file: Path) -> None:
    """Write everything as it is now to FILE, which may not be there yet."""
    jobs.sweep()
    size = _told(lambda: service.make(file, current_app.config["SECRET_KEY"], _say))
    click.echo(f"{file}: {size} bytes")


@backup.command("restore")
@click.argument("file", type=A_FILE)
@click.option("--forgotten", type=A_FILE, help="What went since; usually the list beside the media.")
@with_appcontext
def restore(file: Path, forgotten: Path | None) -> None:
    """Put FILE in this empty database (after `db upgrade`), and forget again what went since it was made."""
    listed = forgotten or again.place()
    if forgotten and not forgotten.exists():
        raise click.ClickException(f"{forgotten} is not there.")
    many, went = _told(lambda: service.restore(file, current_app.config["SECRET_KEY"], listed, _say))
    click.echo(f"{many} rows restored; {went} things that went since were forgotten again")
    if listed is None or not listed.exists():
        click.echo("There was no list of what went since: what people took back after the back-up is here again.")


def _told(work: Callable[[], T]) -> T:
    """What it gives; a refusal in its own words."""
    try:
        return work()
    except Refusal as refused:
        raise click.ClickException(str(refused.sentence)) from None


def _say(what: str, done: int, of: int) -> None:
    if done == of or done % 50 == 0:
        click.echo(f"{what}: {done} of {of}", err=True)
