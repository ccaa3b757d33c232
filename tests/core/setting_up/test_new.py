"""A neighbourhood from nothing: outlines are read with bounds first, and the command gives a first link."""

import contextlib
import json
import re

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock as now
from core.maps import drawings
from core.neighbourhoods import queries
from core.places import queries as places
from core.refusal import Refusal
from core.setting_up import outline, service
from tests.core.basemap.test_build import an_extract

SQUARE = [[5.10, 52.09], [5.11, 52.09], [5.11, 52.10], [5.10, 52.10], [5.10, 52.09]]
HOUSE = "Huis van de wijk; Kanaalstraat; 52.095; 5.105"


def geojson(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def area(name="Lombok", ring=SQUARE, kind="Polygon"):
    coordinates = [ring] if kind == "Polygon" else [[ring], [ring[:3]]]
    return {"type": "Feature", "properties": {"name": name}, "geometry": {"type": kind, "coordinates": coordinates}}


@pytest.fixture
def files(tmp_path):
    (tmp_path / "border.geojson").write_bytes(geojson(area()))
    (tmp_path / "zones.geojson").write_bytes(geojson(area("Noord"), area("Zuid", kind="MultiPolygon")))
    return tmp_path


def new(app, files, *more, slug="lombok"):
    return app.test_cli_runner().invoke(
        args=["neighbourhood", "new", slug, "Lombok", "--border", str(files / "border.geojson"),
              "--zones", str(files / "zones.geojson"), "--house", HOUSE, *more]
    )  # fmt: skip


def test_a_neighbourhood_from_nothing_with_its_zones_its_house_and_a_first_link(app, files):
    printed = new(app, files).output
    assert re.search(r"/w/lombok/staff/invited#[\w-]{43}", printed)
    with app.app_context():
        here = queries.by_slug("lombok")
        assert [zone.name for zone in here.zones] == ["Noord", "Zuid", "Ik kom hier wonen"]
        assert (round(here.lat, 3), round(here.lon, 3)) == (52.095, 5.105)  # latitude first
        assert here.zones[0].border[0] == [52.09, 5.1]
        assert [spot.name for spot in places.of(here.id)] == ["Huis van de wijk"]


def test_the_command_names_the_settings_that_put_a_map_under_it_and_the_link_last(app, files):
    lines = new(app, files).output.splitlines()
    assert [line.strip() for line in lines if "BUURT_TILES" in line] == drawings.settings_for_one()
    assert drawings.command_for_one("lombok") in [line.strip() for line in lines]
    assert "/staff/invited#" in lines[-1]


def test_with_an_extract_its_map_is_made_right_away_and_a_bad_one_costs_no_link(app, files):
    square = ["neighbourhood", "new", "oost", "Oost", "--around", "52.0905, 5.0905, 300", "--house", HOUSE]
    made = app.test_cli_runner().invoke(args=[*square, "--basemap", str(an_extract(files))])
    assert made.exit_code == 0, made.output
    assert "BUURT_TILES" not in made.output
    assert "/map.pmtiles" not in app.test_client().get("/w/oost/map").text, "its drawing is light"
    assert "/w/oost/map.geojson" in app.test_client().get("/w/oost/map").text
    failed = new(app, files, "--basemap", str(files / "zones.geojson"))
    assert failed.exit_code == 1
    assert re.search(r"/w/lombok/staff/invited#[\w-]{43}", failed.output)


@pytest.mark.parametrize("slug", ["Lombok", "a", "x" * 41, "-lombok", "../etc", "lom bok", "lombok-"])
def test_a_slug_that_cannot_stand_in_an_address_is_refused(app, files, slug):
    answer = app.test_cli_runner().invoke(
        args=["neighbourhood", "new", "--border", str(files / "border.geojson"), "--house", HOUSE, "--", slug, "Lombok"]
    )
    assert answer.exit_code == 1


def test_the_same_slug_twice_is_refused_and_leaves_nothing(app, files):
    new(app, files)
    assert new(app, files).exit_code == 1
    with app.app_context():
        assert len(queries.everyone()) == 1


@pytest.mark.parametrize(
    "house",
    [("Huis", "Plein 1", float("nan"), float("nan")), ("Huis", "Plein 1", 52.09, float("inf")),
     ("", "", 52.09, 5.1), (" \u200b", "Plein 1", 52.09, 5.1)],
)  # fmt: skip
def test_a_house_has_a_name_and_stands_somewhere(inside, house):
    with pytest.raises(Refusal):
        service.found("nieuw", "Nieuw", outline.square("Nieuw", 52.09, 5.1, 500), [], house)


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "\t\n"])
def test_a_neighbourhood_has_a_name_to_read_its_own_or_that_of_its_border(inside, name):
    house = ("Huis", "Plein 1", 52.09, 5.1)
    with pytest.raises(Refusal):
        service.found("nieuw", name, outline.square(name, 52.09, 5.1, 500), [], house)
    assert queries.by_slug("nieuw") is None
    if not name.strip():
        named = service.found("nieuw", name, outline.square("Nieuw", 52.09, 5.1, 500), [], house)
        assert named.name == "Nieuw"


