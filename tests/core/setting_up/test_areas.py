"""Drawing a neighbourhood anew: who lives in a zone keeps it, a line has an inside, and a file goes round unchanged."""

import io
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from itertools import combinations
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core import clock as now
from core.audit.models import AuditEntry
from core.database import db, writing
from core.guard import Role
from core.neighbourhoods import queries
from core.neighbourhoods.models import Zone
from core.people.models import Person
from core.refusal import Refusal
from core.security import FORM_BYTES
from core.setting_up import outline, redrawing, rings
from game.challenges.models import Challenge
from tests import make
from tests.core.setting_up.test_new import HOUSE, SQUARE, area, geojson
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault

pytestmark = pytest.mark.both
PAGE, FORM = "/w/lombok/staff/areas", "multipart/form-data; boundary=x"
TRIANGLE = [[5.101, 52.091], [5.105, 52.091], [5.103, 52.094], [5.101, 52.091]]
BOWTIE = [[5.10, 52.09], [5.11, 52.10], [5.11, 52.09], [5.10, 52.10], [5.10, 52.09]]
WIDE = [[5.10, 52.08], [5.13, 52.08], [5.13, 52.10], [5.10, 52.10], [5.10, 52.08]]


@pytest.fixture
def lombok(app, clock) -> Flask:
    with app.app_context():
        make.world()  # three of the cast live in Noord and Zuid
    return app


@pytest.fixture
def coordinator(lombok) -> FlaskClient:
    device = join(lombok, Role.COORDINATOR, "cor", "Rode Laars")
    with_code(device)
    return device


def drawn(*features) -> bytes:
    return geojson(*features)


def border(ring=SQUARE):
    feature = area("Lombok", ring)
    feature["properties"]["part"] = "border"
    return feature


def zone(name, which=None, ring=TRIANGLE):
    feature = area(name, ring)
    feature["properties"]["zone"] = which
    return feature


def send(device, content, what="all", status=303) -> str:
    """What the drawing sends: no file, but the same text."""
    answer = device.post(PAGE, data={"what": what, "areas": content})
    assert answer.status_code == status, answer.text
    return answer.text


def upload(device, content, what="zones", status=303) -> str:
    data = {"what": what, "file": (io.BytesIO(content), "x.geojson")}
    answer = device.post(PAGE, data=data, content_type="multipart/form-data")
    assert answer.status_code == status, answer.text
    return answer.text


def form(content: bytes, field: bytes = b"areas") -> bytes:
    """What a browser sends, made here: the client of the tests keeps a large one in a file that it leaves open."""
    told = b"Content-Disposition: form-data; name="
    parts = [b"--x", told + b'"what"', b"", b"all", b"--x", told + b'"' + field + b'"', b"", content, b"--x--", b""]
    return b"\r\n".join(parts)


def zones(app) -> dict[str, int]:
    with app.app_context():
        return {zone.name: zone.id for zone in queries.by_slug("lombok").zones}


# ---- zones


def test_a_zone_with_another_name_and_another_shape_keeps_who_lives_there(lombok, coordinator):
    before = zones(lombok)
    send(coordinator, drawn(border(), zone("Kanaalbuurt", before["Noord"]), zone("Zuid", before["Zuid"])))
    assert zones(lombok) == {
        "Kanaalbuurt": before["Noord"], "Zuid": before["Zuid"], "Ik kom hier wonen": before["Ik kom hier wonen"],
    }  # fmt: skip
    with lombok.app_context():
        people = db.session.scalars(select(Person).where(Person.zone_id == before["Noord"])).unique().all()
        assert {person.zone.name for person in people} == {"Kanaalbuurt"}
        assert db.session.get_one(Zone, before["Noord"]).border[0] == [52.091, 5.101]  # latitude first


