"""Commands of stories: whether what must hold holds, and a bag for an archive (docs/deploy.md)."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from core.neighbourhoods import queries as neighbourhoods
from tours.stories import archive as archiving
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


@stories.command("archive")
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def archive(slug: str, file: Path) -> None:
    """Write the stories of neighbourhood SLUG that may go to an archive to FILE, a BagIt bag in a zip."""
    here = neighbourhoods.by_slug(slug)
    if here is None:
        raise click.ClickException(f"There is no neighbourhood {slug}.")
    counted = archiving.write(here, file.absolute(), current_app.config["BUURT"].public_url)
    click.echo(f"{counted.kept} stories in {file}, {counted.left_out} left out: their tellers did not allow it")
