"""Walks as files: what is in them, what tellers keep here, and whether others can read them."""

import csv
import io
import json
import os
from pathlib import Path
from xml.etree import ElementTree

import gpxpy
import pytest
import xmlschema
from sqlalchemy import select

from core.contributions.models import Contribution
from core.database import db, writing
from core.neighbourhoods import queries as neighbourhoods
from tests import geojson
from tests.tours.walks.stories import told
from tests.tours.walks.test_pages import AT, begin, key_of, lombok, maker, publish  # noqa: F401
from tours.stories import service as stories
from tours.walks import csv_rows
from tours.walks.geojson import write as geojson_of
from tours.walks.written import Halt, Told, Written

pytestmark = pytest.mark.both
SAID = ("source", "licence", "credit", "exported_at", "revocations_url", "left_out")
FORMATS = ("gpx", "geojson", "csv", "jsonld")
GPX = "{http://www.topografix.com/GPX/1/1}"
XSD = Path(os.environ.get("BUURT_SAMPLES", "")) / "gpx" / "gpx.xsd"


@pytest.fixture
def walk(lombok, maker):  # noqa: F811
    """A published walk past three stories; the tellers of two of them let it go along."""
    with lombok.test_request_context("/w/lombok/"), writing():
        here = neighbourhoods.by_slug("lombok")
        told(here, "=1+1 is geen som", "spot-0", uses=("tours", "export"))
        told(here, "Het pad", "spot-2", uses=("tours", "export"))
    begin(lombok, maker, ("=1+1 is geen som", "De soep", "Het pad"))
    publish(lombok, maker)
    return lombok


def file(app, name: str) -> bytes:
    answer = app.test_client().get(f"{AT}/rondje-kanaal/walk.{name}")
    assert answer.status_code == 200, answer.text
    assert f"rondje-kanaal.{name}" in answer.headers["Content-Disposition"]
    return answer.data


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_tells_what_tellers_let_go_and_says_how_many_they_keep(walk, name):
    made = file(walk, name).decode("utf-8-sig")
    assert "Het pad, lang geleden." in made
    assert "De soep" not in made, "its teller allows walks, and no files"
    assert all(word in made for word in SAID)
    assert "LicenseRef-alleen-hier" in made
    assert "/w/lombok/stories/revocations.json" in made


def test_what_a_teller_takes_back_is_in_the_next_file_no_more(walk):
    assert "Het pad" in file(walk, "geojson").decode()
    with walk.test_request_context("/w/lombok/"), writing():
        found = db.session.scalar(select(Contribution).where(Contribution.key == key_of(walk, "Het pad")))
        stories.allow(found, ["tours"], "receipt")
    made = json.loads(file(walk, "geojson"))
    assert "Het pad" not in json.dumps(made)
    assert made["left_out"] == 2
    assert [one["geometry"]["type"] for one in made["features"]] == ["Point"], "a line from it to nowhere"


def test_geojson_is_as_the_standard_has_it(walk):
    made = json.loads(file(walk, "geojson"))
    west, south, east, north = made["bbox"]
    stops = [one for one in made["features"] if one["geometry"]["type"] == "Point"]
    assert [one["properties"]["ordinal"] for one in stops] == [1, 2]
    for lon, lat in (one["geometry"]["coordinates"] for one in stops):
        assert west <= lon <= east < 10
        assert 50 < south <= lat <= north
    assert made["left_out"] == 1
    assert "crs" not in made
    geojson.fetch()
    assert geojson.faults(file(walk, "geojson")) == []
    for far in (Written("Leeg"), Written("Rondje", (Halt("@SUM", -33.9, -18.4), Halt("B", 0.0, 180.0)), ((), ()))):
        assert geojson.faults(geojson_of(far)) == []
    assert geojson.faults(file(walk, "geojson").replace(b"LineString", b"Linestring")) != [], "it finds what is wrong"


