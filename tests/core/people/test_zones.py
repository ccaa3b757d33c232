"""Where somebody lives: chosen once, changed once a season; what was before stays as it was."""

import pytest

from core.people import zones
from core.refusal import Refusal
from game.encounters import cli, service
from game.encounters.models import Yes
from tests import make

pytestmark = pytest.mark.both


def test_the_first_choice_is_no_change(here, dirk):
    zones.choose(dirk, "Noord")
    zones.choose(dirk, "Zuid")
    assert dirk.zone.name == "Zuid"
    with pytest.raises(Refusal):
        zones.choose(dirk, "Noord")


def test_a_second_change_waits_for_the_next_season(here, amina, clock):
    zones.choose(amina, "Zuid")
    with pytest.raises(Refusal):
        zones.choose(amina, "Noord")
    clock.advance(days=24)  # the last day
    with pytest.raises(Refusal):
        zones.choose(amina, "Noord")
    clock.advance(days=10)  # between two seasons: the last one still counts
    with pytest.raises(Refusal):
        zones.choose(amina, "Noord")
    make.season(here, days_ago=0)
    zones.choose(amina, "Noord")
    assert amina.zone.name == "Noord"


def test_a_season_that_is_still_to_come_gives_no_second_change(here, amina, clock):
    zones.choose(amina, "Zuid")
    make.season(here, days_ago=-40)
    with pytest.raises(Refusal):
        zones.choose(amina, "Noord")


def test_choosing_the_same_again_is_no_change(here, amina):
    for _time in range(3):
        zones.choose(amina, "Noord")
    assert zones.may_change(amina)


def test_a_zone_of_elsewhere_is_refused(here, amina):
    with pytest.raises(Refusal):
        zones.choose(amina, "Atlantis")


def test_a_yes_keeps_the_zone_of_its_moment(here, amina, bram):
    meeting = make.encounter(amina, bram)
    noord = amina.zone_id
    zones.choose(amina, "Zuid")
    service.agree(meeting.id, bram, with_photo=True)
    kept = {yes.player: yes.zone_id for yes in meeting.yeses}
    assert kept[amina.player_key] == noord
    assert Yes.zone_id is not None
    assert cli.differences() == []
