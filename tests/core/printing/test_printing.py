"""What may be printed by whom, and the cards that make persons: each once, each with an audit row, or none at all."""

import contextlib
import re
import threading
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from core import clock as now
from core.audit.models import AuditEntry
from core.database import db, writing
from core.guard import Role
from core.neighbourhoods import queries
from core.people import cards as ways_back
from core.people.models import Device, Person
from core.places import plates
from core.places import queries as spots
from core.places import service as places
from core.printing import queries as printing
from core.printing import service
from core.staff import service as staff
from game.challenges import service as challenges
from tests import make
from tests.game.encounters.test_races import at_once

BASE = "/w/lombok/print"
PAGES = ("", "signs", "cards", "letter", "poster", "street")
ADMIN = frozenset({Role.ADMIN})
NAMES = {Role.MAKER: "Rode Laars", Role.HOST: "Gele Das", Role.EDITOR: "Groene Muts"}
FORM = {"names": "Hoge Brug\nLage Brug", "age": "adult", "client_key": "a" * 26}
THIRTEEN = "\n".join(f"Buur {letter}" for letter in "abcdefghijklm")
GROUPS = re.compile(r'buurt-papercard__secret" dir="ltr">(.+?)</p>')


@pytest.fixture
def lombok(app, clock, monkeypatch):
    monkeypatch.setitem(app.config, "BUURT", replace(app.config["BUURT"], public_url="https://buurt.example"))
    with app.app_context():
        make.world()
        with writing():
            here = queries.by_slug("lombok")
            week = {"mo": [["09:00", "12:30"]]}
            db.session.add(make.spot(here, "huis", kind="hq", name="Huis van Lombok", street="Kade", hours=week))
    return app


@pytest.fixture
def maker(lombok):
    return joined(lombok, Role.MAKER)


def joined(app, role, slug="lombok"):
    """A device on which somebody accepted an invitation."""
    with app.app_context(), writing():
        token = staff.invite(queries.by_slug(slug).id, role, None, ADMIN)
    device = app.test_client()
    form = {"token": token, "login": f"{role}{slug}", "password": "negen natte schoenen", "name": NAMES[role]}
    assert device.post(f"/w/{slug}/staff/invited", data=form | {"age": "adult"}).status_code == 303
    return device


def secrets_of(page):
    return ["".join(re.findall(r"<bdi[^>]*>(\w+)</bdi>", groups)) for groups in GROUPS.findall(page)]


def how_many(model):
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize("page", PAGES)
def test_makers_print_and_hosts_players_and_makers_from_elsewhere_do_not(lombok, page):
    with lombok.app_context(), writing():
        make.neighbourhood("zuilen")
    player = lombok.test_client()
    player.post("/w/lombok/join", data={"name": "Gele Jas", "age": "adult"})
    assert joined(lombok, Role.MAKER).get(f"{BASE}/{page}").status_code == 200
    assert player.get(f"{BASE}/{page}").status_code == 403
    assert joined(lombok, Role.HOST).get(f"{BASE}/{page}").status_code == 403
    assert joined(lombok, Role.MAKER, "zuilen").get(f"{BASE}/{page}").status_code == 303  # a visitor here: to joining
    assert "Lombok" not in joined(lombok, Role.EDITOR, "zuilen").get("/w/zuilen/print/letter").text


def test_cards_make_players_without_a_phone_and_leave_an_audit_row_each(lombok, maker):
    page = maker.post(f"{BASE}/cards", data=FORM).text
    with lombok.app_context():
        found = db.session.scalars(select(Person).where(Person.name.in_(["Hoge Brug", "Lage Brug"]))).all()
        assert len(found) == 2
        assert not any(person.is_young for person in found)
        by = db.session.scalar(select(Person).where(Person.name == "Rode Laars")).player_key
        entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "card.make")).all()
        assert {entry.about for entry in entries} == {person.player_key for person in found}
        assert {(entry.actor, entry.role) for entry in entries} == {(by, "maker")}
        for secret, person in zip(secrets_of(page), sorted(found, key=lambda one: one.id), strict=True):
            assert ways_back.whose(person.neighbourhood_id, secret).id == person.id
            assert f"{person.tag[:3]} {person.tag[3:]}" in page
        phones = select(Device.id).where(Device.person_id.in_([person.id for person in found]))
        assert db.session.scalar(phones) is None


