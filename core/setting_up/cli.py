"""`neighbourhood new`: a neighbourhood from nothing, and the link of its first coordinator."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from core.database import writing
from core.guard import Role
from core.refusal import Refusal
from core.setting_up import service
from core.setting_up.outline import areas
from core.staff import service as staff


@click.group("neighbourhood")
def neighbourhood() -> None:
    """The neighbourhoods of this machine."""


@neighbourhood.command("new")
@click.argument("slug")
@click.argument("name")
@click.option("--border", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--zones", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--house", required=True, help='"name; street; latitude; longitude" of the neighbourhood house')
@with_appcontext
def new(slug: str, name: str, border: Path, zones: Path | None, house: str) -> None:
    """Found the neighbourhood SLUG, called NAME, inside the first area of --border (GeoJSON), with --zones.

    Prints the link for its first coordinator.
    """
    try:
        outline = areas(border.read_bytes())[0]
        parts = areas(zones.read_bytes()) if zones else []
        with writing():
            here = service.found(slug, name, outline, parts, _house(house))
            token = staff.invite(here.id, Role.COORDINATOR, None, frozenset({Role.ADMIN}))
    except Refusal as refusal:
        raise click.ClickException(str(refusal.sentence)) from refusal
    host = current_app.config["BUURT"].public_url.rstrip("/") or "http://127.0.0.1:8000"
    click.echo(f"{here.name}: {host}/w/{slug}/")
    click.echo(f"for its first coordinator, once, within a week: {host}/w/{slug}/staff/invited#{token}")


def _house(text: str) -> tuple[str, str, float, float]:
    try:
        name, street, lat, lon = (part.strip() for part in text.split(";"))
        return name, street, float(lat), float(lon)
    except ValueError:
        raise click.BadParameter('write "name; street; latitude; longitude"', param_hint="--house") from None
