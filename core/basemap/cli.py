"""`basemap build`: the map of a neighbourhood from an extract of OpenStreetMap."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from core.basemap import built
from core.neighbourhoods import queries
from core.neighbourhoods.models import Neighbourhood
from core.refusal import Refusal


@click.group("basemap")
def basemap() -> None:
    """The maps under the places."""


@basemap.command("build")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--neighbourhood", "slug", help="whose map it is")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path),
    help="make the tiles alone, in this file (.pmtiles); without --neighbourhood of all that FILE covers",
)  # fmt: skip
@with_appcontext
def build(file: Path, slug: str | None, out: Path | None) -> None:
    """Make the map of a neighbourhood of FILE (.osm.pbf), and whatever else the streets are needed for."""
    here = _known(slug) if slug else None
    if out:
        making = built.only_tiles(out, file, here, _say)
    elif here:
        making = built.build(here, file, _say)
    else:
        raise click.UsageError("give --neighbourhood SLUG, or --out FILE.pmtiles")
    try:
        for line in making:
            click.echo(line, err=True)
    except Refusal as refusal:
        raise click.ClickException(str(refusal.sentence)) from refusal
    except RuntimeError as fault:
        raise click.ClickException(f"{file.name} is no extract that can be read: {fault}") from fault
    click.echo(out or built.folder(slug or ""))


def _known(slug: str) -> Neighbourhood:
    here = queries.by_slug(slug)
    if here is None:
        raise click.ClickException(f"there is no neighbourhood {slug!r}")
    return here


def _say(read: int) -> None:
    click.echo(f"read {read:,} things", err=True)
