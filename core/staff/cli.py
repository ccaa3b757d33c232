"""`staff invite`, `staff reset` and `host`: what whoever runs the machine does for the team (docs/deploy.md)."""

import click
from flask import current_app
from flask.cli import with_appcontext

from core import codes
from core.database import writing
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.neighbourhoods.models import Neighbourhood
from core.people import queries as players
from core.refusal import Refusal
from core.staff import queries, roles, service

ADMIN = frozenset({Role.ADMIN})


@click.group("staff")
def staff() -> None:
    """The people who run a neighbourhood."""


@staff.command("invite")
@click.argument("slug")
@click.argument("role", type=click.Choice([role.value for role in roles.STAFF]))
@with_appcontext
def invite(slug: str, role: str) -> None:
    """Print a link that makes one person staff of the neighbourhood SLUG, once, within a week."""
    with writing():
        link = _invitation(_here(slug), Role(role))
    click.echo(link)


@staff.command("reset")
@click.argument("slug")
@click.argument("login")
@with_appcontext
def reset(slug: str, login: str) -> None:
    """Take the second lock off the account of LOGIN in SLUG, whose phone and paper are lost. The password stays."""
    with writing():
        account = queries.by_login(_here(slug).id, service.tidy(login))
        if account is None:
            raise click.ClickException("nobody signs in there with that name")
        service.reset(account)
        name = account.person.name
    click.echo(f"{name} is signed out everywhere, and signs in with the password alone until a new second lock is set")


@click.command("host")
@click.argument("letters")
@click.option("--end", is_flag=True, help="no host any more")
@with_appcontext
def host(letters: str, end: bool) -> None:
    """Make somebody a host, by the six letters on their own page; print a link for somebody without a password."""
    link = None
    with writing():
        person = players.anybody(codes.SHORT.read(letters) or "")
        if person is None:
            raise click.ClickException("nobody has these letters")
        name = person.name
        try:
            roles.end(person, Role.HOST, None, ADMIN) if end else roles.grant(person, Role.HOST, None, ADMIN)
        except Refusal as refusal:
            raise click.ClickException(str(refusal.sentence)) from refusal
        if not end and queries.account_of(person) is None:
            link = _invitation(person.neighbourhood, Role.HOST)
    click.echo(f"{name} is {'no host any more' if end else 'a host'}")
    if link:
        click.echo(f"to open on a phone of theirs, once, within a week: {link}")


def _here(slug: str) -> Neighbourhood:
    here = neighbourhoods.by_slug(slug)
    if here is None:
        raise click.ClickException(f"there is no neighbourhood {slug}")
    return here


def _invitation(here: Neighbourhood, role: Role) -> str:
    token = service.invite(here.id, role, None, ADMIN)
    return f"{current_app.config['BUURT'].address}/w/{here.slug}/staff/invited#{token}"
