"""An edition of a million meetings: in bounded memory, and its time beside that of the plain GROUP BY."""

import time
import tracemalloc

import pytest
from sqlalchemy import func, select, text

from core import clock as now
from core.database import db, writing
from core.measures import measure, service
from core.neighbourhoods import queries as neighbourhoods
from game.scoring.models import Pair
from game.seasons import queries as seasons
from tests.core.measures.test_editions import lombok as lombok  # the fixture

PEOPLE, PAIRS = 10_000, 1_000_000  # people on each side of a pair
MOST = 64 * 2**20  # bytes


@pytest.mark.long
def test_an_edition_of_a_million_meetings_fits_in_64_mib(lombok, clock):
    with lombok.app_context():
        here = neighbourhoods.by_slug("lombok")
        season, zones = seasons.shown(here.id), [zone.id for zone in here.zones[:2]]
        fill(season.id, zones)
        clock.advance(days=7)
        ((period, until),) = service.due(now.today())
        began = time.perf_counter()
        zone = (Pair.low_zone_id, Pair.high_zone_id)
        db.session.execute(select(*zone, func.count()).where(Pair.season_id == season.id).group_by(*zone)).all()
        plain = time.perf_counter() - began
        began = time.perf_counter()
        drawn = service.draw_up(period, until)
        took = time.perf_counter() - began
        tracemalloc.start()
        service._new(measure.MEASURES.of("contacts"), drawn)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(f"{PAIRS} pairs of {PEOPLE}: edition {took:.1f} s, GROUP BY {plain:.2f} s ({took / plain:.0f} ×), "
              f"{most / 2**20:.1f} MiB")  # fmt: skip
        assert drawn.tables["contacts"].total == 2 * PEOPLE
        assert most < MOST


def fill(season: int, zones: list[int]) -> None:
    """A hundred pairs a person, all in the first week: in one statement, for by itself that takes minutes."""
    with writing():
        db.session.execute(
            text(
                "WITH RECURSIVE number(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM number WHERE i + 1 < :pairs)"
                " INSERT INTO pair (season_id, low, high, first_on, low_zone_id, high_zone_id,"
                " is_first_taken, is_return_taken)"
                " SELECT :season, printf('%026d', i % :people),"
                " printf('x%025d', (i % :people + 1 + i / :people) % :people),"
                " date(:first, (i % 7) || ' days'), iif(i % 2, :one, :other), iif(i / :people % 2, :one, :other), 0, 0"
                " FROM number"
            ),
            {"season": season, "pairs": PAIRS, "people": PEOPLE, "first": now.today().isoformat(),
             "one": zones[0], "other": zones[1]},
        )  # fmt: skip
