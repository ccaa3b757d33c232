"""The demo: furnished through the services, once, with a way in only while it is on."""

import re
from datetime import timedelta
from string import ascii_letters, digits

import pytest
from sqlalchemy import select

import game
import tours
from core import clock, create_app
from core.classes.models import SchoolClass
from core.database import db
from core.guard import Role
from core.people.models import Person
from core.places import plates
from core.places.models import Plate, Spot
from core.staff import queries
from core.staff.models import Account
from game.encounters import cli, demo
from game.encounters.models import Encounter
from game.seasons.models import Season
from tours.lessons import demo as demo_lessons


@pytest.fixture(scope="module")
def furnished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    app = create_app(
        (game, tours),
        {
            "database_url": f"sqlite:///{folder / 'demo.db'}",
            "media": str(folder / "media"),
            "queue_url": "memory://",
            "secret": "demo",
            "demo": True,
            "limits": False,
            "demo_at": "52.1,5.2",
            "testing": True,
        },
    )
    with app.app_context():
        db.create_all()
    printed = app.test_cli_runner().invoke(args=["demo"])
    assert printed.exit_code == 0, printed.output
    yield app, printed.output
    with app.app_context():
        db.engine.dispose()


def how_many(app, table) -> int:
    with app.app_context():
        return len(db.session.scalars(select(table)).unique().all())


def test_a_second_time_adds_nothing(furnished):
    app, printed = furnished
    before = [how_many(app, table) for table in (Person, Encounter, Season, Plate, Account)]
    assert app.test_cli_runner().invoke(args=["demo"]).output == printed
    assert [how_many(app, table) for table in (Person, Encounter, Season, Plate, Account)] == before


def test_a_plate_hangs_at_every_spot_and_its_code_opens_it(furnished):
    app, _printed = furnished
    with app.app_context():
        here = db.session.scalars(select(Spot)).all()
        hanging = plates.in_use(here[0].neighbourhood_id)
        assert {plates.spot_of(plates.code_of(plate)).key for plate in hanging} == {spot.key for spot in here}
        assert len(hanging) == len(here) == 8


def test_what_the_cast_played_stands_in_the_ledger_as_the_rules_say(furnished):
    app, _printed = furnished
    with app.app_context():
        assert cli.differences() == []
        assert cli.written_rows() != set()
    assert app.test_cli_runner().invoke(args=["ledger", "replay"]).output.endswith("0 differences\n")


def test_the_made_up_people_have_a_way_in(furnished):
    app, printed = furnished
    address = way_in(printed, "Blauwe Reiger")
    phone = app.test_client()
    assert "Set-Cookie" not in phone.get(address).headers
    assert phone.post(address).status_code == 303
    assert "Blauwe Reiger" in phone.get("/w/kanterhoek/me").get_data(as_text=True)


def test_a_changed_way_in_leads_nowhere(furnished):
    app, printed = furnished
    address = way_in(printed, "Blauwe Reiger")
    changed = [
        address[:place] + ("A" if address[place] != "A" else "B") + address[place:][1:] for place in range(-20, 0)
    ]
    changed += [address[:-1] + letter for letter in ascii_letters + digits + "-_" if letter != address[-1]]
    assert {app.test_client().get(one).status_code for one in changed} == {404}


TEAM = ("Vroege Merel", "coordinator"), ("Gulle Theepot", "editor")


