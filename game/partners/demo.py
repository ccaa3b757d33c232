"""What partners add to the demo: two organisations that do not exist."""

from flask import Flask

from core.database import db, writing
from core.demo.command import FURNISHERS, Furnished
from core.guard import Role
from core.people.models import Person
from game.partners import queries, service
from game.partners.service import Page

KEEPER = "farid"  # of the cast
PAGES = (
    Page(
        "Kantwonen", "Verhuurt 640 huizen in De Kanterhoek en zorgt voor de binnentuinen.",
        "Elke maand een uur met de wijkbeheerder, en geld voor plannen van buren.", "", "nl",
    ),
    Page(
        "De Leesplank", "De bibliotheek aan de Oude Kant. Iedereen mag er zitten, ook zonder pasje.",
        "Een zaal op dinsdagavond, en oude foto’s van de buurt.", "", "nl",
    ),
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Furnish the demo."""
    FURNISHERS.add(app, "partners", _furnish, order=62)


def _furnish(furnished: Furnished) -> None:
    if queries.of(furnished.neighbourhood.id):
        return
    with writing():
        keeper = db.session.get_one(Person, furnished.people[KEEPER].id)
        for page in PAGES:
            service.add(keeper, Role.COORDINATOR, page)
