"""The log of a neighbourhood: what a coordinator reads in it, and what stands nowhere in it."""

import re

import pytest

from core import clock as now
from core.audit import queries as kept
from core.audit import service as audit
from core.database import writing
from core.guard import STAFF, Role
from core.neighbourhoods import queries as neighbourhoods
from core.people import erasure
from core.staff import roles
from tests import make
from tests.bench import queries as bench
from tests.core import objects
from tests.core.staff.test_pages import ADMIN, BASE, join, with_code

LINE = re.compile(r'<span class="buurt-list__name">(.*?)</span>')
pytestmark = pytest.mark.both


@pytest.fixture
def coordinator(app, clock):
    """The device of a coordinator in Lombok."""
    with app.app_context():
        make.world()
    device = join(app, Role.COORDINATOR, name="Rode Laars")
    with_code(device)
    return device


def here(slug="lombok"):
    return neighbourhoods.by_slug(slug).id


def record(*acts, slug="lombok", **more):
    with writing():
        for action, about in acts:
            audit.record(action, about, here(slug), **more)


def lines(device, query=""):
    """What each line says was done, and to whom."""
    answer = device.get(f"{BASE}/log{query}")
    assert answer.status_code == 200
    return [re.sub(r"</?bdi[^>]*>", "", line) for line in LINE.findall(answer.text)]


def test_the_last_act_stands_first_with_when_who_in_which_role_and_to_whom(app, coordinator, clock):
    with app.app_context(), writing():
        amina, bram = make.person(make_here(), "Stille Uil"), make.person(make_here(), "Blije Vos")
        clock.set(now.now().replace(hour=10, minute=5))  # in Amsterdam it is two hours later
        audit.record("role.grant", bram.player_key, here(), amina.player_key, "coordinator", reason="host")
    page = coordinator.get(f"{BASE}/log").text
    assert lines(coordinator)[0] == "Een rol gegeven: Blije Vos"
    first = page[page.index("Een rol gegeven: ") - 200 :][:700]
    assert "12.05" in first
    assert '<bdi translate="no">Stille Uil</bdi> · Coördinator' in first
    assert "Gastheer of gastvrouw" in first


def make_here():
    return neighbourhoods.by_slug("lombok")


def test_what_was_done_in_another_neighbourhood_does_not_show(app, coordinator):
    before = lines(coordinator)
    with app.app_context():
        with writing():
            make.neighbourhood("hoograven")
        record(("season.start", "2026-06-01"), ("spot.new", "bank"), slug="hoograven")
        record(("plate.rekey", "2"), slug="lombok")
    assert lines(coordinator) == ["Een nieuwe sleutel voor bordjes gemaakt", *before]


def test_a_name_of_another_neighbourhood_never_shows(app, coordinator):
    with app.app_context(), writing():
        there = make.neighbourhood("hoograven")
        them = make.person(there, "Stille Geheim")
        audit.record("role.end", them.player_key, here(), them.player_key, "coordinator")
        audit.record("role.grant", them.player_key, here())
    assert "Stille Geheim" not in coordinator.get(f"{BASE}/log").text


def test_who_was_erased_has_no_name_in_it(app, coordinator):
    with app.app_context():
        with writing():
            leaves = make.person(make_here(), "Verre Zwaluw")
            stays = make.person(make_here(), "Blije Vos")
            audit.record("role.end", stays.player_key, here(), leaves.player_key, "coordinator")
            audit.record("role.grant", leaves.player_key, here(), stays.player_key, "coordinator")
        assert "Verre Zwaluw" in coordinator.get(f"{BASE}/log").text
        with writing():
            erasure.ask(leaves, "Verre Zwaluw", None)
        asked = coordinator.get(f"{BASE}/log").text
    assert "Verre Zwaluw" not in asked
    assert lines(coordinator)[:2] == ["Een rol gegeven: een oud-speler", "Een rol beëindigd: Blije Vos"]
    assert '<bdi translate="no">een oud-speler</bdi>' in asked


def test_who_was_erased_for_good_was_somebody_once(app, clock):
    with app.app_context():
        make.world()
        with writing():
            leaves = make.person(make_here(), "Verre Zwaluw")
            audit.record("spot.new", "bank", here(), leaves.player_key, "maker")
            erasure.ask(leaves, "Verre Zwaluw", None)
        clock.advance(days=2)
        assert erasure.sweep() == 1
    device = join(app, Role.COORDINATOR)
    with_code(device)
    page = device.get(f"{BASE}/log").text
    assert "Verre Zwaluw" not in page
    assert '<bdi translate="no">een oud-speler</bdi> · Maker' in page


def test_what_was_done_by_a_command_says_so(app, coordinator):
    with app.app_context():
        record(("neighbourhood.draw", "lombok"))
    assert '<bdi translate="no">op de machine</bdi>' in coordinator.get(f"{BASE}/log").text


def test_it_does_not_tell_who_met_whom(app, coordinator):
    with app.app_context(), writing():
        host, other = make.person(make_here(), "Stille Uil"), make.person(make_here(), "Andere Uil")
        objects.witnessed(host, other)
        audit.record("meeting.yes for", "m" * 26, here(), host.player_key, Role.HOST)
        audit.record("desk.good", f"name {other.player_key}", here(), host.player_key, Role.EDITOR)
        audit.record("photo.clear", other.player_key, here(), host.player_key, Role.EDITOR)  # even if it were so
        audit.record("meeting.witness", other.player_key, here(), host.player_key, Role.HOST)
    page = coordinator.get(f"{BASE}/log").text
    assert lines(coordinator)[:5] == [
        "Een ontmoeting gezien aan de balie van het huis",
        "Een foto laten zien",
        "Goedgekeurd: Naam",
        "Ja gezegd op een ontmoeting voor wie geen telefoon heeft",
        "Een ontmoeting gezien aan de balie van het huis",
    ]
    assert "Stille Uil" in page
    assert re.findall(r"\w+ Uil", page.replace("Stille Uil", "")) == []
    assert not re.search("[a-z2-7]{26}(?![0-9a-f])", page)  # no key of a person, a meeting or a photo


