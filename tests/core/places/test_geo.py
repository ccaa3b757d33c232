"""Distances against geopy's geodesic, boxes against distances, and near() against looking at everything."""

import random
from types import SimpleNamespace

import pytest
from geopy.distance import geodesic
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from core.database import db, writing
from core.places import geo
from core.places.models import Spot
from tests import make

calm = settings(deadline=None)  # a busy machine may take its time
lats, lons = st.floats(-90, 90), st.floats(-180, 180)
streets = st.floats(-84, 84)  # where a street can lie (core/demo/neighbourhood.py)
bearings, few_metres = st.floats(0, 360), st.floats(1, 3000)


def beside(lat: float, lon: float, bearing: float, metres: float) -> tuple[float, float]:
    """The point so many metres away, by geopy."""
    there = geodesic(meters=metres).destination((lat, lon), bearing)
    return there.latitude, there.longitude


def spot(lat: float, lon: float, border: list[list[float]] | None = None) -> SimpleNamespace:
    return SimpleNamespace(lat=lat, lon=lon, border=border)


@calm
@given(lats, lons, lats, lons)
@example(52.09, 5.10, 52.10, 5.30)  # latitude and longitude swapped would be 22 km instead of 14
@example(0.0, 179.9999, 0.0, -179.9999)
@example(90.0, 12.0, 89.9, -100.0)
def test_a_distance_is_geopys_within_one_in_a_hundred(lat1, lon1, lat2, lon2):
    exact = geodesic((lat1, lon1), (lat2, lon2)).m
    assert geo.distance(lat1, lon1, lat2, lon2) == pytest.approx(exact, rel=0.01, abs=0.001)


@calm
@given(streets, lons, bearings, few_metres)
@example(52.09, 5.10, 90.0, 500.0)
@example(52.09, 179.9999, 90.0, 500.0)
def test_a_walk_of_so_many_metres_is_so_many_metres(lat, lon, bearing, metres):
    assert geo.distance(lat, lon, *beside(lat, lon, bearing, metres)) == pytest.approx(metres, rel=0.01)


@calm
@given(lats, lons, lats, lons)
def test_there_and_back_are_as_far_and_nothing_is_nearer_than_here(lat1, lon1, lat2, lon2):
    assert geo.distance(lat1, lon1, lat2, lon2) == pytest.approx(geo.distance(lat2, lon2, lat1, lon1))
    assert geo.distance(lat1, lon1, lat1, lon1) == 0


@calm
@given(lats, lons, bearings, st.floats(1, 50_000))
@example(52.09, 179.9999, 90.0, 400.0)
@example(-89.9999, 0.0, 200.0, 5000.0)
@example(90.0, 0.0, 10.0, 100.0)
def test_a_box_holds_everything_within_its_distance(lat, lon, bearing, metres):
    south, west, north, east = geo.box(lat, lon, metres)
    there = beside(lat, lon, bearing, metres * 0.99)
    assume(geo.distance(lat, lon, *there) <= metres)
    assert south <= there[0] <= north
    assert west <= there[1] <= east if west <= east else there[1] >= west or there[1] <= east


@calm
@given(streets, lons, st.floats(1, 3000))
def test_a_box_in_a_street_is_no_larger_than_it_need_be(lat, lon, metres):
    south, west, north, east = geo.box(lat, lon, metres)
    assert geo.distance(south, lon, north, lon) == pytest.approx(2 * metres, rel=0.001)
    assert geo.distance(lat, west, lat, east) == pytest.approx(2 * metres, rel=0.001)


# ---- a border


def square(lat: float, lon: float, side: float) -> list[list[float]]:
    """A square around a point: south-west, south-east, north-east, north-west."""
    half = side / 2
    return [
        list(beside(*beside(lat, lon, 0 if north else 180, half), 90 if east else 270, half))
        for east, north in ((0, 0), (1, 0), (1, 1), (0, 1))
    ]


@calm
@given(streets, lons, st.floats(20, 400), st.floats(0, 0.98), bearings)
@example(52.09, 179.9999, 200.0, 0.9, 90.0)
def test_inside_a_border_nothing_is_far(lat, lon, side, part, bearing):
    there = spot(lat, lon, square(lat, lon, side))
    assert geo.distance_to(there, *beside(lat, lon, bearing, part * side / 2)) == 0


@calm
@given(streets, lons, st.floats(20, 400), st.floats(1, 2000), st.sampled_from([0, 90, 180, 270]))
@example(52.09, 5.10, 60.0, 100.0, 90)
@example(0.0, -179.9999, 60.0, 100.0, 270)
def test_from_outside_it_is_as_far_as_to_the_nearest_edge(lat, lon, side, beyond, bearing):
    there = spot(lat, lon, square(lat, lon, side))
    outside = beside(lat, lon, bearing, side / 2 + beyond)
    assert geo.distance_to(there, *outside) == pytest.approx(beyond, rel=0.01, abs=0.1)


