"""`neighbourhood new`: a neighbourhood from nothing, and the link of its first coordinator."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from core import i18n
from core.database import writing
from core.guard import Role
from core.maps import drawings
from core.refusal import Refusal
from core.setting_up import service
from core.setting_up.outline import Area, areas, square
from core.staff import service as staff


@click.group("neighbourhood")
def neighbourhood() -> None:
    """The neighbourhoods of this machine."""


@neighbourhood.command("new")
@click.argument("slug")
@click.argument("name")
@click.option("--border", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--around", help='"latitude, longitude, metres": a square instead of --border, to draw anew by hand')
@click.option("--zones", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--house", required=True, help='"name; street; latitude; longitude" of the neighbourhood house')
@click.option(
    "--language", "languages", multiple=True, help="a code, again for each, the first first; else all there is"
)
@click.option(
    "--basemap", "extract", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="an extract of OpenStreetMap (.osm.pbf): makes its map too, as `basemap build` does",
)  # fmt: skip
@with_appcontext
@click.pass_context
def new(
    context: click.Context, slug: str, name: str, border: Path | None, around: str | None, zones: Path | None,
    house: str, languages: tuple[str, ...], extract: Path | None,
) -> None:  # fmt: skip
    """Found the neighbourhood SLUG, called NAME, inside the first area of --border (GeoJSON) or a square --around.

    With the areas of --zones. Prints the link for its first coordinator.
    """
    try:
        outline = areas(border.read_bytes())[0] if border else _square(name, around)
        parts = areas(zones.read_bytes()) if zones else []
        with writing():
            here = service.found(slug, name, outline, parts, _house(house), _known(languages))
            token = staff.invite(here.id, Role.COORDINATOR, None, frozenset({Role.ADMIN}))
    except Refusal as refusal:
        raise click.ClickException(str(refusal.sentence)) from refusal
    host = current_app.config["BUURT"].address
    click.echo(f"{here.name}: {host}/w/{slug}/")
    try:
        _lay_map(context, here.slug, extract)
    finally:  # whatever becomes of the map: the link is shown once
        click.echo(f"for its first coordinator, once, within a week: {host}/w/{slug}/staff/invited#{token}")


def _lay_map(context: click.Context, slug: str, extract: Path | None) -> None:
    """Make its map of an extract, or say how one comes."""
    if extract:
        build = current_app.cli.commands["basemap"].commands["build"]  # type: ignore[attr-defined]  # a group
        context.invoke(build, file=extract, slug=slug, out=None)
    elif not current_app.config["BUURT"].tiles:
        click.echo("no map lies under its places yet. Make one of an extract of OpenStreetMap (docs/deploy.md):")
        click.echo(f"    {drawings.command_for_one(slug)}")
        click.echo("or let these settings put one there:")
        click.echo("".join(f"    {line}\n" for line in drawings.settings_for_one()), nl=False)


def _square(name: str, text: str | None) -> Area:
    try:
        lat, lon, metres = (float(part) for part in (text or "").split(","))
    except ValueError:
        raise click.UsageError('give --border FILE, or --around "latitude, longitude, metres"') from None
    return square(name, lat, lon, metres)


def _known(languages: tuple[str, ...]) -> list[str] | None:
    there_is = i18n.of_site()
    unknown = [code for code in languages if code not in there_is]
    if unknown:
        raise click.BadParameter(
            f"there is no {', '.join(unknown)} here; there is {', '.join(there_is)}", param_hint="--language"
        )
    return list(dict.fromkeys(languages)) or None


def _house(text: str) -> tuple[str, str, float, float]:
    try:
        name, street, lat, lon = (part.strip() for part in text.split(";"))
        return name, street, float(lat), float(lon)
    except ValueError:
        raise click.BadParameter('write "name; street; latitude; longitude"', param_hint="--house") from None