@pytest.mark.parametrize(("name", "role"), TEAM)
def test_the_made_up_team_comes_in_with_a_second_lock_and_sees_the_desk(furnished, name, role):
    app, printed = furnished
    laptop, address = app.test_client(), way_in(printed, name)
    laptop.post(way_in(printed, "Blauwe Reiger"))  # whoever the browser was before
    page = laptop.get(address, headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert f"<strong>{role.capitalize()}</strong>" in page
    assert laptop.post(address, follow_redirects=True).request.path == "/w/kanterhoek/staff/"
    desk = laptop.get("/w/kanterhoek/desk/", headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert "2 things wait" in desk
    assert "/w/kanterhoek/desk/photos/" in desk
    with app.app_context():
        account = db.session.scalars(select(Account).join(Person).where(Person.name == name)).unique().one()
        assert account.has_second_factor
        assert queries.roles_of(account.person) == {Role(role)}


def test_the_code_that_the_demo_shows_is_one_that_the_coordinator_is_asked_for(furnished):
    app, printed = furnished
    laptop, address = app.test_client(), way_in(printed, "Vroege Merel")
    laptop.post(address)
    try:
        with app.app_context():
            clock.set(clock.now() + timedelta(minutes=11))
        assert laptop.get("/w/kanterhoek/staff/invite").headers["Location"].startswith("/w/kanterhoek/staff/again")
        code = re.search(r"<bdi[^>]*>(\d{3} \d{3})</bdi>", laptop.get(address).get_data(as_text=True))[1]
        assert laptop.post("/w/kanterhoek/staff/again", data={"code": code}).status_code == 303
        assert laptop.get("/w/kanterhoek/staff/invite").status_code == 200
    finally:
        clock.real()


def test_the_teacher_has_a_class_of_today_with_crews_on_their_way(furnished):
    app, printed = furnished
    laptop = app.test_client()
    laptop.post(way_in(printed, "Dappere Tulp"))
    found = re.findall(r"/w/kanterhoek/staff/classes/\w{26}", laptop.get("/w/kanterhoek/staff/classes").text)
    board = laptop.get(found[0]).text.replace("\xa0", " ")
    assert "5 groepjes" in board
    assert "Vossen" in board.partition("Reigers")[0], "who asks for help stands on top"
    assert "2 taken klaar" in board
    assert "Loopt met papier" in board


def test_one_tap_makes_a_tablet_a_crew_of_the_class_of_whichever_day_it_is(furnished):
    app, printed = furnished
    try:
        for _day in range(2):
            tablet = app.test_client()
            assert "vanaf nu <strong>een groepje</strong>" in tablet.get(way_in(printed, "  a crew ")).text
            answer = tablet.post(way_in(printed, "  a crew "), follow_redirects=True)
            assert "Jullie zijn de Reigers" in answer.text
            assert how_many(app, SchoolClass) == 1, "those of the days before are gone"
            with app.app_context():
                assert demo_lessons.renew() == 0
                clock.set(clock.now() + timedelta(days=1))
    finally:
        clock.real()


def test_of_the_residents_nobody_is_staff(furnished):
    app, printed = furnished
    for name in ("Blauwe Reiger", "Warme Sjaal", "Stille Fiets", "Ronde Deur"):
        phone = app.test_client()
        assert phone.post(way_in(printed, name)).headers["Location"] == "/w/kanterhoek/"
        assert phone.get("/w/kanterhoek/desk/").status_code == 403


def way_in(printed: str, name: str) -> str:
    [address] = [line.split()[-1] for line in printed.splitlines() if name in line]
    return address


def test_while_the_demo_is_off_nobody_gets_in(furnished, tmp_path):
    app, printed = furnished
    off = create_app(
        (game, tours),
        {
            "database_url": app.config["BUURT"].database_url,
            "media": str(tmp_path),
            "queue_url": "memory://",
            "secret": "demo",
            "limits": False,
            "testing": True,
        },
    )
    for name in ("Blauwe Reiger", "  a crew ", *(name for name, _role in TEAM)):
        assert off.test_client().get(way_in(printed, name)).status_code == 404
        assert off.test_client().post(way_in(printed, name)).status_code == 404
    assert "nobody gets a way in" in off.test_cli_runner().invoke(args=["demo"]).output
    with off.app_context():
        db.engine.dispose()


def test_the_season_renews_itself_when_it_is_over(furnished):
    app, _printed = furnished
    try:
        with app.app_context():
            assert demo.renew() == 0
            clock.set(clock.now() + timedelta(days=40))
            assert demo.renew() == 1
            assert demo.renew() == 0
    finally:
        clock.real()


@pytest.mark.parametrize("at", ["", "here", "91,5", "52.09", "52.09,5.10,3", "nan,5", "52,inf"])
def test_a_place_that_is_none_is_refused_before_anything_is_laid(tmp_path, at):
    app = create_app(
        (game, tours),
        {"database_url": f"sqlite:///{tmp_path / 'no.db'}", "media": str(tmp_path), "queue_url": "memory://",
         "secret": "x", "demo_at": at, "testing": True},
    )  # fmt: skip
    said = app.test_cli_runner().invoke(args=["demo"])
    assert said.exit_code != 0
    assert "BUURT_DEMO_AT" in str(said.exception)
    with app.app_context():
        db.engine.dispose()


def test_the_made_up_neighbours_looked_too(furnished):
    app, _printed = furnished
    phone = app.test_client()
    counted = phone.get("/w/kanterhoek/challenges/look-greetings").text
    assert "Minstens 10" in counted.replace("\xa0", " ")
    assert "minder dan vijf" in phone.get("/w/kanterhoek/challenges/look-where-people-talk").text
    assert "kinderwagen" in phone.get("/w/kanterhoek/challenges/look-small-help").text
    assert "Minstens" not in phone.get("/w/kanterhoek/challenges/look-notes-on-boards").text
