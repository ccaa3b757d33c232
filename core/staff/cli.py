"""`staff invite`: how the first coordinator comes in (docs/deploy.md)."""

import click
from flask import current_app
from flask.cli import with_appcontext

from core.database import writing
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.staff import roles, service


@click.group("staff")
def staff() -> None:
    """The people who run a neighbourhood."""


@staff.command("invite")
@click.argument("slug")
@click.argument("role", type=click.Choice([role.value for role in roles.STAFF]))
@with_appcontext
def invite(slug: str, role: str) -> None:
    """Print a link that makes one person staff of the neighbourhood SLUG, once, within a week."""
    here = neighbourhoods.by_slug(slug)
    if here is None:
        raise click.ClickException(f"there is no neighbourhood {slug}")
    with writing():
        token = service.invite(here.id, Role(role), None, frozenset({Role.ADMIN}))
    host = current_app.config["BUURT"].public_url.rstrip("/") or "http://127.0.0.1:8000"
    click.echo(f"{host}/w/{slug}/staff/invited#{token}")
