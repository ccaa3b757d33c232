"""Commands about walks (docs/deploy.md)."""

import click
from flask import Flask, current_app, url_for
from flask.cli import with_appcontext

from core.neighbourhoods import queries as neighbourhoods
from tours.walks import check as checking
from tours.walks import queries
from tours.walks.files import made
from tours.walks.formats import FORMATS
from tours.walks.models import Tour


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(tours)


@click.group()
def tours() -> None:
    """Walks strung from stories."""


@tours.command("list")
@click.argument("slug")
@with_appcontext
def list_(slug: str) -> None:
    """The walks of a neighbourhood: address, how far each is, stops that can be shown, metres and minutes."""
    here = neighbourhoods.by_slug(slug)
    if here is None:
        raise click.ClickException(f"there is no neighbourhood {slug}")
    found = queries.of_makers(here.id)
    shown = queries.live([tour.id for tour in found])
    for tour in found:
        many = f"{len(shown.get(tour.id, []))} of {len(tour.stops)} stops"
        click.echo(f"{tour.key}  {tour.state}  {many}  {tour.metres} m  {tour.minutes} min")


@tours.command("export")
@click.argument("walk")
@click.option("--as", "as_", type=click.Choice(list(FORMATS)), required=True, help="The kind of file.")
@click.option("--neighbourhood", default="", help="Its slug, where two neighbourhoods have a walk of that name.")
@with_appcontext
def export(walk: str, as_: str, neighbourhood: str) -> None:
    """Write a walk that everybody sees to standard output, as a file to take along."""
    found = [tour for tour in queries.everywhere(walk) if neighbourhood in ("", _slug_of(tour))]
    if len(found) != 1:
        why = "no walk that everybody sees is called" if not found else "say --neighbourhood: more than one is called"
        raise click.ClickException(f"{why} {walk}")
    site, here = current_app.config["BUURT"].address, neighbourhoods.by_slug(_slug_of(found[0]))
    with current_app.test_request_context(base_url=site):
        click.echo(made(found[0], FORMATS[as_], here, site, url_for) if here else b"", nl=False)


def _slug_of(tour: Tour) -> str:
    return next(one.slug for one in neighbourhoods.everyone() if one.id == tour.neighbourhood_id)


@tours.command("check")
@with_appcontext
def check() -> None:
    """Look whether no walk shows what a teller does not allow. Exits 1 on any fault."""
    wrong = list(checking.faults())
    for fault in wrong:
        click.echo(fault)
    click.echo(f"{len(wrong)} faults")
    if wrong:
        raise SystemExit(1)