def test_the_command_says_what_lacks(app, files):
    said = new(app, files, "--house", "; ; 52.095; 5.105")
    assert said.exit_code == 1
    assert "name" in said.output


def test_a_house_with_latitude_and_longitude_swapped_is_refused(inside):
    [border] = outline.areas(geojson(area()))
    with pytest.raises(Refusal):
        service.found("lombok", "Lombok", border, [], ("Huis", "Straat", 5.105, 52.095))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b"null", b"\xff\xfe", b"{" * 100_000, b'{"features": [NaN]}', geojson(),
        geojson(*[area(str(number)) for number in range(42)]), geojson(area(name="")), geojson(area(name="x" * 61)),
        geojson(area(name="a\x00b")), geojson(area(ring=SQUARE[:3])), geojson(area(ring=[[5.1, 91.0], *SQUARE])),
        geojson(area(ring=[["5.1", 52.0], *SQUARE])), geojson(area(ring=[[True, 52.0], *SQUARE])),
        geojson(area(ring=[[5.9, 52.0], *SQUARE])), geojson({"type": "Feature"}), b'{"features": {"0": 1}}',
        json.dumps({"features": [area(ring=[[1e999, 52.0], *SQUARE])]}).encode(),
    ],
    ids=range(20),
)  # fmt: skip
def test_what_is_no_outline_is_refused_in_a_sentence(content):
    with pytest.raises(Refusal):
        outline.areas(content)


@given(
    st.binary(max_size=300)
    | st.recursive(st.none() | st.floats() | st.text(), st.lists).map(lambda x: json.dumps(x).encode())
)
def test_whatever_a_file_holds_it_is_read_or_refused(content):
    with contextlib.suppress(Refusal):
        assert outline.areas(content)


def test_a_real_map_of_utrecht_is_read(samples):
    found = outline.areas((samples / "utrecht_wijken_click_that_hood.geojson").read_bytes())
    assert {"Overvecht", "Noordwest"} <= {one.name for one in found}
    assert all(51.9 < one.centre[0] < 52.3 and 4.9 < one.centre[1] < 5.3 for one in found)


def test_from_nothing_to_a_first_scored_meeting_of_strangers(app, files, clock):
    token = re.search(r"invited#([\w-]{43})", new(app, files).output)[1]
    laptop = coordinator(app, token)
    for name in ("Bankje bij het water", "Oude pomp"):
        place = {"name": name, "street": "Kade", "lat": "52,0941", "lon": "5.1049", "radius": "40", "about-nl": "Hier."}
        assert laptop.post("/w/lombok/staff/spots/new", data=place).status_code == 303
    assert laptop.post("/w/lombok/staff/pack").status_code == 303
    season = {"theme-nl": "Deuren open", "starts_on": "2026-06-02", "days": "28"}
    assert laptop.post("/w/lombok/staff/season", data=season).status_code == 303
    done = re.findall(r"(\d+) van (\d+)", laptop.get("/w/lombok/staff/checklist").text)
    assert done[0] == ("3", "3")  # places
    assert int(done[1][0]) >= int(done[1][1])  # challenges
    assert done[2:5] == [("1", "1"), ("0", "10"), ("0", "2")]  # a season, hosts, editors

    one, other = app.test_client(), app.test_client()
    for phone, name in ((one, "Rode Laars"), (other, "Gele Schaar")):
        assert phone.post("/w/lombok/join", data={"name": name, "age": "adult"}).status_code == 303
    challenge = re.search(r"/w/lombok/challenges/([\w-]+)", one.get("/w/lombok/challenges").text)[1]
    handed = one.post(f"/w/lombok/together/{challenge}", data={"without": "1", "client_key": "a" * 26})
    letters = re.search(r">(\w{3}) (\w{3})<", one.get(handed.location).text)
    assert other.post(f"/e/{letters[1]}{letters[2]}/yes", data={"photo": "without"}).status_code == 303
    assert re.search(r"\b10\b", other.get(handed.location).text)


def coordinator(app, token):
    """A laptop of a coordinator with a second factor."""
    laptop = app.test_client()
    form = {"token": token, "login": "cor", "password": "negen natte schoenen", "name": "Cor", "age": "adult"}
    assert laptop.post("/w/lombok/staff/invited", data=form).status_code == 303
    secret = re.search(r"<bdi[^>]*>([A-Z2-7]{32})</bdi>", laptop.get("/w/lombok/staff/code").text)[1]
    assert laptop.post("/w/lombok/staff/code", data={"code": pyotp.TOTP(secret).at(now.now())}).status_code == 200
    return laptop