def test_two_zones_can_swap_their_names(lombok, coordinator):
    before = zones(lombok)
    send(coordinator, drawn(border(), zone("Zuid", before["Noord"]), zone("Noord", before["Zuid"])))
    after = zones(lombok)
    assert (after["Zuid"], after["Noord"]) == (before["Noord"], before["Zuid"])


def test_a_zone_that_people_live_in_cannot_be_left_out_and_nothing_changes(lombok, coordinator):
    before = zones(lombok)
    page = send(coordinator, drawn(border(WIDE), zone("Zuid", before["Zuid"]), zone("Oost")), status=409)
    assert "In Noord wonen mensen: hoogstens 5" in page
    assert zones(lombok) == before
    with lombok.app_context():
        assert queries.by_slug("lombok").border is None


def test_what_is_not_drawn_yet_says_so_instead_of_how_many_corners_it_has(lombok, coordinator):
    with lombok.app_context(), writing():
        queries.by_slug("lombok").border = None
    page = coordinator.get(PAGE).text
    assert 'buurt-list__meta">Nog niet getekend<' in page
    assert 'buurt-list__meta">Hoeken: 0<' not in page


def test_without_javascript_the_page_says_that_a_file_works(lombok, coordinator):
    page = coordinator.get("/w/lombok/staff/areas").text
    said = re.search("<noscript>.*?</noscript>", page, re.DOTALL)[0]
    assert "JavaScript" in said
    assert "GeoJSON" in said


def test_people_are_counted_up_to_the_next_five(lombok, coordinator):
    with lombok.app_context(), writing():
        here = queries.by_slug("lombok")
        for number in range(4):  # with the two of the cast: six
            make.person(here, f"Buur {'ABCD'[number]}bc", "Noord")
    page = send(coordinator, drawn(border(), zone("Zuid")), status=409)
    assert "hoogstens 10" in page
    shown = json.loads(re.search(r"data-areas='([^']*)'", coordinator.get(PAGE).text)[1])
    assert {one["name"]: one["living"] for one in shown} == {"Lombok": 0, "Noord": 10, "Zuid": 5}


def test_a_zone_whose_people_have_met_stays_when_they_have_left_it(lombok, coordinator):
    with lombok.app_context(), writing():
        one, other = (
            db.session.scalars(select(Person).where(Person.name == name)).unique().one()
            for name in ("Blauwe Reiger", "Warme Sjaal")
        )
        make.confirmed(one, other)
        for person in db.session.scalars(select(Person)).unique():
            person.zone = None
    assert "Mensen uit Noord hebben elkaar ontmoet" in send(coordinator, drawn(border(), zone("Zuid")), status=409)
    assert "Noord" in zones(lombok)


def test_a_zone_that_nobody_chose_goes_and_a_new_one_comes(lombok, coordinator):
    before = zones(lombok)
    kept = [zone(name, before[name]) for name in ("Noord", "Zuid")]
    send(coordinator, drawn(border(), *kept, zone("Oost")))
    assert set(zones(lombok)) == {"Noord", "Zuid", "Oost", "Ik kom hier wonen"}
    send(coordinator, drawn(border(), *kept))
    assert set(zones(lombok)) == {"Noord", "Zuid", "Ik kom hier wonen"}


@pytest.mark.parametrize("name", ["Noord", "NOORD", "Ik kom hier wonen", "ik KOM hier wonen"])
def test_two_zones_of_one_name_are_refused(lombok, coordinator, name):
    before = zones(lombok)
    kept = [zone("Noord", before["Noord"]), zone("Zuid", before["Zuid"])]
    send(coordinator, drawn(border(), *kept, zone(name)), status=422)
    assert zones(lombok) == before


def test_the_zone_of_another_neighbourhood_is_none_of_ours(lombok, coordinator):
    with lombok.app_context(), writing():
        there = make.neighbourhood("hoograven").zones[0].id
    before = zones(lombok)
    send(coordinator, drawn(border(), zone("Noord"), zone("Zuid"), zone("Oost", there)))
    assert {name: before[name] for name in ("Noord", "Zuid")}.items() <= zones(lombok).items()
    with lombok.app_context():
        assert db.session.get_one(Zone, there).name == "Noord"