@calm
@given(streets, lons, st.floats(20, 400), st.floats(10, 2000), st.sampled_from([45, 135, 225, 315]))
def test_from_a_corner_it_is_as_far_as_to_the_corner(lat, lon, side, beyond, bearing):
    there = spot(lat, lon, square(lat, lon, side))
    outside = beside(lat, lon, bearing, side / 2**0.5 + beyond)
    nearest = min(geodesic(outside, corner).m for corner in there.border)
    assert geo.distance_to(there, *outside) == pytest.approx(nearest, rel=0.01, abs=0.1)


def test_the_hole_of_a_border_like_a_horseshoe_is_outside():
    shape = [(0, 0), (60, 0), (60, 60), (40, 60), (40, 20), (20, 20), (20, 60), (0, 60)]  # metres east, north
    there = spot(52.09, 5.1, [list(beside(*beside(52.09, 5.1, 90, east), 0, north)) for east, north in shape])
    at = beside(*beside(52.09, 5.1, 90, 30), 0, 50)
    assert geo.distance_to(there, *at) == pytest.approx(10, abs=0.2)
    assert geo.distance_to(there, *beside(*beside(52.09, 5.1, 90, 10), 0, 50)) == 0


def test_a_border_with_a_corner_twice_is_measured_all_the_same():
    corners = square(52.09, 5.1, 60)
    at = beside(52.09, 5.1, 90, 130)
    assert geo.distance_to(spot(52.09, 5.1, [*corners, corners[0]]), *at) == pytest.approx(100, rel=0.01)


def test_without_a_border_it_is_as_far_as_to_the_point():
    assert geo.distance_to(spot(52.09, 5.1), *beside(52.09, 5.1, 33, 250)) == pytest.approx(250, rel=0.01)


# ---- near


@pytest.fixture
def laid(inside):
    """Two neighbourhoods of 300 spots each: around Utrecht, and on both sides of the antimeridian."""
    chance = random.Random(7)
    with writing():
        for slug, lat, lon in (("utrecht", 52.09, 5.1), ("fiji", -16.8, 180.0)):
            here = make.neighbourhood(slug)
            for number in range(300):
                there = beside(lat, lon, chance.uniform(0, 360), 2000 * chance.random() ** 0.5)
                db.session.add(make.spot(here, f"{slug}-{number}", *there))


def looked_at(slug: str | None, lat: float, lon: float, metres: float) -> set[str]:
    """The spots within a distance by geopy."""
    every = [each for each in db.session.query(Spot).all() if not slug or each.key.startswith(slug)]
    return {each.key for each in every if geodesic((lat, lon), (each.lat, each.lon)).m <= metres}


@pytest.mark.both
@pytest.mark.parametrize("slug", ["utrecht", None])
@pytest.mark.parametrize(("lat", "lon"), [(52.09, 5.1), (52.1, 5.11), (-16.8, 179.9999), (-16.8, -179.995), (0, 0)])
def test_near_finds_what_looking_at_everything_finds_nearest_first(laid, slug, lat, lon):
    here = db.session.query(Spot).filter(Spot.key == "utrecht-1").one().neighbourhood_id if slug else None
    found = geo.near(here, lat, lon, 600)
    sure, maybe = looked_at(slug, lat, lon, 594), looked_at(slug, lat, lon, 606)  # at the rim both may be right
    assert sure <= {each.key for each, _far in found} <= maybe
    assert found or (lat, lon) == (0, 0) or slug
    assert [far for _each, far in found] == sorted(far for _each, far in found)
    for each, far in found:
        assert far == pytest.approx(geodesic((lat, lon), (each.lat, each.lon)).m, rel=0.01)


def test_near_is_answered_by_the_index_on_the_place_also_within_one_neighbourhood(laid):
    asked: list[str] = []

    def explain(_connection, cursor, statement, parameters, *_more):
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        asked.extend(row[3] for row in cursor.fetchall())

    if db.engine.dialect.name != "sqlite":
        pytest.skip("SQLite's planner is asked; PostgreSQL's weighs by statistics")
    event.listen(db.engine, "before_cursor_execute", explain)
    try:
        geo.near(1, 52.09, 5.1, 250)
    finally:
        event.remove(db.engine, "before_cursor_execute", explain)
    assert any("ix_spot_lat_lon" in step for step in asked), asked


def test_the_poles_have_spots_too(inside):
    with writing():
        here = make.neighbourhood()
        for number, lon in enumerate((0, 90, 180, -90)):
            db.session.add(make.spot(here, f"ice-{number}", 89.9999, lon))
    assert len(geo.near(here.id, 89.9999, 45, 50)) == 4
