"""Commands about people: who is a host (docs/deploy.md)."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from core import codes
from core.database import db, writing
from core.people import hosts
from core.people.models import Person


@click.command("host")
@click.argument("letters")
@click.option("--end", is_flag=True, help="no host any more")
@with_appcontext
def host(letters: str, end: bool) -> None:
    """Make somebody a host, by the six letters on their own page."""
    tag = codes.read_short_code(letters) or ""
    with writing():
        person = db.session.scalar(select(Person).where(Person.tag == tag, Person.leaving_at.is_(None)))
        if person is None:
            raise click.ClickException("nobody has these letters")
        if person.is_young:
            raise click.ClickException("a host is 16 or older")
        hosts.end(person) if end else hosts.appoint(person)
        click.echo(f"{person.name} is {'no host any more' if end else 'a host'}")
