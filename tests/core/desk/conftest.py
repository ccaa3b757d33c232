"""A desk at work: a photo of two neighbours that waits, and an editor's device."""

import pytest
from sqlalchemy import select

from core.database import db, writing
from core.people.models import Person
from core.photos.models import WEB
from game.challenges.models import Challenge
from tests import make
from tests.core.desk.test_desk import together
from tests.core.staff.test_pages import join, with_code
from tests.test_migrations import migrated  # noqa: F401 - a fixture


@pytest.fixture
def web(app, inside):
    with app.test_request_context("/w/lombok/"):
        yield


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        make.world()
        with writing():
            one, other = db.session.scalars(select(Person).order_by(Person.id).limit(2)).unique()
            doing = db.session.scalars(select(Challenge)).first()
            together(one, other, doing, "photo", (WEB,))
    return app


@pytest.fixture
def editor(lombok):
    device = join(lombok)
    with_code(device)
    return device
