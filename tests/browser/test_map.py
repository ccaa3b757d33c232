"""Map and list as equals: nearest first once the phone may tell, every pin by keyboard, nothing from elsewhere."""

import http.server
import re
import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from core.config import A_MAP
from tests.browser.phones import HERE, Phone
from tests.browser.serving import serving

pytestmark = pytest.mark.browser

BENCH = {"latitude": 52.0898, "longitude": 5.1016, "accuracy": 15}  # beside "Bank onder de linde"
FAR_AWAY = {"latitude": 52.37, "longitude": 4.9, "accuracy": 30}
METRE = 0.682  # px a metre at zoom 16 and 52.09° north; each zoom is twice that


def places(page: Page) -> list[str]:
    """What the list shows of it: names, in order."""
    return page.locator("near-me .buurt-list__item:visible .buurt-list__name").all_inner_texts()


def stand(phone: Phone, where: dict) -> None:
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation(where)


def ask_where(phone: Phone) -> None:
    phone.tap("[data-part=where]")


def pin(page: Page, name: str) -> str:
    return f"[data-part=ground] a.buurt-pin[aria-label='{name}']"


def see_the_map(page: Page) -> None:
    expect(page.locator("neighbourhood-map[data-ready]")).to_be_attached()


# ---- where one is


def test_the_list_sorts_by_distance_and_the_ring_is_as_large_as_the_phone_is_unsure(phone: Callable[..., Phone]):
    visitor = phone()
    asked: list[str] = []
    visitor.context.on("request", lambda request: asked.append(f"{request.method} {request.url} {request.post_data}"))
    stand(visitor, BENCH)
    visitor.open(f"{HERE}/")
    assert places(visitor.page)[0] == "Huis van de wijk"
    ask_where(visitor)
    expect(visitor.page.locator("[data-part=found]")).to_contain_text("15")
    expect(visitor.page.locator("#places")).to_have_text("Dicht bij jou")
    assert places(visitor.page)[0] == "Bank onder de linde"
    said = visitor.page.locator(".buurt-list__end:visible").all_inner_texts()
    metres = [int(one.removeprefix("±").removesuffix("m")) for one in said if one.startswith("±")]
    assert metres == sorted(metres)
    assert metres[0] <= 30
    ring = visitor.page.locator(".m-accuracy")
    expect(ring).to_be_visible()
    zoom = int(visitor.page.locator("[data-part=ground]").get_attribute("data-zoom") or 0)
    width = visitor.page.evaluate("() => document.querySelector('.m-accuracy').getBBox().width")
    assert width == pytest.approx(2 * 15 * METRE * 2 ** (zoom - 16), rel=0.1)
    assert ring.bounding_box()["width"] > 0
    expect(visitor.page.locator(".m-me")).to_be_visible()
    assert [one for one in asked if "52.08" in one or "5.101" in one] == []
    assert visitor.page.evaluate("() => localStorage.length + sessionStorage.length") == 0


def test_the_phone_is_asked_where_it_is_by_a_tap_and_never_before(phone: Callable[..., Phone]):
    visitor = phone()
    stand(visitor, BENCH)
    count = """() => { window.asked = 0
      Geolocation.prototype.getCurrentPosition = () => { window.asked += 1 }
      Geolocation.prototype.watchPosition = () => { window.asked += 1 } }"""
    visitor.page.add_init_script(f"({count})()")
    visitor.open(f"{HERE}/map")
    see_the_map(visitor.page)
    assert visitor.page.evaluate("() => window.asked") == 0
    ask_where(visitor)
    assert visitor.page.evaluate("() => window.asked") == 1


def test_somebody_at_home_elsewhere_reads_how_far_it_is_and_keeps_seeing_the_neighbourhood(phone: Callable[..., Phone]):
    visitor = phone()
    stand(visitor, FAR_AWAY)
    visitor.open(f"{HERE}/map")
    ask_where(visitor)
    expect(visitor.page.locator(".buurt-list__end").first).to_contain_text("km")
    expect(visitor.page.locator(pin(visitor.page, "Huis van de wijk"))).to_be_in_viewport()


def test_where_the_phone_may_not_tell_both_phones_get_a_hint_and_the_list_stays(phone: Callable[..., Phone]):
    visitor = phone()
    visitor.context.clear_permissions()
    visitor.open(f"{HERE}/")
    before = places(visitor.page)
    ask_where(visitor)
    notice = visitor.page.locator("[data-part=denied]")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("iPhone")
    expect(notice).to_contain_text("Android")
    assert places(visitor.page) == before
    stand(visitor, BENCH)
    ask_where(visitor)
    expect(visitor.page.locator("#places")).to_have_text("Dicht bij jou")
    expect(notice).to_be_hidden()


