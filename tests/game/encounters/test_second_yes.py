"""The yes in one go leaves what the plain way leaves."""

import pytest
from sqlalchemy import select

from core.database import db
from core.photos.models import ALBUM
from game.encounters import second_yes, service
from game.encounters.models import Encounter, Yes
from game.scoring.models import LedgerEntry, Pair, Total
from tests import make
from tests.bench import meetings

pytestmark = pytest.mark.both
OWN = {
    "id", "key", "client_key", "content", "starter", "companion", "challenge_id", "once", "encounter_id", "player",
    "meeting", "low", "high", "low_zone_id", "high_zone_id",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _still(clock):
    """No time passes between the one way and the other."""


def left(meeting):
    """What a meeting left behind, but for whose it is."""
    two = [meeting.starter, meeting.companion]
    rows = [
        *db.session.scalars(select(Encounter).where(Encounter.id == meeting.id)),
        *db.session.scalars(select(Yes).where(Yes.encounter_id == meeting.id).order_by(Yes.id)),
        *db.session.scalars(select(LedgerEntry).where(LedgerEntry.player.in_(two))),
        *db.session.scalars(select(Total).where(Total.player.in_(two))),
        *db.session.scalars(select(Pair).where(Pair.low.in_(two))),
    ]
    seen = [photo.is_allowed_by(player, ALBUM) for photo in meeting.photos for player in two]
    facts = [{one.name: getattr(row, one.name) for one in row.__table__.columns if one.name not in OWN} for row in rows]
    return [*facts, seen]


@pytest.mark.parametrize("by_code", [False, True])
def test_a_yes_in_one_go_leaves_the_rows_of_the_plain_way(here, clock, by_code):
    doing, found = make.challenge(here), []
    for number, in_one_go in enumerate((True, False)):
        one, other = (
            make.person(here, f"{name} {'ab'[number]}", zone) for name, zone in (("Oma", "Noord"), ("Opa", "Zuid"))
        )
        met = service.hand_in(one, doing, meetings.photo(), f"k{number}", None if by_code else other)
        ref = service.new_code(met.id, one).letters if by_code else met.key
        if in_one_go:
            assert second_yes.say(ref, other.player_key) == met.key
        else:
            service.agree(met.id, other, with_photo=True)
        db.session.flush()
        db.session.expire_all()
        found.append(left(met))
    assert len(found[0]) == 9
    assert found[0] == found[1]
