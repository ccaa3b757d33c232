"""The scripts with exact totals, through the real services."""

import pytest

from tests.game.scoring import playing

pytestmark = pytest.mark.usefixtures("inside", "clock")
LONG = 500  # meetings: on PostgreSQL these take minutes, and say no more than the shorter ones
SCRIPTS = [
    pytest.param(one, id=one["name"], marks=[] if len(one["meetings"]) > LONG else pytest.mark.both)
    for one in playing.SCRIPTS
]


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_gives_exactly_its_totals(script):
    played = playing.begin(script)
    for day, one, other, fits in script["meetings"]:
        played.meet(day, one, other, fits)
    played.must_be(script["expected"])