# ---- the map and the list say the same


def test_every_row_of_the_list_is_on_the_map_with_the_same_name_and_the_same_page(phone: Callable[..., Phone]):
    visitor = phone(width=800)
    visitor.open(f"{HERE}/map")
    see_the_map(visitor.page)
    read = """(links) => links.map((link) =>
      [link.getAttribute('aria-label') ?? link.querySelector('.buurt-list__name').innerText, link.href])"""
    pins = visitor.page.locator("[data-part=ground] a.buurt-pin").evaluate_all(read)
    rows = visitor.page.locator("near-me .buurt-list__link").evaluate_all(read)
    assert len(pins) == 8
    assert sorted(pins) == sorted(rows)


def test_a_keyboard_reaches_a_pin_and_opens_its_page(phone: Callable[..., Phone]):
    visitor = phone()
    visitor.open(f"{HERE}/map")
    see_the_map(visitor.page)
    for _ in range(30):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("() => document.activeElement.matches('a.buurt-pin')"):
            break
    shown = visitor.page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    box = visitor.page.locator("a.buurt-pin:focus").bounding_box()
    assert box["width"] >= 48
    assert box["height"] >= 48
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/spots/*")
    assert shown in visitor.text("h1")


def test_arrow_keys_move_the_map_and_the_buttons_zoom(phone: Callable[..., Phone]):
    visitor = phone(reduced_motion="reduce")
    visitor.open(f"{HERE}/map")
    see_the_map(visitor.page)
    one = visitor.page.locator("[data-part=ground] a.buurt-pin").first
    before = one.bounding_box()
    visitor.page.locator("[data-part=ground]").focus()
    visitor.page.keyboard.press("ArrowRight")
    visitor.page.wait_for_function(
        "(x) => document.querySelector('a.buurt-pin').getBoundingClientRect().x < x - 20", arg=before["x"]
    )
    ground = visitor.page.locator("[data-part=ground]")
    zoom = int(ground.get_attribute("data-zoom") or 0)
    visitor.page.get_by_role("button", name="Dichterbij").tap()
    expect(ground).to_have_attribute("data-zoom", str(zoom + 1))
    visitor.page.get_by_role("button", name="Verder weg").tap()
    expect(ground).to_have_attribute("data-zoom", str(zoom))


def test_pins_that_lie_together_are_one_sign_that_opens_the_list(phone: Callable[..., Phone]):
    visitor = phone(reduced_motion="reduce")
    visitor.open(f"{HERE}/map")
    see_the_map(visitor.page)
    for _ in range(2):
        visitor.page.get_by_role("button", name="Verder weg").tap()
    sign = visitor.page.locator(".buurt-pin--many").first
    expect(sign).to_be_visible()
    pins = visitor.page.locator("[data-part=ground] a.buurt-pin").count()
    many = [int(text) for text in visitor.page.locator(".buurt-pin--many").all_inner_texts()]
    assert pins + sum(many) == 8
    sign.tap()
    expect(visitor.page.locator(".buurt-map")).to_be_hidden()
    assert visitor.page.evaluate("() => document.activeElement.matches('.buurt-list__link')")


def test_the_list_alone_and_back_to_the_map(phone: Callable[..., Phone]):
    visitor = phone()
    visitor.open(f"{HERE}/")
    visitor.tap("[data-view=list]")
    expect(visitor.page.locator(".buurt-map")).to_be_hidden()
    stand(visitor, BENCH)
    ask_where(visitor)
    expect(visitor.page.locator("#places")).to_have_text("Dicht bij jou")
    visitor.tap("[data-view=map]")
    expect(visitor.page.locator(".m-me")).to_be_visible()


def test_a_map_that_was_still_being_laid_when_its_tab_was_tapped(phone: Callable[..., Phone]):
    visitor = phone()
    visitor.page.add_init_script("""
        const soon = setTimeout
        window.setTimeout = (then, after = 400, ...more) => soon(then, after, ...more)""")
    visitor.open(f"{HERE}/")
    visitor.tap("[data-view=list]")
    stand(visitor, BENCH)
    ask_where(visitor)
    expect(visitor.page.locator("[data-part=ground]")).to_have_class(re.compile("leaflet-container"))
    visitor.tap("[data-view=map]")
    expect(visitor.page.locator(".m-me")).to_be_visible()


# ---- light, and from here alone


def test_home_fetches_no_leaflet_before_somebody_taps_the_map(phone: Callable[..., Phone]):
    visitor = phone()
    asked: list[str] = []
    visitor.context.on("request", lambda request: asked.append(request.url))
    visitor.open(f"{HERE}/")
    visitor.page.wait_for_load_state("networkidle")
    assert [url for url in asked if "leaflet/" in url or "geojson" in url] == []
    visitor.page.locator(".buurt-mapdrawing").tap(position={"x": 6, "y": 6})
    see_the_map(visitor.page)
    assert sorted(urlsplit(url).path.rpartition("/")[2] for url in asked if "leaflet/" in url) == [
        "leaflet.css",
        "leaflet.js",
    ]
    assert {urlsplit(url).netloc for url in asked} == {visitor.site.host}


def test_without_scripts_the_picture_leads_to_the_places_and_the_list_is_there(phone: Callable[..., Phone]):
    visitor = phone(scripts=False)
    visitor.open(f"{HERE}/map")
    expect(visitor.page.locator(".buurt-mapdrawing")).to_be_visible()
    assert len(places(visitor.page)) == 8
    assert visitor.page.get_by_role("button", name="Waar ben ik?").count() == 0
    visitor.page.locator(".buurt-mapdrawing a[aria-label='Huis van de wijk']").focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/spots/huis-van-de-wijk*")


def test_when_leaflet_does_not_come_the_picture_stays_and_the_next_tap_tries_again(phone: Callable[..., Phone]):
    visitor = phone()
    visitor.expected.append("ERR_FAILED")
    visitor.page.route("**/vendor/leaflet/leaflet.js*", lambda route: route.abort())
    visitor.open(f"{HERE}/")
    visitor.tap("[data-zoom='1']")
    visitor.page.wait_for_load_state("networkidle")
    expect(visitor.page.locator(".buurt-mapdrawing")).to_be_visible()
    visitor.page.unroute("**/vendor/leaflet/leaflet.js*")
    visitor.tap("[data-zoom='1']")
    see_the_map(visitor.page)