def test_gpx_is_as_its_schema_has_it_and_another_program_reads_it(walk):
    made = file(walk, "gpx")
    read = gpxpy.parse(made.decode())
    assert [one.name for one in read.waypoints] == ["1. =1+1 is geen som", "2. Het pad"]
    assert [one.name for one in read.routes[0].points] == [one.name for one in read.waypoints]
    assert read.tracks
    assert read.author_name == "Lombok"
    if not XSD.is_file():
        pytest.skip("gpx.xsd is not here: set BUURT_SAMPLES")
    xmlschema.XMLSchema(str(XSD)).validate(ElementTree.ElementTree(ElementTree.fromstring(made)).getroot())


def test_no_cell_is_a_formula(walk):
    rows = list(csv.reader(io.StringIO(file(walk, "csv").decode("utf-8-sig"))))
    assert len(rows) == 3
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")]
    far = Written("Rondje", (Halt("@SUM", -33.9, -18.4, intro="+31", story=Told("x", words="\t=cmd")),))
    cells = next(row for row in csv.reader(io.StringIO(csv_rows.write(far).decode("utf-8-sig"))) if "1" in row)
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
    assert "33.900000 S" in cells


def test_jsonld_is_a_trip_with_its_stops_in_order(walk):
    trip = json.loads(file(walk, "jsonld"))
    assert (trip["@context"], trip["@type"]) == ("https://schema.org", "TouristTrip")
    assert set(trip) <= {
        "@context", "@type", "@id", "name", "description", "provider", "tripOrigin", "itinerary", "subjectOf",
    }, "a trip is no CreativeWork"  # fmt: skip
    listed = trip["itinerary"]
    assert (listed["@type"], listed["numberOfItems"]) == ("ItemList", 2)
    assert [one["position"] for one in listed["itemListElement"]] == [1, 2]
    story = listed["itemListElement"][1]["item"]["subjectOf"]
    assert (story["@type"], story["headline"], story["license"]) == ("Article", "Het pad", "LicenseRef-alleen-hier")
    assert story["author"]["name"] == "Bram"
    assert story["temporalCoverage"].startswith("1974")
    assert set(story) <= {
        "@type", "@id", "url", "headline", "articleBody", "author", "inLanguage", "temporalCoverage", "license",
        "image",
    }, "what schema.org has for an Article"  # fmt: skip
    places = [one["item"] for one in listed["itemListElement"]]
    known = {"@type", "name", "description", "geo", "additionalProperty", "subjectOf"}
    assert all(set(place) <= known and set(place["geo"]) == {"@type", "latitude", "longitude"} for place in places)
    page = trip["subjectOf"]
    assert set(page) <= {
        "@type", "url", "license", "creditText", "inLanguage", "sdDatePublished", "usageInfo", "identifier",
    }, "licence and language of the trip stand on its page"  # fmt: skip


def test_of_a_walk_that_nobody_sees_there_is_no_file(lombok, maker):  # noqa: F811
    begin(lombok, maker)
    for name in FORMATS:
        assert lombok.test_client().get(f"{AT}/rondje-kanaal/walk.{name}").status_code == 404
    assert lombok.test_client().get(f"{AT}/rondje-kanaal/walk.exe").status_code == 404


@pytest.mark.parametrize("name", FORMATS)
def test_the_command_writes_the_same_file(walk, name):
    ran = walk.test_cli_runner().invoke(args=["tours", "export", "rondje-kanaal", "--as", name])
    assert ran.exit_code == 0, ran.output
    assert "Het pad, lang geleden." in ran.output
    assert "De soep" not in ran.output
    none = walk.test_cli_runner().invoke(args=["tours", "export", "elders", "--as", name])
    assert (none.exit_code, "no walk" in none.output) == (1, True)


def test_the_page_of_a_walk_leads_to_its_files(walk):
    page = walk.test_client().get(f"{AT}/rondje-kanaal").text
    assert all(f"/rondje-kanaal/walk.{name}" in page for name in FORMATS)