def test_who_is_still_to_come_keeps_their_zone_whatever_is_drawn(lombok, coordinator):
    before = zones(lombok)["Ik kom hier wonen"]
    send(coordinator, drawn(border(), zone("Thuis", before), zone("Noord"), zone("Zuid")))
    after = zones(lombok)
    assert after["Ik kom hier wonen"] == before
    assert after["Thuis"] != before


def test_one_drawing_sent_by_several_at_one_instant_makes_its_zone_once(lombok, coordinator, monkeypatch):
    matched = redrawing._matched

    def slowly_matched(*what):
        time.sleep(0.1)  # so that all have read the zones before one of them is done
        return matched(*what)

    monkeypatch.setattr(redrawing, "_matched", slowly_matched)
    cookies = [cookie for cookie in (coordinator.get_cookie("device"), coordinator.get_cookie("staff")) if cookie]
    content, start = drawn(zone("Noord"), zone("Zuid"), zone("Oost")), Barrier(6)

    def draw(_number: int) -> int:
        laptop = lombok.test_client()
        for cookie in cookies:
            laptop.set_cookie(cookie.key, cookie.value)
        start.wait(10)
        return laptop.post(PAGE, data={"what": "zones", "areas": content}).status_code

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(draw, range(6))) == [303] * 6
    assert len(zones(lombok)) == 4


def test_a_zone_that_only_challenges_name_goes_and_they_name_none(lombok, coordinator):
    with lombok.app_context(), writing():
        here = queries.by_slug("lombok")
        here.zones.append(Zone(name="Oost"))
        db.session.flush()
        for key, moment in (("open", None), ("retired", now.now())):
            make.challenge(here, key, zone_id=here.zones[-1].id, retired_at=moment)
    before = zones(lombok)
    send(coordinator, drawn(border(), *[zone(name, before[name]) for name in ("Noord", "Zuid")]))
    assert "Oost" not in zones(lombok)
    with lombok.app_context():
        kept = select(Challenge).where(Challenge.key.in_(["open", "retired"]))
        assert [one.zone for one in db.session.scalars(kept)] == [None, None]


def test_a_zone_may_have_any_letters_and_its_spaces_are_plain(lombok, coordinator):
    before = zones(lombok)
    half_a_day, nobodys = "\u0646\u06cc\u0645\u200c\u0631\u0648\u0632", "Oud\u00a0 Noord"
    send(coordinator, drawn(border(), zone(half_a_day, before["Noord"]), zone(nobodys, before["Zuid"])))
    assert set(zones(lombok)) == {half_a_day, "Oud Noord", "Ik kom hier wonen"}


@pytest.mark.parametrize("name", ["a\x07b", "a\nb", "a\x00", "\ud800", "\u200c", " \u00a0 "])
def test_a_name_of_controls_or_of_nothing_to_see_is_refused(lombok, coordinator, name):
    before = zones(lombok)
    send(coordinator, drawn(border(), zone("Noord"), zone("Zuid"), zone(name)), status=422)
    assert zones(lombok) == before


# ---- the border, and files


def test_the_border_alone_leaves_the_zones_and_the_zones_alone_leave_the_border(lombok, coordinator):
    before = zones(lombok)
    upload(coordinator, drawn(area("Whatever", WIDE)), "border")
    with lombok.app_context():
        here = queries.by_slug("lombok")
        assert here.border == [[52.08, 5.1], [52.08, 5.13], [52.1, 5.13], [52.1, 5.1]]
        assert (here.lat, here.lon) == pytest.approx((52.09, 5.115))
    assert zones(lombok) == before
    upload(coordinator, drawn(area("Noord"), area("Zuid"), area("West")))
    assert zones(lombok).keys() - before.keys() == {"West"}
    with lombok.app_context():
        assert queries.by_slug("lombok").border[0] == [52.08, 5.1]


