"""Two phones change one photo's uses at the very same moment: one after the other, and the notes stay right."""

import random
from functools import partial

import pytest
from sqlalchemy import func, select

from core.consent.models import Consent, Showing
from core.database import db
from core.photos import queries, service
from core.photos.models import WIDER, Photo
from tests.core.photos.album import taken
from tests.game.encounters.test_races import at_once

pytestmark = pytest.mark.both


def test_a_hundred_choices_of_two_an_editor_and_a_withdrawal_at_once_leave_one_truth(app, amina, bram):
    photos = [taken(amina, bram) for _ in range(4)]
    keys, players = [photo.key for photo in photos], (amina.player_key, bram.player_key)
    db.session.rollback()
    chance = random.Random(5)

    def change(key: str) -> None:
        photo = queries.by_key(key)
        if photo is None:
            return
        what = chance.random()
        if what < 0.1:
            service.clear(photo)
        elif what < 0.13:
            service.unclear(photo)
        elif what < 0.15:
            service.forget(photo)
        else:
            service.choose(photo, chance.choice(players), chance.sample(WIDER, chance.randint(0, 4)))

    at_once(app, [partial(change, chance.choice(keys)) for _ in range(100)])
    for photo in db.session.scalars(select(Photo)):
        noted = sorted(showing.use for showing in queries.showings(photo))
        assert noted == sorted(queries.scopes_of(photo))
        if photo.is_forgotten:
            assert all(consent.ended_at for consent in photo.consents)
    sort = (Consent.kind, Consent.thing, Consent.who, Consent.use)
    twice = select(func.count()).where(Consent.ended_at.is_(None)).group_by(*sort).having(func.count() > 1)
    assert db.session.execute(twice).all() == []
    assert db.session.scalar(select(func.count()).select_from(Showing)) > 0
