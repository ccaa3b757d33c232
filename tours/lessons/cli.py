"""Commands about lessons (docs/deploy.md)."""

import json
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from core.database import writing
from core.neighbourhoods import queries as neighbourhoods
from core.neighbourhoods.models import Neighbourhood
from core.refusal import Refusal
from tours.lessons import files, queries
from tours.lessons.lesson import whole


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(lessons)


@click.group()
def lessons() -> None:
    """Lessons over walks."""


@lessons.command("list")
@with_appcontext
def list_() -> None:
    """All lessons: address, neighbourhood, state, for whom, minutes, walk."""
    for here in neighbourhoods.everyone():
        for kit in queries.all_of(here.id):
            click.echo(f"{kit.slug}  {here.slug}  {kit.state}  {kit.level}  {kit.minutes} min  {kit.tour.key}")


@lessons.command("export")
@click.argument("slug")
@click.option("--neighbourhood", default="", help="Its slug, where two neighbourhoods have a lesson of that name.")
@with_appcontext
def export(slug: str, neighbourhood: str) -> None:
    """Write a lesson to standard output as JSON, without what tellers keep here."""
    found = [(here, kit) for here in neighbourhoods.everyone() if neighbourhood in ("", here.slug)
             for kit in queries.all_of(here.id) if kit.slug == slug]  # fmt: skip
    if len(found) != 1:
        why = "no lesson is called" if not found else "say --neighbourhood: more than one is called"
        raise click.ClickException(f"{why} {slug}")
    here, kit = found[0]
    click.echo(json.dumps(files.written(whole(kit), here.slug), ensure_ascii=False, indent=1))


@lessons.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--neighbourhood", default="", help="Its slug, where it is another than the file says.")
@with_appcontext
def import_(file: Path, neighbourhood: str) -> None:
    """Make a draft of a file; of the same file once. Says what had no place here."""
    try:
        raw = file.read_bytes()[: files.MOST_BYTES + 1]
        kit, is_new, left = _landed(raw, neighbourhood or str(files.said_in(raw).get("neighbourhood")))
    except Refusal as no:
        raise click.ClickException(str(no.sentence)) from None
    click.echo(f"{kit}  {'draft' if is_new else 'was here already'}  {left} tasks left out")


def _landed(raw: bytes, slug: str) -> tuple[str, bool, int]:
    here = _called(slug)
    left = len(files.plan(here, raw, None).left)
    with writing():
        kit, is_new = files.land(here, raw, None)
        return kit.slug, is_new, left


def _called(slug: str) -> Neighbourhood:
    here = neighbourhoods.by_slug(slug)
    if here is None:
        raise click.ClickException(f"there is no neighbourhood {slug}")
    return here