def test_a_made_up_neighbourhood_stays_where_its_drawing_lies(lombok, coordinator):
    with lombok.app_context(), writing():
        queries.by_slug("lombok").is_made_up = True
    upload(coordinator, drawn(area("x", WIDE)), "border")
    with lombok.app_context():
        here = queries.by_slug("lombok")
        assert (here.lat, here.lon) == (52.09, 5.1)
        assert here.border


def test_what_is_taken_along_is_read_back_unchanged(lombok, coordinator):
    before = zones(lombok)
    send(coordinator, drawn(border(), zone("Noord", before["Noord"]), zone("Zuid", before["Zuid"], WIDE)))
    file = coordinator.get(f"{PAGE}.geojson")
    assert file.mimetype == "application/geo+json"
    assert "lombok.geojson" in file.headers["Content-Disposition"]
    features = json.loads(file.data)["features"]
    assert features[0]["geometry"]["coordinates"] == [SQUARE]  # longitude first, and closed
    upload(coordinator, file.data, "all")
    assert coordinator.get(f"{PAGE}.geojson").data == file.data


def test_a_file_from_elsewhere_matches_by_name_whatever_it_numbers(lombok, coordinator):
    before = zones(lombok)
    upload(coordinator, drawn(zone("Zuid", before["Noord"]), zone("Noord", before["Zuid"])))
    assert zones(lombok) == before
    for home, were in (("hoograven", ("Noord", "Zuid")), ("lombok", ("Oost", "West")), ("lombok", ("Zuid", "Noord"))):
        theirs = [zone("Zuid", before["Noord"]), zone("Noord", before["Zuid"])]
        for feature, was in zip(theirs, were, strict=True):
            feature["properties"] |= {"neighbourhood": home, "was": was}
        upload(coordinator, drawn(*theirs))
        assert zones(lombok) == before


def test_a_zone_renamed_in_the_file_that_was_taken_along_stays_the_same_one(lombok, coordinator):
    before = zones(lombok)
    file = json.loads(coordinator.get(f"{PAGE}.geojson").data)
    other = {"Noord": "Zuid", "Zuid": "Kanaalbuurt"}
    for feature in file["features"]:
        name = feature["properties"]["name"]
        feature["properties"]["name"] = other.get(name, name)
    upload(coordinator, json.dumps(file).encode(), "all")
    after = zones(lombok)
    assert (after["Zuid"], after["Kanaalbuurt"]) == (before["Noord"], before["Zuid"])


def test_a_drawing_of_many_corners_is_kept_as_a_file_of_that_size_is(lombok, coordinator):
    many = [[5.101 + number / 3e6, 52.091 + number**2 / 3e9] for number in range(400)]
    large = [zone(f"Z{number}", None, [*many, [5.1, 52.1], many[0]]) for number in range(20)]
    content = drawn(border(), zone("Noord"), zone("Zuid"), *large)
    assert FORM_BYTES < len(content) < outline.LARGEST_FILE
    assert coordinator.post(PAGE, data=form(content), content_type=FORM).status_code == 303
    assert "Z19" in zones(lombok)


