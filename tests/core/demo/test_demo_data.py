"""What the made-up neighbourhood, its people, its map and its photos must be like."""

import json
import re
from datetime import timedelta
from io import BytesIO
from itertools import combinations, product
from math import inf, nan
from pathlib import Path
from xml.etree import ElementTree

import pytest
from geopy.distance import geodesic
from PIL import Image

from core.demo import cast, kieken, neighbourhood, picture
from core.people import names

ROOT = Path(__file__).parents[3]
SVG = "{http://www.w3.org/2000/svg}"
POINTS = [(52.09, 5.10), (-33.9, 18.4), (69.65, 18.96), (0.0, 179.9995)]

anywhere = pytest.mark.parametrize("point", POINTS, ids=str)


# ---- the neighbourhood


def test_it_says_in_every_due_language_that_it_is_made_up():
    drawn = neighbourhood.drawing()
    assert drawn["is_made_up"] is True
    assert "bestaat niet" in drawn["about"]["nl"]
    assert "not really exist" in drawn["about"]["en"]


def test_it_has_streets_water_green_blocks_zones_and_spots():
    drawn = neighbourhood.drawing()
    assert len({street["name"] for street in drawn["streets"]}) >= 14
    assert drawn["waters"]
    assert drawn["greens"]
    assert len(drawn["buildings"]) >= 90
    assert [zone["is_future"] for zone in drawn["zones"]] == [False] * 4 + [True]
    assert len(drawn["spots"]) == 8
    assert [spot["key"] for spot in drawn["spots"] if spot["kind"] == "hq"] == ["huis-van-de-wijk"]


def test_every_spot_lies_in_its_zone_within_a_kilometre_and_names_a_street_there():
    drawn = neighbourhood.drawing()
    zones = {zone["key"]: zone["polygon"] for zone in drawn["zones"]}
    streets = {street["name"] for street in drawn["streets"]}
    for spot in drawn["spots"]:
        assert [key for key, polygon in zones.items() if is_inside(spot["place"], polygon)] == [spot["zone"]]
        assert spot["street"] in streets
        assert abs(complex(*spot["place"])) < 1000


def test_every_spot_says_one_short_sentence_in_every_due_language():
    for spot in neighbourhood.drawing()["spots"]:
        assert set(spot["about"]) == {"nl", "en"}
        for sentence in spot["about"].values():
            assert re.fullmatch(r"[^.!?]+\.", sentence)
        assert len(spot["about"]["nl"].split()) <= 15


@anywhere
def test_a_place_lies_as_far_from_the_point_on_earth_as_in_the_drawing(point):
    centres = {zone["key"]: zone["centre"] for zone in neighbourhood.drawing()["zones"]}
    lindeplein = next(zone for zone in neighbourhood.at(*point).zones if zone.key == "lindeplein")
    assert geodesic(point, lindeplein.centre).m == pytest.approx(abs(complex(*centres["lindeplein"])), rel=0.005)


@anywhere
@pytest.mark.parametrize("metres", [(500, 0), (0, 500), (-353.55, -353.55)], ids=str)
def test_500_metres_are_500_metres_in_every_direction(point, metres):
    there = neighbourhood.degrees(metres, *point)
    assert geodesic(point, there).m == pytest.approx(500, rel=0.001)
    assert (there[0] > point[0]) == (metres[1] > 0) or metres[1] == 0


def test_the_setting_is_read_with_or_without_a_space():
    assert neighbourhood.around("52.09,5.10") == neighbourhood.around(" 52.09, 5.10 ") == neighbourhood.at(52.09, 5.10)


@pytest.mark.parametrize("text", ["", "52.09", "52.09,5.10,3", "Utrecht", "nan,5", "inf,0", "90,0", "52.09,181"])
def test_a_setting_that_is_no_place_for_a_street_is_refused_by_name(text):
    with pytest.raises(ValueError, match="BUURT_DEMO_AT"):
        neighbourhood.around(text)


@pytest.mark.parametrize("point", [(nan, 0), (0, inf), (-86, 0), (0, -180.1)], ids=str)
def test_no_neighbourhood_lies_off_the_map(point):
    with pytest.raises(ValueError, match="no neighbourhood"):
        neighbourhood.at(*point)


# ---- the picture


def test_the_picture_is_one_small_labelled_image_without_a_style_of_its_own():
    svg = picture.draw('Kaart van "De Kanterhoek" & omgeving')
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert (root.get("role"), root.get("aria-label")) == ("img", 'Kaart van "De Kanterhoek" & omgeving')
    assert len(svg.encode()) < 30_000
    assert not re.search(r"\s(style|fill|stroke|on\w+)=|<style|<script", svg)


def test_the_picture_shows_every_spot_and_writes_the_main_streets():
    root = ElementTree.fromstring(picture.draw("Kaart"))
    drawn = [group for group in root.findall(f"{SVG}g") if group.get("transform")]
    written = [text.text for text in root.iter(f"{SVG}text")]
    assert len(drawn) == 8
    assert {"Touwbaan", "Weverseind", "Oude Lijnbaan", "Kanterkade", "Lindeplein", "Het Kanterwater"} <= set(written)
    assert len(written) == len(set(written))