def test_the_secrets_are_on_that_page_and_on_no_other_and_that_page_is_not_kept(lombok, maker):
    answer = maker.post(f"{BASE}/cards", data=FORM)
    assert answer.headers["Cache-Control"] == "private, no-store"
    found = secrets_of(answer.text)
    assert len(set(found)) == 2
    assert all(len(secret) == 26 for secret in found)
    pages = [maker.get(f"{BASE}/{page}").text for page in PAGES]
    with lombok.app_context():
        pages += [str(entry.__dict__) for entry in db.session.scalars(select(AuditEntry))]
    assert not any(secret in page for secret in found for page in pages)


def test_a_form_sent_twice_makes_no_second_cards_and_kills_none(lombok, maker):
    (first, _second) = secrets_of(maker.post(f"{BASE}/cards", data=FORM).text)
    with lombok.app_context():
        before = how_many(Person), how_many(AuditEntry)
    again = maker.post(f"{BASE}/cards", data=FORM)
    assert again.status_code == 409
    assert secrets_of(again.text) == []
    with lombok.app_context():
        assert (how_many(Person), how_many(AuditEntry)) == before
        assert ways_back.whose(queries.by_slug("lombok").id, first).name == "Hoge Brug"


@pytest.mark.parametrize("names", ["", " \n ", "Hoge Brug\nx", "Hoge Brug\nhoge brug", THIRTEEN])
def test_one_name_that_does_not_do_makes_no_card_at_all(lombok, maker, names):
    with lombok.app_context():
        before = how_many(Person), how_many(AuditEntry)
    answer = maker.post(f"{BASE}/cards", data=FORM | {"names": names})
    assert answer.status_code in {409, 422, 400}
    if "\nx" in names:
        assert "x: " in answer.text
    with lombok.app_context():
        assert (how_many(Person), how_many(AuditEntry)) == before


def test_one_name_that_does_not_do_leaves_the_others_in_the_form_and_stands_in_the_sentence(lombok, maker):
    form = FORM | {"names": "Oma Sjaan\nGroene Fiets\n<", "age": "young"}
    answer = maker.post(f"{BASE}/cards", data=form)
    assert answer.status_code == 422
    assert re.search(r'role="alert">.*?<p>&lt;: [^<]+</p>', answer.text, re.DOTALL)
    assert "Oma Sjaan\nGroene Fiets\n&lt;</textarea>" in answer.text
    assert 'value="young" required checked' in answer.text
    again = maker.post(f"{BASE}/cards", data=form | {"names": "Oma Sjaan\nGroene Fiets\nRode Muts"})
    assert len(secrets_of(again.text)) == 3


def test_without_an_age_they_are_taken_as_younger(lombok, maker):
    assert maker.post(f"{BASE}/cards", data={"names": "Hoge Brug"}).status_code == 200
    with lombok.app_context():
        assert db.session.scalar(select(Person).where(Person.name == "Hoge Brug")).is_young


@pytest.mark.parametrize(("lang", "halves"), [("nl", ["nl", "en"]), ("en", ["nl", "en"])])
def test_the_letter_is_in_dutch_and_english_whoever_prints_it(maker, lang, halves):
    page = maker.get(f"{BASE}/letter", headers={"Accept-Language": lang}).text
    assert re.findall(r'<article [^>]*lang="(\w+)"', page) == halves
    assert "Doe je mee in" in page
    assert "Will you play along in" in page
    assert page.count("Huis van Lombok") == 2
    assert "maandag <bdi" in page
    assert "Monday <bdi" in page


def test_a_letter_and_a_poster_can_do_without_a_house_and_without_a_challenge(app, clock):
    with app.app_context(), writing():
        make.neighbourhood()
    maker = joined(app, Role.MAKER)
    assert "Vraag het aan wie je deze brief gaf" in maker.get(f"{BASE}/letter").text
    assert maker.get(f"{BASE}/poster").status_code == 200