# ---- an operator's own tiles


class Tiles(http.server.BaseHTTPRequestHandler):
    """A tile server: one grey square for every address."""

    asked: list[str]
    square: bytes

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Cross-Origin-Resource-Policy", "cross-origin")
        self.end_headers()
        self.wfile.write(self.square)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def tile_server() -> Iterator[tuple[str, list[str]]]:
    drawn = BytesIO()
    Image.new("RGB", (256, 256), "lightgrey").save(drawn, "PNG")
    handler = type("Here", (Tiles,), {"asked": [], "square": drawn.getvalue()})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", handler.asked
    server.shutdown()
    server.server_close()


def test_an_operators_tiles_are_shown_from_that_host_alone(
    browser: Browser, tmp_path: Path, tile_server: tuple[str, list[str]]
):
    host, asked = tile_server
    like_pdok = A_MAP["BUURT_TILES"].replace("https://service.pdok.nl", host)
    more = {"BUURT_TILES": like_pdok, "BUURT_TILES_CREDIT": "© De Buurt & Co"}
    with serving(tmp_path, **more) as site:
        visitor = Phone(browser, site)
        visitor.open(f"{HERE}/map")
        see_the_map(visitor.page)
        expect(visitor.page.locator("img.leaflet-tile-loaded").first).to_be_attached()
        expect(visitor.page.locator(".buurt-map__credit")).to_have_text("© De Buurt & Co")
        under = r"/brt/achtergrondkaart/wmts/v2_0/standaard/EPSG:3857/1[4-9]/\d+/\d+\.png"
        assert asked
        assert all(re.fullmatch(under, path) for path in asked)
        visitor.expected.append("Content Security Policy")
        blocked = visitor.page.evaluate(
            """(url) => new Promise((done) => {
          const image = new Image(); image.onload = () => done('shown'); image.onerror = () => done('blocked')
          image.src = url })""",
            host.replace("127.0.0.1", "127.0.0.2") + "/1/1/1.png",
        )
        assert blocked == "blocked"
        visitor.expected += [host, host.replace("127.0.0.1", "127.0.0.2")]
        visitor.close()
