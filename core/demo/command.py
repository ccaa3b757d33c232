"""The command that furnishes the demo: through the same services as everybody, and once however often it is run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from core.database import db, writing
from core.demo import cast, neighbourhood, team, views
from core.neighbourhoods import queries
from core.neighbourhoods.models import Neighbourhood, Zone
from core.people import service as people
from core.people.models import Person
from core.places import service as places
from core.places.models import Plate, Spot
from core.registry import Registry


@dataclass(frozen=True)
class Furnished:
    """The demo as far as core knows it; parts add theirs. `people` are by the key they have in the cast."""

    neighbourhood: Neighbourhood
    people: dict[str, Person]
    spots: dict[str, Spot]


FURNISHERS: Registry[Callable[[Furnished], None]] = Registry("what furnishes the demo")
"""Each owns its transactions, and may be called again on what is there."""


def init_app(app: Flask) -> None:
    """Register the command."""
    app.cli.add_command(demo)


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Lay De Kanterhoek (at BUURT_DEMO_AT), with people, and print their ways in."""
    drawn = neighbourhood.around(current_app.config["BUURT"].demo_at)
    with writing():
        _lay(drawn)
        _hang_plates(drawn)
    furnished = _read(drawn)
    for furnish in FURNISHERS.all():
        furnish(furnished)
    team.furnish(furnished.people)
    _print(_read(drawn))


def _lay(drawn: neighbourhood.Neighbourhood) -> None:
    if queries.by_slug(drawn.slug):
        return
    here = Neighbourhood(slug=drawn.slug, name=drawn.name, lat=drawn.lat, lon=drawn.lon, is_made_up=True)
    zones = {zone.key: Zone(name=zone.name, is_future=zone.is_future) for zone in drawn.zones}
    here.zones = list(zones.values())
    db.session.add(here)
    db.session.flush()
    for spot in drawn.spots:
        texts: dict[str, Any] = {code: {"about": about} for code, about in spot.about.items()}
        db.session.add(
            Spot(
                neighbourhood_id=here.id, key=spot.key, kind=spot.kind, name=spot.name, street=spot.street,
                texts=texts, lat=spot.lat, lon=spot.lon, facts=spot.facts, hours=spot.hours,
                border=[list(corner) for corner in spot.border] if spot.border else None,
            )
        )  # fmt: skip
    for member in cast.PEOPLE:
        person = people.join(here, member.name, is_young=False)
        person.zone = zones[member.zone] if member.zone else None


def _hang_plates(drawn: neighbourhood.Neighbourhood) -> None:
    """A plate at every spot that never had one."""
    had = select(Plate.id).where(Plate.spot_id == Spot.id).exists()
    here = queries.by_slug(drawn.slug)
    for spot in db.session.scalars(select(Spot).where(Spot.neighbourhood_id == (here.id if here else 0), ~had)):
        places.put_up(spot)


def _read(drawn: neighbourhood.Neighbourhood) -> Furnished:
    here = queries.by_slug(drawn.slug)
    if here is None:
        raise LookupError("the demo was not laid")
    found: Sequence[Person] = (
        db.session.scalars(select(Person).where(Person.neighbourhood_id == here.id)).unique().all()
    )
    by_name = {person.name: person for person in found}
    spots = db.session.scalars(select(Spot).where(Spot.neighbourhood_id == here.id))
    return Furnished(
        neighbourhood=here,
        people={member.key: by_name[member.name] for member in cast.PEOPLE if member.name in by_name},
        spots={spot.key: spot for spot in spots},
    )


def _print(furnished: Furnished) -> None:
    here, host = furnished.neighbourhood, current_app.config["BUURT"].public_url.rstrip("/")
    click.echo(f"{here.name}: {host}/w/{here.slug}/")
    if not current_app.config["BUURT"].demo:
        click.echo("The demo is off (BUURT_DEMO=1 turns it on): nobody gets a way in.")
        return
    for member in (*cast.PEOPLE[:4], *(one for one in cast.PEOPLE if one.role)):
        person = furnished.people.get(member.key)
        if person:
            click.echo(f"  {person.name:<16} {member.role or 'resident':<12} {host}{views.way_in(here, person)}")
    for name, way in views.WAYS.named().items():
        click.echo(f"  {way.called!s:<16} {name:<12} {host}{views.other_way(here, name)}")
