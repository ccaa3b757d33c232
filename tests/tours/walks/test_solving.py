"""What a walk's line is made of: the foot graph where one was built, and the voices that may be heard."""

import pytest
from sqlalchemy import select

from core.basemap.built import folder
from core.basemap.extract import Way
from core.consent import jobs as consents
from core.contributions.models import Contribution
from core.database import db, writing
from tests.tours.walks.test_pages import STAFF, TOLD, begin, key_of, lombok, maker, tour_of
from tours.routing import FILE, graph_file
from tours.stories import service as stories
from tours.stories.models import Story
from tours.stories.uses import NAME, TOURS, VOICE
from tours.walks import jobs, solving

__all__ = ["lombok", "maker"]  # fixtures
pytestmark = pytest.mark.both
TEN = 600_000  # milliseconds of ten minutes
STRAIGHT = "hemelsbreed"


def stops(maker) -> str:
    """What the page of the maker says between the first stop and the last."""
    return maker.get(f"{STAFF}/rondje-kanaal").text.partition('<ol class="buurt-stops"')[2].partition("</ol>")[0]


def build_a_map(app) -> None:
    """The foot graph of a street past the three places, with bends, where the building of a map leaves it."""
    with app.app_context():
        folder("lombok").mkdir(parents=True)
        corners = ((52.09, 5.1), (52.0905, 5.101), (52.091, 5.1), (52.0915, 5.101), (52.092, 5.1))
        ways = [Way(1, tuple(range(1, 6)), corners, {"highway": "footway"})]
        graph_file.write(folder("lombok") / FILE, ways, [])


def test_a_leg_follows_the_streets_once_a_map_was_built_and_else_says_that_it_is_straight(lombok, maker):
    begin(lombok, maker)
    assert STRAIGHT in stops(maker)
    with lombok.app_context():
        straight = tour_of(lombok).metres
    build_a_map(lombok)
    with lombok.app_context(), writing():
        tour = tour_of(lombok)
        solving.solve(tour)
        assert {leg["source"] for leg in tour.legs} == {"foot graph"}
        assert all(len(leg["line"]) > 2 for leg in tour.legs)
        assert tour.metres > straight
    assert STRAIGHT not in stops(maker)


def test_a_voice_counts_only_while_its_teller_lets_it_be_heard(lombok, maker):
    begin(lombok, maker)
    key = key_of(lombok, TOLD)

    def minutes() -> int:
        with lombok.app_context(), writing():
            solving.solve(tour_of(lombok))
            return tour_of(lombok).minutes

    def allow(*uses: str) -> None:
        with lombok.test_request_context("/w/lombok/"), writing():
            one = db.session.scalar(select(Contribution).where(Contribution.key == key))
            stories.allow(one, [TOURS, NAME, *uses], "receipt")

    read = minutes()
    with lombok.app_context(), writing():
        story = db.session.scalar(select(Story).where(Story.title == TOLD))
        story.sound_key, story.milliseconds, story.cues = "a" * 26, TEN, [[0, 1]]
    assert minutes() == read
    assert "10 minuten" not in stops(maker)
    allow(VOICE)
    assert minutes() >= read + 9
    assert "10 minuten" in stops(maker)
    allow()
    with lombok.app_context():
        assert consents.sweep() > 0
        assert jobs.sweep() == 1, "the walk is due once the voice may not be heard"
        assert tour_of(lombok).minutes == read
