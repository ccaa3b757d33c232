"""The tiles of a neighbourhood: read back as another program would, served by parts, and never half."""

import gzip

import mapbox_vector_tile
import pytest
from pmtiles.reader import MemorySource, Reader
from pmtiles.tile import Compression, TileType

from core.basemap import built, extract
from core.database import db
from tests.core.basemap.test_build import an_extract, lombok

__all__ = ["lombok"]
AT = (15, 16847, 10810)  # the tile in which the small extract lies


@pytest.fixture
def made(app, lombok, tmp_path, monkeypatch):
    """The file of the small extract, as if its drawing were heavy."""
    monkeypatch.setattr(built, "LIGHT", 100)
    list(built.build(lombok, an_extract(tmp_path), print))
    db.session.commit()
    return built.folder("lombok") / built.TILES


def tile(file, *at):
    return mapbox_vector_tile.decode(gzip.decompress(Reader(MemorySource(file.read_bytes())).get(*at)))


def test_another_program_reads_what_it_is_whose_it_is_and_where(made):
    reader = Reader(MemorySource(made.read_bytes()))
    head = reader.header()
    assert (head["tile_type"], head["tile_compression"]) == (TileType.MVT, Compression.GZIP)
    assert (head["min_zoom"], head["max_zoom"]) == (12, 15)
    assert reader.metadata()["attribution"] == extract.CREDIT
    assert head["min_lat_e7"] <= 52.090e7 <= 52.0915e7 <= head["max_lat_e7"]
    assert head["min_lon_e7"] <= 5.0895e7 <= 5.0915e7 <= head["max_lon_e7"]


def test_a_tile_holds_the_streets_the_blocks_and_the_names_where_they_are(made):
    drawn = tile(made, *AT)
    assert {"street", "main", "green", "block", "path", "name"} <= drawn.keys()
    said = {one["properties"]["text"] for one in drawn["name"]["features"]}
    assert "A & <b>" in said
    (block,) = drawn["block"]["features"]
    corners = [corner for ring in block["geometry"]["coordinates"] for corner in ring]
    easts = [(AT[1] + right / 4096) / 2**15 * 360 - 180 for right, _up in corners]
    assert min(easts) == pytest.approx(5.0897, abs=5e-6)
    assert max(easts) == pytest.approx(5.0900, abs=5e-6)
    assert "block" not in tile(made, 13, AT[1] // 4, AT[2] // 4)


def test_it_is_served_whole_and_by_parts_and_by_its_version_for_good(made, client, lombok):
    page = client.get("/w/lombok/map").get_data(as_text=True)
    version = built.drawing(lombok).version
    assert f"/w/lombok/map.pmtiles?v={version}" in page
    with client.get(f"/w/lombok/map.pmtiles?v={version}", headers={"Range": "bytes=0-6"}) as part:
        assert (part.status_code, part.data) == (206, b"PMTiles")
        assert part.headers["Content-Range"] == f"bytes 0-6/{made.stat().st_size}"
        assert "immutable" in part.headers["Cache-Control"]
    with client.get("/w/lombok/map.pmtiles", headers={"Accept-Encoding": "gzip"}) as whole:
        assert whole.data == made.read_bytes()
        assert "immutable" not in whole.headers["Cache-Control"]
        tag = whole.headers["ETag"]
    with client.get("/w/lombok/map.pmtiles", headers={"If-None-Match": tag}) as same:
        assert same.status_code == 304


def test_a_light_drawing_lies_under_the_map_itself_and_its_tiles_are_there_for_who_asks(made, client, monkeypatch):
    monkeypatch.setattr(built, "LIGHT", 1_000_000)
    page = client.get("/w/lombok/map").get_data(as_text=True)
    assert "data-drawing" in page
    assert "data-pmtiles" not in page
    with client.get("/w/lombok/map.pmtiles") as whole:
        assert whole.status_code == 200


HARM = {
    "cut off": lambda data: data[:-1], "a head alone": lambda data: data[:40], "empty": lambda data: b"",
    "none": lambda data: b"x" * 200,
}  # fmt: skip


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_a_file_that_is_cut_off_or_none_is_not_offered_and_the_drawing_stands(made, client, harm):
    made.write_bytes(harm(made.read_bytes()))
    page = client.get("/w/lombok/map").get_data(as_text=True)
    assert "pmtiles" not in page
    assert "/w/lombok/map.geojson" in page
    assert client.get("/w/lombok/map.pmtiles").status_code == 404


@pytest.mark.parametrize("more", [[], ["--neighbourhood", "lombok"]], ids=["of all", "of a neighbourhood"])
def test_the_tiles_alone_go_into_a_file_elsewhere(app, lombok, tmp_path, more):
    db.session.commit()
    out = tmp_path / "mine.pmtiles"
    asked = ["basemap", "build", str(an_extract(tmp_path)), "--out", str(out), *more]
    said = app.test_cli_runner().invoke(args=asked)
    assert said.exit_code == 0, said.output
    assert "zoom 15: " in said.output
    assert tile(out, *AT)["street"]["features"]
    assert not built.folder("lombok").exists()
