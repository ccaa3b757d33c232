"""The map's page and its drawing: the same spots as the list, the same ground as the picture, kept by phones."""

import json
import re
from math import hypot

import pytest
from flask import Flask
from flask.testing import FlaskClient
from geopy.distance import geodesic
from markupsafe import escape

from core import clock as now
from core.database import db, writing
from core.demo import ground, neighbourhood
from core.guard import Role
from core.maps import drawings, signs
from core.maps.views import ON_HOME
from core.neighbourhoods import queries
from core.neighbourhoods.models import Neighbourhood
from core.places import queries as places
from core.places.models import Spot
from tests import make
from tests.core.staff.test_pages import join, with_code

LAT, LON = 52.09, 5.10


@pytest.fixture
def kanterhoek(app: Flask, clock) -> FlaskClient:
    """The made-up neighbourhood with its spots, beside the one of the cast."""
    drawn = neighbourhood.at(LAT, LON)
    with app.app_context():
        make.world()
        with writing():
            here = Neighbourhood(slug=drawn.slug, name=drawn.name, lat=LAT, lon=LON, is_made_up=True)
            db.session.add(here)
            db.session.flush()
            db.session.add_all(spot(here, one.key, one.kind, one.lat, one.lon) for one in drawn.spots)
    return app.test_client()


def spot(here: Neighbourhood, key: str, kind: str, lat: float, lon: float) -> Spot:
    texts = {"nl": {"about": "Een plek."}}
    return Spot(
        neighbourhood_id=here.id, key=key, kind=kind, name=f"Plek {key}", street="Straat", texts=texts, lat=lat, lon=lon
    )


def rows(page: str) -> list[tuple[str, str]]:
    """Key and kind of each row of the list."""
    return re.findall(r'id="spot-([\w-]+)" data-lat="[\d.]+" data-lon="[\d.]+" data-kind="(\w+)"', page)


# ---- the list, and what the map takes from it


def test_the_list_has_every_spot_with_its_place_and_leads_to_its_page(kanterhoek: FlaskClient):
    page = kanterhoek.get("/w/kanterhoek/map").text
    assert {key for key, _ in rows(page)} == {one["key"] for one in neighbourhood.drawing()["spots"]}
    assert page.count('class="buurt-list__link" href="/w/kanterhoek/spots/') == 8


def test_the_house_comes_first_and_the_pins_say_what_there_is_by_shape(
    kanterhoek: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
):
    def say(neighbourhood_id: int) -> dict[int, dict[str, str]]:
        found = places.by_key(neighbourhood_id, "hinkelplein")
        return {found.id: {"title": "Teken samen", "lang": "nl"}} if found else {}

    monkeypatch.setitem(app.extensions["registries"], signs.SIGNS.name, {"these": (50, say)})
    page = kanterhoek.get("/w/kanterhoek/map").text
    kinds = dict(rows(page))
    assert rows(page)[0] == ("huis-van-de-wijk", "hq")
    assert kinds["hinkelplein"] == "meet"
    assert set(kinds.values()) == {"hq", "meet", "place"}
    assert '<bdi lang="nl" translate="yes">Teken samen</bdi>' in page
    assert page.count('class="m-pin m-pin--meet" cy="-25"') == 1  # in the picture, beside the one of the template


def test_a_spots_own_challenge_is_told_but_not_one_that_is_to_be_found(app: Flask, clock):
    with app.app_context():
        here, _season = make.world()
        with writing():
            there = [spot(here, key, "place", 52.0, 5.0) for key in ("told", "hidden")]
            db.session.add_all(there)
            db.session.flush()
            for one, kind in zip(there, ("together", "find"), strict=True):
                challenge = make.challenge(here)
                challenge.spot_id, challenge.kind = one.id, kind
    assert dict(rows(app.test_client().get("/w/lombok/map").text))["told"] == "meet"
    assert dict(rows(app.test_client().get("/w/lombok/map").text))["hidden"] == "place"


def pins(page: str) -> dict[str, tuple[str, str]]:
    """Name → address and foot of each pin in the picture."""
    drawn = r'<g transform="translate\(([-\d. ]+)\)"><a href="([^"]+)" aria-label="([^"]+)">'
    return {name: (address, foot) for foot, address, name in re.findall(drawn, page)}


def test_the_picture_follows_the_list_when_makers_take_away_move_rename_and_add(kanterhoek: FlaskClient, app: Flask):
    before = pins(kanterhoek.get("/w/kanterhoek/map").text)
    assert len(before) == 8
    with app.app_context(), writing():
        here = queries.by_slug("kanterhoek")
        assert here
        gone, moved, renamed = (places.by_key(here.id, key) for key in ("hinkelplein", "groene-stoep", "kanterbrug"))
        assert gone
        assert moved
        assert renamed
        gone.removed_at = now.now()
        moved.lat += 0.0005
        renamed.name = "Plek met een nieuwe naam"
        db.session.add(spot(here, "ninth", "place", LAT, LON))
        db.session.add(spot(here, "elsewhere", "place", LAT + 0.2, LON))  # off the picture
    page = kanterhoek.get("/w/kanterhoek/map").text
    after = pins(page)
    listed = set(re.findall(r'buurt-list__name"><bdi[^>]*>([^<]+)', page))
    assert set(after) == listed - {"Plek elsewhere"}
    assert {"Plek ninth", "Plek met een nieuwe naam"} <= set(after)
    assert after["Plek groene-stoep"][1] != before["Plek groene-stoep"][1]
    assert "8 plekken" not in page


