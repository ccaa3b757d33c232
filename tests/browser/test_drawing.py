"""Makers put a pin, and a coordinator draws: by tapping, by keys and without seeing the map, on a small phone."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site, serving
from tests.browser.test_everyone import become_staff, begin_second_lock
from tests.core.places.test_geocoding import Service, service  # noqa: F401  # a fixture

pytestmark = pytest.mark.browser

SPOTS, AREAS = f"{HERE}/staff/spots", f"{HERE}/staff/areas"
BENCH = {"latitude": 52.0898, "longitude": 5.1016, "accuracy": 15}
METRE = 1 / 111_195  # degrees of latitude


@pytest.fixture(scope="module")
def signed_in(browser: Browser, site_served: Site) -> dict[str, list]:
    """The cookies of a maker and of a coordinator."""
    cookies = {}
    for role in ("maker", "coordinator"):
        phone = Phone(browser, site_served)
        become_staff(site_served, phone, role)
        if role == "coordinator":
            begin_second_lock(phone)
        cookies[role] = phone.context.cookies()
        phone.close()
    return cookies


@pytest.fixture
def maker(phone: Callable[..., Phone], signed_in: dict[str, list]) -> Callable[..., Phone]:
    """maker(lang="yi"): a phone on which a maker signed in."""

    def take(**more: object) -> Phone:
        taken = phone(**more)
        taken.context.add_cookies(signed_in["maker"])
        return taken

    return take


@pytest.fixture
def coordinator(phone: Callable[..., Phone], signed_in: dict[str, list], site_served: Site) -> Callable[..., Phone]:
    """A phone of a coordinator who showed a moment ago that it is them."""

    def take(**more: object) -> Phone:
        site_served.change("UPDATE staff_session SET proved_at = datetime('now')")
        taken = phone(**more)
        taken.context.add_cookies(signed_in["coordinator"])
        return taken

    return take


def at(page: Page) -> tuple[float, float]:
    """Where the fields say it is."""
    lat, lon = (page.locator(f"input[name={name}]").input_value() for name in ("lat", "lon"))
    return float(lat), float(lon)


def open_form(holder: Phone, spot: str = "groene-stoep") -> Page:
    holder.open(f"{SPOTS}/{spot}")
    expect(holder.page.locator("place-picker[data-ready]")).to_be_attached()
    return holder.page


def foot(page: Page) -> tuple[float, float]:
    """Where the pin stands on the screen."""
    box = page.locator(".m-picked").bounding_box()
    return box["x"] + 27, box["y"] + 55


def tap(page: Page, x: float, y: float) -> None:
    """Tap the map, at a share of its width and height."""
    ground = page.locator("[data-part=ground]")
    ground.scroll_into_view_if_needed()
    box = ground.bounding_box()
    ground.tap(position={"x": box["width"] * x, "y": box["height"] * y})


def told(page: Page) -> str:
    return page.locator("[data-part=where]").inner_text()


# ---- a place


@pytest.mark.parametrize("lang", ["nl", "yi"])
def test_a_tap_puts_the_pin_the_numbers_follow_and_it_is_kept(maker, site_served: Site, lang: str):
    page = open_form(maker(lang=lang))
    before, said = at(page), told(page)
    expect(page.locator("[name=lat]")).to_be_hidden()
    tap(page, 0.7, 0.3)
    page.wait_for_function("(lat) => document.querySelector('[name=lat]').value !== lat", arg=str(before[0]))
    north, east = at(page)[0] - before[0], at(page)[1] - before[1]
    assert north > 0 < east  # above is north, and right is east, also in a page from right to left
    expect(page.locator("[data-part=where]")).not_to_have_text(said)
    chosen = at(page)
    page.locator("button[form=spot]").tap()
    page.wait_for_url("**/staff/spots*")
    [(lat, lon)] = site_served.rows("SELECT lat, lon FROM spot WHERE key = 'groene-stoep'")
    assert (lat, lon) == chosen


def test_the_arrow_keys_move_it_a_metre_and_with_shift_ten_and_it_is_told(maker):
    page = open_form(maker())
    ground = page.locator("[data-part=ground]")
    ground.focus()
    lat, lon = at(page)
    page.keyboard.press("ArrowUp")
    assert at(page) == (pytest.approx(lat + METRE, abs=1e-6), pytest.approx(lon, abs=1e-6))
    page.keyboard.press("Shift+ArrowDown")
    assert at(page)[0] == pytest.approx(lat - 9 * METRE, abs=2e-6)
    page.keyboard.press("ArrowRight")
    assert at(page)[1] > lon
    expect(page.locator("[data-part=where]")).to_contain_text("Dit punt ligt")
    expect(page.locator("[data-part=where]")).to_contain_text("meter ten")
    zoom = int(ground.get_attribute("data-zoom"))
    page.keyboard.press("-")
    expect(ground).to_have_attribute("data-zoom", str(zoom - 1))
    page.keyboard.press("+")
    expect(ground).to_have_attribute("data-zoom", str(zoom))


def test_a_pin_that_is_dragged_takes_the_numbers_along(maker):
    page = open_form(maker())
    page.locator("[data-part=ground]").scroll_into_view_if_needed()
    (x, y), before = foot(page), at(page)
    page.mouse.move(x, y - 20)
    page.mouse.down()
    page.mouse.move(x + 20, y - 40, steps=4)
    page.mouse.move(x + 60, y - 80, steps=4)
    page.mouse.up()
    assert at(page)[0] > before[0]
    assert at(page)[1] > before[1]


def test_numbers_that_are_typed_move_the_pin_and_the_ring_is_as_wide_as_the_place(maker):
    page = open_form(maker())
    page.locator("[data-part=degrees] summary").click()
    before, (lat, _lon) = foot(page), at(page)
    page.locator("[name=lat]").fill(str(lat + 20 * METRE).replace(".", ","))
    assert foot(page)[1] < before[1]
    wide = "() => document.querySelector('.m-reach').getBBox().width"
    page.locator("[name=radius]").fill("50")
    half = page.evaluate(wide)
    page.locator("[name=radius]").fill("100")
    assert page.evaluate(wide) == pytest.approx(2 * half, rel=0.05)
    page.locator("[name=lat]").fill("here")  # no number: the pin waits where it was
    assert foot(page)[1] < before[1]


def test_here_i_am_asks_the_phone_once_and_only_the_place_goes_along(maker):
    holder = maker()
    holder.context.grant_permissions(["geolocation"])
    holder.context.set_geolocation(BENCH)
    count = """() => { window.asked = 0
      const ask = Geolocation.prototype.getCurrentPosition
      Geolocation.prototype.getCurrentPosition = function (...all) { window.asked += 1; return ask.apply(this, all) }
      Geolocation.prototype.watchPosition = () => { window.asked += 100 } }"""
    holder.page.add_init_script(f"({count})()")
    page = open_form(holder)
    assert page.evaluate("() => window.asked") == 0
    holder.tap("[data-part=here] button")
    expect(page.locator("[data-part=where]")).to_contain_text("15 meter naast")
    assert at(page) == (52.0898, 5.1016)
    assert page.evaluate("() => window.asked") == 1
    sent = page.evaluate("() => [...new FormData(document.querySelector('#spot')).keys()]")
    assert sorted(sent) == ["about-en", "about-nl", "client_key", "lat", "lon", "name", "radius", "street"]


def test_where_the_phone_does_not_say_the_pin_stays_and_it_is_told(maker):
    holder = maker()
    holder.context.clear_permissions()
    page = open_form(holder)
    before = at(page)
    holder.tap("[data-part=here] button")
    expect(page.locator("[data-part=where]")).to_contain_text("zegt niet waar je bent")
    assert at(page) == before


def test_the_other_places_are_seen_and_the_form_asks_no_other_host(maker):
    page = open_form(maker())  # the phone watches for other hosts
    assert page.locator(".m-other").count() == 7


def test_without_scripts_the_numbers_are_all_there_is(maker, site_served: Site):
    plain = maker(scripts=False)
    plain.open(f"{SPOTS}/new")
    expect(plain.page.locator("[name=lat]")).to_be_visible()
    for hidden in ("map", "here", "keys"):
        expect(plain.page.locator(f"[data-part={hidden}]")).to_be_hidden()
    for name, value in {"name": "Oude pomp", "lat": "52,0905", "lon": "5.1012"}.items():
        plain.page.locator(f"#{name}").fill(value)
    plain.tap("button[form=spot]")
    plain.page.wait_for_url("**/staff/spots*")
    assert site_served.rows("SELECT lat FROM spot WHERE name = 'Oude pomp'") == [(52.0905,)]
    site_served.change("DELETE FROM spot WHERE name = 'Oude pomp'")


def test_an_address_is_looked_up_chosen_and_kept_with_scripts_and_without(
    phone: Callable[..., Phone],
    tmp_path: Path,
    service: Service,  # noqa: F811
):
    service.finds({"display_name": "Kanterkade 1", "lat": "52.0907", "lon": "5.1010"})
    with serving(tmp_path, BUURT_GEOCODER=f"http://127.0.0.1:{service.server_port}") as site:
        signed_in = phone(site=site)
        become_staff(site, signed_in, "maker")
        for scripts in (True, False):
            holder = phone(site=site, scripts=scripts)
            holder.context.add_cookies(signed_in.context.cookies())
            look_up_and_keep(holder, scripts)
        kept = site.rows("SELECT key, lat, lon FROM spot WHERE name = 'Oude pomp' ORDER BY key")
        assert kept == [("oude-pomp", 52.0907, 5.101), ("oude-pomp-2", 52.0907, 5.101)]


def look_up_and_keep(holder: Phone, scripts: bool) -> None:
    page = holder.page
    holder.open(f"{SPOTS}/new")
    page.locator("#name").fill("Oude pomp")
    page.locator("#address").fill("Kanterkade 1")
    page.locator("#address").press("Enter")
    page.locator("button[name=pick]").wait_for()
    if scripts:
        expect(page.locator("place-picker[data-ready]")).to_be_attached()
    page.locator("button[name=pick]").tap()
    expect(page.locator("[name=lat]")).to_have_value("52.090700")
    expect(page.locator("#name")).to_have_value("Oude pomp")
    holder.tap("button[form=spot]")
    page.wait_for_url("**/staff/spots*")


# ---- the border and the zones


def open_areas(coordinator: Phone) -> Page:
    coordinator.open(AREAS)
    expect(coordinator.page.locator("area-drawer[data-ready]")).to_be_attached()
    return coordinator.page


DRAWN = re.compile("^Getekend")  # the zone of that name, and no "not drawn yet"


def new_zone(page: Page, name: str) -> None:
    page.locator("[data-do=add]").click()
    page.locator("#zone-name").fill(name)
    page.locator("#zone-name").press("Tab")


def corners(page: Page) -> int:
    return page.locator("[data-part=corners] option").count()


def keep(page: Page) -> None:
    with page.expect_navigation():
        page.locator("area-drawer .buurt-actions button").click()
    expect(page.locator("area-drawer[data-ready]")).to_be_attached()


def low(page: Page, corner: int) -> float:
    """How far below the top of the map a corner of the chosen area stands, in px."""
    top = page.locator("[data-part=ground]").bounding_box()["y"]
    return page.locator(".m-corner").nth(corner).bounding_box()["y"] - top


def ring(site: Site, name: str) -> list[list[float]] | None:
    rows = site.rows("SELECT border FROM zone WHERE name = ?", name)
    return json.loads(rows[0][0]) if rows and rows[0][0] else None


@pytest.fixture(autouse=True)
def tidy(site_served: Site):
    """What was drawn goes again: other tests look at this neighbourhood too."""
    [before] = site_served.rows("SELECT lat, lon FROM spot WHERE key = 'groene-stoep'")
    yield
    site_served.change("DELETE FROM zone WHERE name LIKE 'Getekend%'")
    site_served.change("UPDATE zone SET border = NULL")
    site_served.change("UPDATE spot SET lat = ?, lon = ? WHERE key = 'groene-stoep'", *before)


@pytest.mark.parametrize("lang", ["nl", "yi"])
def test_a_zone_is_drawn_by_tapping_its_corners(coordinator, site_served: Site, lang: str):
    page = open_areas(coordinator(lang=lang))
    new_zone(page, "Getekend")
    for x, y in ((0.3, 0.3), (0.6, 0.3), (0.6, 0.6), (0.3, 0.6)):
        tap(page, x, y)
    expect(page.locator("[data-part=corners] option")).to_have_count(4)
    keep(page)
    (north, west), (_, east), (south, _), _ = ring(site_served, "Getekend")
    assert north > south
    assert east > west


def test_a_zone_is_drawn_by_keys_alone_and_each_step_is_told(coordinator, site_served: Site):
    page = open_areas(coordinator())
    page.locator("[data-do=add]").press("Enter")
    page.keyboard.type("Getekend met toetsen")
    page.locator("[data-part=ground]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=where]")).to_contain_text("Hoek 1 van 1.")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[data-part=where]")).to_contain_text("Dit punt ligt")
    for key in ("Enter", "Shift+ArrowUp", "Shift+ArrowUp", "Enter", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("[data-part=where]")).to_contain_text("Hoek 4 van 4.")
    page.keyboard.press("Backspace")
    expect(page.locator("[data-part=where]")).to_contain_text("Hoek 3 van 3.")
    page.locator("area-drawer .buurt-actions button").press("Enter")
    page.wait_for_function("() => document.querySelectorAll('[data-part=areas] button').length === 6")
    (lat, lon), (_, east), (north, _) = ring(site_served, "Getekend met toetsen")
    assert north - lat == pytest.approx(100 * METRE, abs=2e-6)
    assert east > lon


def test_a_corner_is_dragged_or_chosen_from_the_list_nudged_taken_away_and_all_of_it_undone(coordinator):
    page = open_areas(coordinator())
    new_zone(page, "Getekend")
    for x, y in ((0.3, 0.3), (0.6, 0.3), (0.6, 0.6)):
        tap(page, x, y)
    handle = page.locator(".m-corner").first
    expect(page.locator(".m-corner")).to_have_count(3)
    before, first = handle.bounding_box(), low(page, 0)
    page.mouse.move(before["x"] + 24, before["y"] + 24)
    page.mouse.down()
    page.mouse.move(before["x"] + 24, before["y"] + 60, steps=5)
    page.mouse.up()
    expect(page.locator("[data-part=where]")).to_contain_text("Hoek 1 van 3.")
    assert low(page, 0) > first + 15
    page.locator("[data-part=corners]").select_option(index=2)
    expect(page.locator("[data-part=where]")).to_contain_text("Hoek 3 van 3.")
    last = low(page, 2)
    for _ in range(8):
        page.get_by_role("button", name="Vijf meter naar het noorden").click()
    assert low(page, 2) < last - 5
    page.locator("[data-do=take]").click()
    expect(page.locator("[data-part=corners] option")).to_have_count(2)
    undo = page.locator("[data-do=undo]")
    for _ in range(9):
        undo.click()
    expect(page.locator("[data-part=corners] option")).to_have_count(3)
    assert low(page, 2) == pytest.approx(last, abs=1)
    undo.click()
    assert low(page, 0) == pytest.approx(first, abs=1)


def test_a_line_that_crosses_itself_is_told_at_once_and_is_not_sent(coordinator, site_served: Site):
    page = open_areas(coordinator())
    new_zone(page, "Getekend als een strik")
    for x, y in ((0.3, 0.3), (0.6, 0.6), (0.6, 0.3), (0.3, 0.6)):
        tap(page, x, y)
    expect(page.locator("[data-part=fault]")).to_contain_text("Getekend als een strik kruist zichzelf")
    page.locator("area-drawer .buurt-actions button").click()
    expect(page.locator("[data-part=fault]")).to_be_in_viewport()
    assert site_served.rows("SELECT 1 FROM zone WHERE name LIKE 'Getekend%'") == []


def test_a_zone_that_people_live_in_has_no_button_to_go_and_one_without_has(coordinator):
    page = open_areas(coordinator())
    page.get_by_role("button", name="Touwbaan").click()
    expect(page.locator("[data-part=living]")).to_contain_text("hoogstens 5")
    expect(page.locator("[data-do=remove]")).to_be_hidden()
    new_zone(page, "Getekend")
    expect(page.locator("[data-do=remove]")).to_be_visible()
    page.locator("[data-do=remove]").click()
    expect(page.get_by_role("button", name=DRAWN)).to_have_count(0)
    page.get_by_role("button", name="De grens").click()
    expect(page.locator("[data-do=remove]")).to_be_hidden()
    expect(page.locator("#zone-name")).to_be_hidden()


def test_a_drawing_that_was_refused_comes_back_and_can_be_kept_then(coordinator, site_served: Site):
    drawer = coordinator()
    page = open_areas(drawer)
    new_zone(page, "Getekend")
    for x, y in ((0.3, 0.3), (0.6, 0.3), (0.6, 0.6)):
        tap(page, x, y)
    drawer.expect_refusals(403)
    site_served.change("UPDATE staff_session SET proved_at = NULL")
    with page.expect_navigation():
        page.locator("area-drawer .buurt-actions button").click()
    site_served.change("UPDATE staff_session SET proved_at = since")
    open_areas(drawer)
    expect(page.locator("[data-part=restored]")).to_be_visible()
    expect(page.get_by_role("button", name=DRAWN)).to_be_visible()
    keep(page)
    expect(page.locator("[data-part=restored]")).to_be_hidden()
    assert len(ring(site_served, "Getekend")) == 3


def test_a_drawing_that_breaks_a_rule_comes_back_with_the_sentence_above_it(coordinator, site_served: Site):
    drawer = coordinator()
    page = open_areas(drawer)
    new_zone(page, "Ik kom hier wonen")
    for x, y in ((0.3, 0.3), (0.6, 0.3), (0.6, 0.6)):
        tap(page, x, y)
    drawer.expect_refusals(422)
    keep(page)
    expect(page.get_by_role("alert")).to_have_text("Twee buurtjes hebben dezelfde naam.")
    expect(page.locator("[data-part=restored]")).to_be_visible()
    page.get_by_role("button", name="Ik kom hier wonen").click()
    page.locator("#zone-name").fill("Getekend")
    page.locator("#zone-name").press("Tab")
    keep(page)
    assert len(ring(site_served, "Getekend")) == 3


def test_without_scripts_a_file_is_read_in(coordinator, site_served: Site, tmp_path: Path):
    plain = coordinator(scripts=False)
    plain.open(AREAS)
    expect(plain.page.locator("[data-part=map]")).to_be_hidden()
    expect(plain.page.get_by_text("Bewaar de tekening")).to_be_hidden()
    file = tmp_path / "border.geojson"
    square = [[5.10, 52.09], [5.11, 52.09], [5.11, 52.10], [5.10, 52.09]]
    feature = {"type": "Feature", "properties": {"name": "x"}, "geometry": {"type": "Polygon", "coordinates": [square]}}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    plain.page.locator("#file").set_input_files(file)
    plain.page.locator("input[value=border]").check()
    with plain.page.expect_navigation():
        plain.page.get_by_role("button", name="Lees het in").tap()
    expect(plain.page.locator("area-drawer li").first).to_contain_text("Hoeken: 3")
    site_served.change("UPDATE neighbourhood SET border = NULL")