def test_the_poster_says_the_challenge_of_the_week_or_none_and_the_hours_of_the_house(lombok, maker):
    assert "Trek dezelfde kleur aan" not in maker.get(f"{BASE}/poster").text, "that of today is over tomorrow"
    with lombok.app_context(), writing():
        challenges.choose_week(1, now.week_of(now.today()), "bike")
    page = maker.get(f"{BASE}/poster").text
    assert "Opdracht van de week · tot en met zondag 7 juni" in " ".join(page.split())
    assert "Trek dezelfde kleur aan" in page
    assert "9.00–12.30" in page
    assert "buurt-poster--a3" in maker.get(f"{BASE}/poster?paper=a3").text
    assert "buurt-poster--a4" in maker.get(f"{BASE}/poster?paper=a99").text


def test_one_tap_makes_a_sign_for_each_place_without_one_and_leaves_those_that_hang(lombok, maker):
    with lombok.app_context(), writing():
        here = queries.by_slug("lombok")
        db.session.add_all([make.spot(here, "pomp", name="Oude pomp"), make.spot(here, "bank", name="Bankje")])
        db.session.add(make.spot(here, "weg", name="Weggehaald", removed_at=now.now()))
        db.session.flush()
        hung = places.put_up(spots.by_key(here.id, "bank"))
        db.session.flush()
        before = hung.letters
    assert "2 plekken hebben nog geen bordje" in maker.get(f"{BASE}/").text
    new = maker.get(maker.post(f"{BASE}/plates").location).text
    assert ["Huis van Lombok" in new, "Oude pomp" in new, "Bankje" in new] == [True, True, False]
    assert maker.post(f"{BASE}/plates").location == f"{BASE}/street"
    with lombok.app_context():
        hanging = plates.in_use(queries.by_slug("lombok").id)
        assert [plate.spot.name for plate in hanging] == ["Huis van Lombok", "Bankje", "Oude pomp"]
        assert before in {plate.letters for plate in hanging}
        made = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "plate.new")).all()
        assert {entry.about for entry in made} == {plate.key for plate in hanging if plate.letters != before}
        assert {entry.role for entry in made} == {"maker"}
    assert "nog geen bordje" not in maker.get(f"{BASE}/").text


def test_with_many_places_each_gets_a_sign_and_the_new_ones_are_printed_thirty_at_a_time(lombok, maker):
    maker.post(f"{BASE}/plates")
    with lombok.app_context(), writing():
        here = queries.by_slug("lombok")
        db.session.add_all(make.spot(here, f"plek-{number}", name=f"A {number:02}") for number in range(34))
    assert "34 plekken hebben nog geen bordje" in maker.get(f"{BASE}/").text
    first = maker.get(maker.post(f"{BASE}/plates").location).text
    (onwards,) = re.findall(r'class="buurt-plate__more"><a class="buurt-link" href="([^"]+)"', first)
    rest = maker.get(onwards.replace("&amp;", "&")).text
    assert [len(re.findall("data-letters=", page)) for page in (first, rest)] == [30, 4]
    assert "buurt-plate__more" not in rest
    assert "Huis van Lombok" not in re.sub("(?s)buurt-poster.*", "", first) + rest, "its sign hangs already"
    assert "nog geen bordje" not in maker.get(f"{BASE}/").text


@pytest.mark.both
def test_two_presses_at_one_instant_make_one_sign_for_each_place(lombok, monkeypatch):
    bare, both = printing.without_plate, threading.Barrier(2)

    def wait_for_the_other(neighbourhood_id):
        found = bare(neighbourhood_id)
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(0.5)
        return found

    with lombok.app_context():
        here = queries.by_slug("lombok").id
    monkeypatch.setattr(printing, "without_plate", wait_for_the_other)
    at_once(lombok, [lambda: service.put_up_missing(here, "a" * 26, "maker")] * 2)
    with lombok.app_context():
        assert [plate.spot.name for plate in plates.in_use(here)] == ["Huis van Lombok"]


def test_all_for_the_street_is_each_sign_a_poster_and_a_letter(lombok, maker):
    maker.post(f"{BASE}/plates")
    page = maker.get(f"{BASE}/street").text
    assert len(re.findall(r'class="buurt-sheet[ "]', page)) == 3  # of the house, and the two
    assert "Wie ken jij nog niet?" in page
    assert "Doe je mee in" in page


def test_a_host_makes_no_signs(lombok):
    assert joined(lombok, Role.HOST).post(f"{BASE}/plates").status_code == 403
    with lombok.app_context():
        assert not plates.in_use(queries.by_slug("lombok").id)
