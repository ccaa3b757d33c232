"""`measures edition` and `measures export` (docs/deploy.md)."""

from datetime import datetime

import click
from flask import Flask
from flask.cli import with_appcontext

from core.measures import jobs, queries, research
from core.neighbourhoods import queries as neighbourhoods


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(measures)


@click.group("measures")
def measures() -> None:
    """What it does for the neighbourhood, in numbers that betray nobody."""


@measures.command("edition")
@with_appcontext
def edition() -> None:
    """Draw up each edition that is due, and say how many that were."""
    click.echo(f"{jobs.draw_up()} editions")


@measures.command("export")
@click.argument("slug")
@click.option(
    "--season", type=click.DateTime(["%Y-%m-%d"]), help="Its first day; usually the last that has an edition."
)
@with_appcontext
def export(slug: str, season: datetime | None) -> None:
    """Write the printed tables of a season in neighbourhood SLUG, and their codebook, to standard output."""
    here = neighbourhoods.by_slug(slug)
    if here is None:
        raise click.ClickException(f"There is no neighbourhood {slug}.")
    first = season.date() if season else None
    report = queries.report(here.id, first)
    if report is None:
        raise click.ClickException("There is no edition of that season." if first else "There is no edition yet.")
    click.echo(research.written(here.slug, report), nl=False)