def test_zones_that_were_never_drawn_can_wait_and_round_trip(lombok, coordinator):
    before = zones(lombok)
    file = coordinator.get(f"{PAGE}.geojson").data
    assert [one["geometry"] for one in json.loads(file)["features"]] == [None] * 3
    upload(coordinator, file, "all")
    assert zones(lombok) == before
    upload(coordinator, file, "zones", status=422)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "all"), (b"{}", "zones"), (drawn(area("Noord", BOWTIE)), "zones"), (drawn(area("x", BOWTIE)), "border"),
        (drawn(area("Noord", SQUARE[:2])), "zones"), (drawn(area("Noord")), "everything"), (drawn(area("Noord")), ""),
        (drawn(*[area(f"z{number}") for number in range(42)]), "zones"), (b"\xff" * 100, "all"),
        (json.dumps({"features": [{"type": "Feature", "properties": None, "geometry": None}]}).encode(), "all"),
        (drawn(area("Noord", [[10**400, 52], *SQUARE])), "zones"),
    ],
    ids=range(11),
)  # fmt: skip
def test_what_is_no_drawing_is_refused_and_nothing_changes(lombok, coordinator, content, what):
    before = zones(lombok)
    upload(coordinator, content, what, status=422)
    assert zones(lombok) == before
    with lombok.app_context():
        assert queries.by_slug("lombok").border is None


def test_a_file_that_is_refused_says_so_at_its_field_and_keeps_what_was_chosen(lombok, coordinator):
    page = upload(coordinator, b"{}", "border", status=422)
    assert "1 tot 41 gebieden" in fault(page, "file")
    assert re.search(r'name="what" value="border" required checked', page)
    assert "Zeg wat er in het bestand staat" in fault(upload(coordinator, drawn(area("Noord")), "", status=422), "what")


def test_a_drawing_that_is_refused_says_so_on_the_page_where_it_was_drawn(lombok, coordinator):
    page = send(coordinator, drawn(border(), zone("Ik kom hier wonen")), status=422)
    assert re.search(r'role="alert".*?Twee buurtjes hebben dezelfde naam.*?<area-drawer', page, re.DOTALL)


def test_a_file_of_more_than_two_megabytes_is_refused(lombok, coordinator):
    content = form(b" " * (outline.LARGEST_FILE + 1), b'file"; filename="x.geojson')
    assert coordinator.post(PAGE, data=content, content_type=FORM).status_code == 413


def test_no_file_at_all_is_refused(lombok, coordinator):
    assert coordinator.post(PAGE, data={"what": "all"}).status_code == 422


# ---- who may, and what stands in the log


@pytest.mark.parametrize("role", [Role.MAKER, Role.EDITOR])
def test_only_a_coordinator_draws(lombok, role):
    device = join(lombok, role, "somebody", "Gele Schaar")
    if role == Role.EDITOR:
        with_code(device)
    assert device.get(PAGE).status_code == 403
    send(device, drawn(border()), status=403)


def test_after_a_while_it_is_asked_whether_it_is_still_them(lombok, coordinator, clock):
    clock.advance(minutes=11)
    assert coordinator.get(PAGE).location.endswith("/staff/again?then=/w/lombok/staff/areas")
    before = zones(lombok)
    send(coordinator, drawn(border(), zone("Noord"), zone("Zuid"), zone("Oost")), status=403)
    assert zones(lombok) == before


def test_each_drawing_stands_in_the_log_and_a_refused_one_does_not(lombok, coordinator):
    send(coordinator, drawn(border(), zone("Noord"), zone("Zuid")))
    send(coordinator, drawn(border()), status=409)
    with lombok.app_context():
        found = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "neighbourhood.draw")).all()
        assert [(entry.about, entry.role) for entry in found] == [("lombok", "coordinator")]
        assert found[0].actor


def test_the_page_has_the_areas_also_without_javascript(lombok, coordinator):
    page = coordinator.get(PAGE).text
    assert re.findall(r'<bdi[^>]* lang="nl">(\w+)</bdi>', page) == ["Noord", "Zuid"]
    assert "Ik kom hier wonen" not in page


# ---- a square to begin with


def around(app, text):
    words = ["neighbourhood", "new", "lombok", "Lombok", "--around", text, "--house", HOUSE]
    return app.test_cli_runner().invoke(args=words)