def test_who_had_a_pause_stands_nowhere_in_it(app, coordinator):
    with app.app_context(), writing():
        paused = make.person(make_here(), "Stille Uil")
        audit.record("player.suspend", paused.player_key, here(), None, Role.EDITOR, reason="pushed, days: 3")
        audit.record("player.resume", paused.player_key, here(), None, Role.EDITOR)
    assert lines(coordinator)[:2] == ["Een pauze beëindigd", "Iemand een pauze gegeven"]
    page = coordinator.get(f"{BASE}/log").text
    assert "Stille Uil" not in page
    assert "Iemand voelde zich gedwongen om af te spreken." in page


def test_a_reason_stands_in_words(app, coordinator):
    with app.app_context():
        record(("desk.back", "look abc"), reason="own phone")
        record(("desk.away", "photo abc"), reason="hurtful")
        record(("desk.away", "photo abc"), reason="of another version")
    page = coordinator.get(f"{BASE}/log").text
    assert "Laat iedereen op de eigen telefoon ja zeggen" in page
    assert "Het kan iemand kwetsen." in page
    assert "of another version" not in page
    assert lines(coordinator)[:3] == ["Weggehaald: Foto", "Weggehaald: Foto", "Teruggestuurd: Kijk even mee"]


def test_an_act_of_another_version_is_not_kept_silent(app, coordinator):
    with app.app_context():
        record(("tour.publish", "a" * 26))
    assert lines(coordinator)[0] == "Iets anders"


def test_fifty_stand_on_a_page_and_the_next_goes_on_without_one_twice_or_lost(app, coordinator):
    with app.app_context():
        record(*(("role.grant", f"nobody-{number}") for number in range(120)))
        with writing():
            make.neighbourhood("hoograven")
        record(("plate.rekey", "2"), slug="hoograven")
        hashes = [entry.hash for entry in kept.of(here(), limit=1000)]
    where, seen, pages = "", 0, []
    while where is not None:
        page = coordinator.get(f"{BASE}/log{where}").text
        pages.append(len(LINE.findall(page)))
        found = re.search(r'href="/w/lombok/staff/log(\?before=([0-9a-f]{64}))"', page)
        seen += pages[-1]
        where = found and found[1]
        assert found is None or found[2] == hashes[seen - 1]
    assert pages == [50, 50, len(hashes) - 100]


def test_one_part_can_be_read_alone_also_further_on(app, coordinator):
    with app.app_context():
        record(*(("spot.new", f"bank-{number}") for number in range(60)), ("plate.rekey", "2"))
        record(*(("role.grant", "nobody") for _ in range(60)))
    first = coordinator.get(f"{BASE}/log?part=places").text
    onwards = re.search(r'href="/w/lombok/staff/log(\?part=places&amp;before=[0-9a-f]{64})"', first)[1]
    both = LINE.findall(first) + lines(coordinator, onwards.replace("&amp;", "&"))
    assert both == ["Een nieuwe sleutel voor bordjes gemaakt", *["Een plek gemaakt"] * 60]


def test_a_part_in_which_nothing_was_done_says_so(coordinator):
    page = coordinator.get(f"{BASE}/log?part=cards").text
    assert "Nog niets in het logboek" in page


@pytest.mark.parametrize("query", ["?part=nothing", "?before=nothing", "?before=", f"?before={'0' * 64}"])
def test_what_it_does_not_know_in_an_address_does_nothing(coordinator, query):
    assert lines(coordinator, query) == lines(coordinator)


def test_a_cursor_of_another_neighbourhood_does_nothing(app, coordinator):
    with app.app_context():
        with writing():
            make.neighbourhood("hoograven")
        record(("plate.rekey", "2"), slug="hoograven")
        theirs = audit.head()
        record(("plate.rekey", "2"))
    assert lines(coordinator, f"?before={theirs}") == lines(coordinator)


@pytest.mark.parametrize("role", sorted(STAFF - {Role.COORDINATOR}))
def test_who_is_no_coordinator_is_refused_and_sees_no_way_to_it(app, clock, role):
    with app.app_context():
        make.world()
    device = join(app, role)
    with_code(device)
    assert device.get(f"{BASE}/log").status_code == 403
    assert f"{BASE}/log" not in device.get(f"{BASE}/").text


def test_a_coordinator_finds_it_on_the_page_of_the_team(coordinator):
    assert f'href="{BASE}/log"' in coordinator.get(f"{BASE}/").text


def test_a_full_page_of_many_people_asks_as_often_as_one_line(app, coordinator):
    coordinator.get(f"{BASE}/log")
    few = bench.count(app, coordinator, f"{BASE}/log")
    with app.app_context(), writing():
        for start in objects.starts(60):
            person = make.person(make_here(), f"{start} Vos")
            roles.grant(person, Role.HOST, None, ADMIN)
            audit.record("desk.back", "photo abc", here(), person.player_key, "host", reason="hurtful")
    assert bench.count(app, coordinator, f"{BASE}/log") == few
