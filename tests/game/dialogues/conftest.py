"""Lombok with a bench, for the tests of dialogues."""

import pytest

from core.database import db, writing
from tests import make


@pytest.fixture
def lombok(app, clock):
    """The neighbourhood of the cast, where a bench stands."""
    with app.app_context():
        here, _season = make.world()
        with writing():
            db.session.add(make.spot(here))
    return app