def test_a_neighbourhood_can_begin_as_a_square_around_a_point(app):
    assert around(app, "52.095, 5.105, 500").exit_code == 0
    with app.app_context():
        here = queries.by_slug("lombok")
        assert (here.lat, here.lon) == pytest.approx((52.095, 5.105))
        south, north = min(lat for lat, _lon in here.border), max(lat for lat, _lon in here.border)
        assert (north - south) * 111_195 == pytest.approx(1000, rel=0.001)
        assert len(here.border) == 4


@pytest.mark.parametrize(
    "text", ["52.095, 5.105", "here", "nan, 5, 500", "52, 5, 20000", "52, 5, -5", "91, 5, 500", ""]
)
def test_a_square_that_is_none_is_refused(app, text):
    assert around(app, text).exit_code != 0
    with app.app_context():
        assert queries.everyone() == []


# ---- a line that crosses itself


def slowly(ring: list[tuple[int, int]]) -> bool:
    """The same by another way, exactly: two sides that are no neighbours share a point, or neighbours more than one."""
    sides = list(zip(ring, ring[1:] + ring[:1], strict=True))
    for (i, one), (j, other) in combinations(enumerate(sides), 2):
        shared = meet(one, other)
        if shared == "stretch" or (shared and not (j == i + 1 or (i == 0 and j == len(sides) - 1))):
            return True
    return False


def meet(one, other) -> str:
    """ "", "point" or "stretch": what two sides have in common, by solving for where along each."""
    (ax, ay), (bx, by) = one
    (cx, cy), (dx, dy) = other
    rx, ry, sx, sy = bx - ax, by - ay, dx - cx, dy - cy
    cross = rx * sy - ry * sx
    if cross:
        t = Fraction((cx - ax) * sy - (cy - ay) * sx, cross)
        u = Fraction((cx - ax) * ry - (cy - ay) * rx, cross)
        return "point" if 0 <= t <= 1 and 0 <= u <= 1 else ""
    if (cx - ax) * ry - (cy - ay) * rx:
        return ""
    length = rx * rx + ry * ry
    ends = sorted(Fraction((x - ax) * rx + (y - ay) * ry, length) for x, y in other)
    low, high = max(ends[0], 0), min(ends[1], 1)
    return "" if low > high else "point" if low == high else "stretch"


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=3, max_size=8))
def test_a_line_that_crosses_itself_is_found_as_by_solving_it_exactly(corners):
    ring = rings.tidied(corners)
    if len(ring) >= 3:
        assert (rings.first_crossed([ring]) == 0) == slowly(list(ring))


def test_a_line_too_intricate_to_judge_is_refused():
    star = tuple((52 + (number % 2) / 10, 5 + number / 10_000) for number in range(1000))
    with pytest.raises(Refusal):
        rings.first_crossed([star])


def test_a_file_of_many_intricate_lines_is_refused_within_a_second():
    combs = [area(f"z{number}", comb(300, 5 + number / 1000)) for number in range(outline.MOST_AREAS)]
    began = time.process_time()
    with pytest.raises(Refusal, match="too intricate"):
        outline.areas(geojson(*combs))
    assert time.process_time() - began < 1


def comb(corners: int, west: float) -> list[list[float]]:
    """A ring of teeth that all stand side by side."""
    teeth = [[west + number / 10_000, 52.0 if number % 2 else 52.01] for number in range(corners)]
    return [*teeth, [west + corners / 10_000, 52.3], [west, 52.3], teeth[0]]


def test_real_borders_do_not_cross_themselves(samples):
    found = outline.areas((samples / "utrecht_wijken_click_that_hood.geojson").read_bytes())
    assert max(len(one.ring) for one in found) > 3000


def test_the_areas_of_a_neighbourhood_are_read_back_as_they_were_written(inside):
    here = make.neighbourhood()
    here.border = [[52.0, 5.0], [52.0, 5.1], [52.1, 5.1]]
    written = redrawing.drawn(here)
    assert outline.areas(outline.geojson(written).encode(), may_be_undrawn=True) == written
