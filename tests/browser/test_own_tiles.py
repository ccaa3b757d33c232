"""The map of a dense neighbourhood: tiles of its own on canvas, in the colours of the page, and without network."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from core.basemap.extract import CREDIT
from tests.browser.phones import Phone
from tests.browser.serving import command, serving

pytestmark = pytest.mark.browser
LAT, LON = 52.09, 5.10
MANY = 55  # blocks along each side: their drawing is heavy
METRE = 1 / 111_195, 1 / 68_300  # in degrees of latitude and longitude
COLOURS = """() => [...new Set([...document.querySelectorAll('canvas.leaflet-tile-loaded')].flatMap((tile) => {
  const { data } = tile.getContext('2d').getImageData(0, 0, tile.width, tile.height)
  const seen = []
  for (let at = 0; at < data.length; at += 4 * 7) seen.push([...data.slice(at, at + 3)].join(' '))
  return [...new Set(seen)]
}))]"""
BLOCK, STREET, BLOCK_IN_THE_DARK = "227 200 186", "255 255 255", "58 46 42"
KEEP = """async () => {
  await navigator.serviceWorker.register('/sw.js')
  await navigator.serviceWorker.ready
  const { pmtiles } = document.querySelector('neighbourhood-map').dataset
  await (await caches.open('walk-dicht-x')).put(pmtiles, await fetch(pmtiles))
}"""


def dense(folder: Path) -> Path:
    """Blocks of 8 metres, 12 from each other, and a street through them, as text of OpenStreetMap."""
    nodes, ways = [], []

    def way(corners: list[tuple[float, float]], tag: str) -> None:
        first = len(nodes) + 1
        for number, (east, north) in enumerate(corners, first):
            lat, lon = LAT + north * METRE[0], LON + east * METRE[1]
            nodes.append(f'<node id="{number}" lat="{lat:.7f}" lon="{lon:.7f}" version="1"/>')
        refs = "".join(f'<nd ref="{number}"/>' for number in range(first, len(nodes) + 1))
        closed = f'<nd ref="{first}"/>' if "building" in tag else ""
        ways.append(f'<way id="{len(ways) + 1}" version="1">{refs}{closed}{tag}</way>')

    sides = [12 * (number - MANY / 2) for number in range(MANY)]
    for east in sides:
        for north in sides:
            corners = [(east, north), (east + 8, north), (east + 8, north + 8), (east, north + 8)]
            way(corners, '<tag k="building" v="yes"/>')
    way([(-400, -4), (400, -4)], '<tag k="highway" v="residential"/><tag k="name" v="Damstraat"/>')
    path = folder / "dense.osm"
    path.write_text(f'<osm version="0.6">{"".join(nodes + ways)}</osm>')
    return path


def drawn(page: Page, colour: str) -> None:
    page.wait_for_function(f"(colour) => ({COLOURS})().includes(colour)", arg=colour)


def test_its_own_tiles_come_before_an_operators_turn_dark_with_the_phone_and_need_no_network(
    browser: Browser, tmp_path: Path
):
    elsewhere = {"BUURT_TILES": "http://127.0.0.1:9/{z}/{x}/{y}.png", "BUURT_TILES_CREDIT": "Elsewhere"}
    with serving(tmp_path, **elsewhere) as site:
        command(
            site, "neighbourhood", "new", "dicht", "Dicht", "--around", f"{LAT}, {LON}, 250", "--house",
            f"Huis; Straat 1; {LAT}; {LON}", "--basemap", str(dense(tmp_path)),
        )  # fmt: skip
        visitor = Phone(browser, site)
        asked: list[str] = []
        visitor.context.on("request", lambda request: asked.append(request.url))
        visitor.open("/w/dicht/map")
        expect(visitor.page.locator("neighbourhood-map[data-ready]")).to_be_attached()
        expect(visitor.page.locator(".buurt-map__credit")).to_have_text(CREDIT)
        drawn(visitor.page, BLOCK)
        drawn(visitor.page, STREET)
        assert [url for url in asked if "127.0.0.1:9/" in url or "geojson" in url] == []
        visitor.page.emulate_media(color_scheme="dark")
        drawn(visitor.page, BLOCK_IN_THE_DARK)
        visitor.page.evaluate(KEEP)
        visitor.page.reload()
        expect(visitor.page.locator("neighbourhood-map[data-ready]")).to_be_attached()
        drawn(visitor.page, BLOCK_IN_THE_DARK)
        visitor.context.set_offline(True)
        before = len(asked)
        for zoom in ("16", "15"):
            visitor.page.get_by_role("button", name="Verder weg").tap()
            expect(visitor.page.locator("[data-part=ground]")).to_have_attribute("data-zoom", zoom)
        drawn(visitor.page, BLOCK_IN_THE_DARK)
        assert [url for url in asked[before:] if "pmtiles" in url], "another zoom was never asked before"
        expected = "net::ERR", "willReadFrequently"  # the latter of how this test looks at canvases
        visitor.trouble[:] = [said for said in visitor.trouble if not any(one in said for one in expected)]
        visitor.close()
