"""Ten thousand stories and fifty thousand memories: each page asks as often as for one, and answers no longer."""

import pytest
from sqlalchemy import select

from core.database import db
from core.neighbourhoods import queries as neighbourhoods
from core.places.models import Spot
from tests.bench import queries as bench
from tests.tours.stories import many
from tests.tours.stories.test_pages import AT, lombok

__all__ = ["lombok"]
pytestmark = [pytest.mark.both, pytest.mark.long]
PAGES = {
    "a story": f"{AT}/{many.key('many', 0)}",
    "all": AT,
    "a page far on": f"{AT}?page=300",
    "a word of many": f"{AT}?q=brug",
    "a word of few": f"{AT}?q=verhaal+uniek0",
    "filters": f"{AT}?period=1970&theme=war&heard=1&lang=tr",
    "a spot": "/w/lombok/spots/bank",
    "stories of a spot": f"{AT}?spot=bank",
    "the feed": "/w/lombok/stories.atom",
    "home": "/w/lombok/",
}
LATE = ("a page far on", "filters")  # only of ten thousand is there something on them: then they ask for names
LONGEST = 500_000  # bytes of an answer: three hundred memories under a story


def test_each_page_asks_as_often_and_answers_as_much_with_ten_thousand_stories_as_with_a_hundred(lombok):
    asked = {size: _at(lombok, size) for size in (1, 100, 10_000)}
    counts = {size: {name: count for name, (count, _bytes) in pages.items()} for size, pages in asked.items()}
    assert {size: len({counts[size][name] for name in LATE}) for size in counts} == {1: 1, 100: 1, 10_000: 1}
    assert {name: counts[10_000][name] for name in LATE} == dict.fromkeys(LATE, counts[10_000]["all"])
    at = {name: [counts[size][name] for size in counts] for name in PAGES if name not in LATE}
    assert {name: asked for name, asked in at.items() if len(set(asked)) > 1} == {}
    assert {name: length for name, (_count, length) in asked[10_000].items() if length > LONGEST} == {}


def _at(app, size: int) -> dict[str, tuple[int, int]]:
    """By the page how often it asks the database, and how long its answer is."""
    with app.app_context():
        here = neighbourhoods.by_slug("lombok").id
        many.grow(here, db.session.scalars(select(Spot.id).where(Spot.neighbourhood_id == here)).one(), size)
    reader = app.test_client()
    return {name: (bench.count(app, reader, at), len(reader.get(at).data)) for name, at in PAGES.items()}
