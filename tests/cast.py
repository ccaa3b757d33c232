"""The cast: Amina, Bram, Cem and the stranger Dirk, in one neighbourhood in the middle of a season."""

import pytest
from sqlalchemy import select

from core.database import db
from core.neighbourhoods.models import Neighbourhood
from core.people.models import Person
from game.challenges.models import Challenge
from tests import make


@pytest.fixture
def here(inside: None, clock: object) -> Neighbourhood:
    """Lombok, the third day of a season, at noon; the cast lives in it."""
    found, _season = make.world()
    return found


def _named(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.name == name)).unique().one()


@pytest.fixture
def amina(here: Neighbourhood) -> Person:
    """Lives in Noord."""
    return _named("Blauwe Reiger")


@pytest.fixture
def bram(here: Neighbourhood) -> Person:
    """Lives in Zuid."""
    return _named("Warme Sjaal")


@pytest.fixture
def cem(here: Neighbourhood) -> Person:
    """Lives in Noord, as Amina does."""
    return _named("Stille Fiets")


@pytest.fixture
def dirk(here: Neighbourhood) -> Person:
    """A stranger, who chose no zone."""
    return _named("Ronde Deur")


@pytest.fixture
def bench(here: Neighbourhood) -> Challenge:
    """A challenge."""
    return db.session.scalars(select(Challenge).where(Challenge.key == "bench")).one()


@pytest.fixture
def bike(here: Neighbourhood) -> Challenge:
    """Another challenge."""
    return db.session.scalars(select(Challenge).where(Challenge.key == "bike")).one()