def test_home_shows_the_first_rows_and_says_how_many_there_are(kanterhoek: FlaskClient, app: Flask):
    with app.app_context(), writing():
        here = queries.by_slug("kanterhoek")
        assert here
        db.session.add(spot(here, "ninth", "place", LAT, LON))
    home = kanterhoek.get("/w/kanterhoek/", headers={"Accept-Language": "en"}).text
    assert len(rows(home)) == 9
    assert len(re.findall(r'<li class="buurt-list__item"[^>]* hidden>', home)) == 9 - ON_HOME
    assert "All 9 places" in home
    assert " hidden>" not in "".join(re.findall(r"<li[^>]*>", kanterhoek.get("/w/kanterhoek/map").text))


def test_a_neighbourhood_that_nobody_drew_says_so_and_its_list_stands_for_the_map(app: Flask, clock):
    with app.app_context():
        here, _season = make.world()
        with writing():
            db.session.add(spot(here, "bank", "place", 52.0, 5.0))
    visitor = app.test_client()
    for page in (visitor.get("/w/lombok/map").text, visitor.get("/w/lombok/").text):
        assert "Er is nog geen kaart" in page
        assert "<neighbourhood-map" not in page
        assert rows(page) == [("bank", "place")]
        assert 'data-part="where" hidden' in page, "nearest first without a map too"
        assert "BUURT_TILES" not in page
    assert visitor.get("/w/lombok/map.geojson").status_code == 404


def test_a_coordinator_reads_how_a_map_comes_where_there_is_none(app: Flask, clock):
    with app.app_context():
        make.world()
    lead, maker = join(app, Role.COORDINATOR, "cor", "Rode Laars"), join(app, Role.MAKER, "maker", "Gele Das")
    with_code(lead)
    for page in ("map", "staff/checklist"):
        assert drawings.command_for_one("lombok") in lead.get(f"/w/lombok/{page}").text
        assert all(str(escape(line)) in lead.get(f"/w/lombok/{page}").text for line in drawings.settings_for_one())
        assert "BUURT_TILES" not in maker.get(f"/w/lombok/{page}").text
    assert "Er ligt nog geen kaart onder." in maker.get("/w/lombok/staff/spots/new").text


# ---- the drawing


def features(layer: str, zoom: int | None = None) -> list[dict]:
    drawn = json.loads(ground.geojson(LAT, LON))["features"]
    return [one for one in drawn if one["properties"]["layer"] == layer and one["properties"].get("zoom") == zoom]


def test_the_drawing_is_for_everybody_to_keep_and_sets_no_cookie(kanterhoek: FlaskClient):
    page = kanterhoek.get("/w/kanterhoek/map").text
    [address] = re.findall(r'data-drawing="([^"]+)"', page)
    answer = kanterhoek.get(address)
    assert answer.mimetype == "application/geo+json"
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert kanterhoek.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_drawing_lies_where_the_neighbourhood_lies_longitude_first():
    line = features("main")[0]["geometry"]["coordinates"][0]
    metres = next(way["line"] for way in neighbourhood.drawing()["streets"] if way["kind"] == "main")
    for (lon, lat), (east, north) in zip(line, metres, strict=True):
        assert geodesic((LAT, LON), (lat, lon)).m == pytest.approx((east**2 + north**2) ** 0.5, abs=0.2)
        assert (lon - LON) * east >= 0
        assert (lat - LAT) * north >= 0


def test_every_layer_of_the_picture_is_in_the_drawing():
    drawn = neighbourhood.drawing()
    assert len(features("block")[0]["geometry"]["coordinates"]) == len(drawn["buildings"])
    lines = sum(len(features(kind)[0]["geometry"]["coordinates"]) for kind in ("alley", "street", "main", "path"))
    assert lines == len(drawn["streets"])
    assert {one["properties"]["layer"] for one in json.loads(ground.geojson(LAT, LON))["features"]} == {
        "green", "water", "block", "alley", "street", "main", "path", "tree", "name",
    }  # fmt: skip


@pytest.mark.parametrize("zoom", ground.ZOOMS)
def test_names_are_never_upside_down_and_give_way_to_pins(zoom: int):
    metre = 256 * 2**zoom / (ground.ROUND_THE_EARTH * 0.6143)  # px, at 52.09° north
    pins = [one["place"] for one in neighbourhood.drawing()["spots"]]
    for name in features("name", zoom):
        assert -100 <= name["properties"]["slope"] <= 80
        lon, lat = name["geometry"]["coordinates"]
        east, north = (lon - LON) * 68_400, (lat - LAT) * 111_270
        assert all(hypot(east - e, north - 25 / metre - n) * metre > 20 for e, n in pins)


def test_the_closer_one_looks_the_more_names_there_are():
    counts = [len(features("name", zoom)) for zoom in ground.ZOOMS]
    assert counts == sorted(counts)
    assert {one["properties"]["text"] for one in features("name", 17)} >= {"Touwbaan", "Lindeplein", "Het Kanterwater"}