def test_every_class_in_the_picture_has_its_rule():
    css = (ROOT / "static/css/components/mapdrawing.css").read_text("utf-8")
    classes = {name for names in re.findall(r'class="([^"]+)"', picture.draw("Kaart")) for name in names.split()}
    assert {name for name in classes if f".{name} " not in css} <= {"m-label--main", "m-label--street"}


def test_every_name_and_pin_lies_on_the_picture():
    width, height = picture.WIDTH, picture.HEIGHT
    root = ElementTree.fromstring(picture.draw("Kaart"))
    for drawn in [*root.iter(f"{SVG}text"), *root.findall(f"{SVG}g[@transform]")]:
        x, y = map(float, re.findall(r"translate\((\S+) (\S+)\)", drawn.get("transform", ""))[0])
        assert 17 <= x <= width - 17
        assert 10 <= y <= height - 10


# ---- the photos


def test_a_photo_is_a_jpeg_of_its_size_without_anything_hidden():
    photo = Image.open(BytesIO(kieken.draw(3)))
    assert (photo.format, photo.size) == ("JPEG", (1200, 900))
    assert not photo.getexif()
    assert "comment" not in photo.info


def test_the_same_seed_draws_the_same_photo_and_each_other_seed_another():
    photos = [kieken.draw(seed) for seed in range(12)]
    assert len(set(photos)) == 12
    assert kieken.draw(7) == photos[7]


# ---- the cast


def test_the_four_of_the_tests_come_first_under_their_own_names():
    assert [(member.key, member.name) for member in cast.PEOPLE[:4]] == [
        ("amina", "Blauwe Reiger"),
        ("bram", "Warme Sjaal"),
        ("cem", "Stille Fiets"),
        ("dirk", "Ronde Deur"),
    ]


def test_members_have_names_of_their_own_and_zones_that_exist():
    zones = {zone.key for zone in neighbourhood.at(0, 0).zones}
    assert len({member.name for member in cast.PEOPLE}) == len({member.key for member in cast.PEOPLE}) == 14
    assert {member.zone for member in cast.PEOPLE} - {None} == zones


def test_the_stranger_has_met_nobody_and_amina_and_bram_not_each_other():
    met = {frozenset((meeting.one, meeting.other)) for meeting in cast.MEETINGS}
    assert not any("dirk" in pair for pair in met)
    assert frozenset(("amina", "bram")) not in met


def test_meetings_come_oldest_first_between_members_and_once_a_pair_and_challenge():
    assert [meeting.days_ago for meeting in cast.MEETINGS] == sorted(
        (meeting.days_ago for meeting in cast.MEETINGS), reverse=True
    )
    assert len({(*sorted((meeting.one, meeting.other)), meeting.challenge) for meeting in cast.MEETINGS}) == 24
    keys = {member.key for member in cast.PEOPLE}
    assert all(meeting.one != meeting.other and {meeting.one, meeting.other} <= keys for meeting in cast.MEETINGS)
    assert any(not meeting.has_photo for meeting in cast.MEETINGS)


def test_who_meets_again_does_so_more_than_a_week_later_with_another_challenge():
    again = [
        (first, second)
        for first, second in combinations(cast.MEETINGS, 2)
        if {first.one, first.other} == {second.one, second.other}
    ]
    assert again
    for first, second in again:
        assert timedelta(days=first.days_ago - second.days_ago) > timedelta(weeks=1)
        assert first.challenge != second.challenge


def test_three_pairs_of_zones_show_on_the_thermometer_which_moves_in_steps_of_five():
    zone_of = {member.key: member.zone for member in cast.PEOPLE}
    pairs = {frozenset((meeting.one, meeting.other)) for meeting in cast.MEETINGS}
    between = [frozenset(zone_of[key] for key in pair) for pair in pairs]
    assert sum(between.count(line) >= 5 for line in set(between) if len(line) == 2) == 3


# ---- the names we offer


def test_4900_pseudonyms_fit_are_tidy_and_differ():
    offered = json.loads((ROOT / "core/people/pseudonyms.json").read_text("utf-8"))
    combinations_offered = [" ".join(pair) for pair in product(offered["adjectives"], offered["nouns"])]
    assert len(set(combinations_offered)) == 70 * 70
    assert max(map(len, combinations_offered)) <= 24
    assert all(adjective.endswith("e") for adjective in offered["adjectives"])
    assert all(names.tidy(name) == name for name in combinations_offered)


def is_inside(place: tuple[float, float], polygon: list[tuple[float, float]]) -> bool:
    """Whether a straight line east from the place crosses the polygon's edge an odd number of times."""
    east, north = place
    crossings = 0
    for (x, y), (next_x, next_y) in zip(polygon, [*polygon[1:], *polygon[:1]], strict=True):
        if (y > north) != (next_y > north) and east < x + (north - y) / (next_y - y) * (next_x - x):
            crossings += 1
    return crossings % 2 == 1
