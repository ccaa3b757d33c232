"""Commands about plates: a new one, one that is gone, what hangs, another key, and the sheet to print."""

import base64
import re
from pathlib import Path

import click
from flask import Flask, current_app, g
from flask.cli import with_appcontext

from core import codes
from core.audit import service as audit
from core.database import writing
from core.neighbourhoods import queries as neighbourhoods
from core.neighbourhoods.models import Neighbourhood
from core.places import plates, queries, service
from core.places import sheet as printed
from core.refusal import Refusal

FONT = re.compile(r"url\(\.\./vendor/fonts/([\w.-]+)\)")
SHEETS = ("tokens", "base", "components/print", "components/plate")


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


@click.group("plates")
def group() -> None:
    """The plates that hang at spots."""


@group.command()
@click.argument("slug")
@click.argument("spot")
@with_appcontext
def new(slug: str, spot: str) -> None:
    """A new plate for a spot (its key); those that hang there keep working."""
    here = _neighbourhood(slug)
    with writing():
        found = queries.by_key(here.id, spot)
        if found is None:
            raise click.ClickException(f"no spot {spot} in {slug}")
        plate = service.put_up(found)
        audit.record("plate.new", plate.key, here.id)
        click.echo(f"{codes.spaced(plate.letters)}\t{_host()}/q/{plates.code_of(plate)}")


@group.command()
@click.argument("letters")
@with_appcontext
def withdraw(letters: str) -> None:
    """Take the plate with these six letters out of use, for good."""
    try:
        with writing():
            plate = service.withdraw(letters)
            audit.record("plate.withdraw", plate.key, plate.spot.neighbourhood_id)
    except Refusal as refusal:
        raise click.ClickException(str(refusal.sentence)) from None


@group.command("list")
@click.argument("slug")
@with_appcontext
def list_them(slug: str) -> None:
    """What hangs in a neighbourhood: letters, spot, made on, last seen on, what people said is wrong; tab separated."""
    here = _neighbourhood(slug)
    said = queries.reports(here.id)
    for plate in plates.in_use(here.id):
        wrong = [f"{each.wrong} {each.on}" for each in said if each.letters == plate.letters]
        seen = str(plate.last_seen_on or "never seen")
        click.echo("\t".join([plate.letters, plate.spot.key, str(plate.made_on), seen, ", ".join(wrong)]))


@group.command()
@click.argument("slug")
@with_appcontext
def rekey(slug: str) -> None:
    """Sign the plates made from now on with another key. Those that hang keep working."""
    here = _neighbourhood(slug)
    with writing():
        version = service.new_key(here.id)
        audit.record("plate.rekey", str(version), here.id)
    click.echo(f"key {version}")


@group.command()
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def sheet(slug: str, file: Path) -> None:
    """Write the plates of a neighbourhood as one HTML file to print (A4, a plate a page). Needs BUURT_PUBLIC_URL."""
    host = _host()
    if not host:
        raise click.ClickException("BUURT_PUBLIC_URL says where the codes on the plates lead; set it first")
    here = _neighbourhood(slug)
    static = Path(str(current_app.static_folder)) / "css"
    styles = FONT.sub(_inside, "\n".join((static / f"{name}.css").read_text("utf-8") for name in SHEETS))
    with current_app.test_request_context(base_url=host):
        g.neighbourhood = here
        hanging = plates.in_use(here.id)
        file.write_text(printed.draw(hanging, host, styles), "utf-8")
    click.echo(f"{len(hanging)} plates")


def _inside(font: re.Match[str]) -> str:
    """A font as part of the file itself, where set-up has fetched it."""
    file = Path(str(current_app.static_folder)) / "vendor" / "fonts" / font[1]
    return f"url(data:font/woff2;base64,{base64.b64encode(file.read_bytes()).decode()})" if file.is_file() else font[0]


def _neighbourhood(slug: str) -> Neighbourhood:
    here = neighbourhoods.by_slug(slug)
    if here is None:
        raise click.ClickException(f"no neighbourhood {slug}")
    return here


def _host() -> str:
    return str(current_app.config["BUURT"].public_url).rstrip("/")
