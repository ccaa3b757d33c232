"""A spot's page by link and by plate, the letters of a plate, what anyone may say of it, and the sheet to print."""

import re

import pytest
from limits import parse

import game
import tours
from core import create_app, guesses
from core.codes import short_code
from core.database import db, writing
from core.guard import Role
from core.people import service as people
from core.places import plates, service
from core.places.models import Plate, PlateReport, Spot
from core.places.views import SHEETS
from core.security import limiter
from tests import make
from tests.forms import fault, told

WEEK = {"tu": [["09:00", "17:00"]]}
FACTS = {"step_free": {"is": "yes", "on": "2026-03-12", "by": "Huis van de wijk"}, "toilet": False}


@pytest.fixture
def code(here) -> str:
    """The code on the plate at the bank in Lombok, where the cast lives."""
    with writing():
        bank = make.spot(here, name="Bank <onder> de linde", hours=WEEK, facts=FACTS)
        db.session.add(bank)
        return plates.code_of(service.put_up(bank))


@pytest.fixture
def as_host(app, client, amina):
    """Amina's phone, as a host's."""
    with writing():
        make.as_staff(client, amina, Role.HOST)
    return client


def page(client, path: str, status: int = 200) -> str:
    answer = client.get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == status, answer.text
    assert "Set-Cookie" not in answer.headers
    return answer.text


def heading(html: str) -> str:
    return re.sub(r"<[^>]+>", "", re.search(r"<h1>.*?</h1>", html, re.DOTALL).group())


def words(html: str, css: str) -> str:
    """What a chip says."""
    chip = re.search(rf'<span class="buurt-chip {css}">.*?</span></span>', html, re.DOTALL).group()
    return re.sub(r"<[^>]+>", "", chip).strip()


# ---- the page


def test_a_plate_shows_its_spot_to_a_visitor_without_a_cookie(client, code):
    by_plate, by_link = page(client, f"/q/{code}"), page(client, "/w/lombok/spots/bank")
    assert heading(by_plate) == heading(by_link) == "Bank &lt;onder&gt; de linde Plein, Lombok"
    assert 'name="plate" value="' + code in by_plate
    assert code not in by_link


def test_the_page_says_whether_it_is_open_and_how_one_gets_in(client, code, clock):
    html = page(client, f"/q/{code}")
    assert words(html, "buurt-chip--done") == "open now until 17.00"
    assert "March 2026" in html
    assert "Huis van de wijk" in html
    assert re.search(r"Without steps</dt><dd>\s*yes", html)
    assert re.search(r"Toilet</dt><dd>\s*no", html)
    assert "Somewhere to sit" not in html  # nobody said
    clock.advance(hours=5)
    assert words(page(client, f"/q/{code}"), "buurt-chip--wait") == "closed now, open Tuesday 9 June from 9.00 to 17.00"
    clock.advance(days=4)
    assert words(page(client, f"/q/{code}"), "buurt-chip--wait") == "closed now, open Tuesday from 9.00 to 17.00"


def test_home_leads_to_each_spot(client, code):
    assert 'href="/w/lombok/spots/bank"' in page(client, "/w/lombok/")


def test_a_spot_of_another_neighbourhood_is_not_here(client, code):
    with writing():
        make.neighbourhood("zuilen")
    page(client, "/w/zuilen/spots/bank", 404)
    page(client, "/w/lombok/spots/none", 404)


def test_who_plays_elsewhere_reads_a_plate_as_a_visitor(client, code):
    with writing():
        stranger = make.person(make.neighbourhood("zuilen"), "Late Vogel")
        client.set_cookie("device", people.sign_in(stranger))
    assert "Late Vogel" not in page(client, f"/q/{code}")


def test_a_wrong_a_withdrawn_and_an_unknown_code_get_the_very_same_answer(client, code):
    with writing():
        gone = service.put_up(db.session.query(Spot).one())
        gone_code = plates.code_of(gone)
        service.withdraw(gone.letters)
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    answers = {page(client, f"/q/{each}", 404).replace(each, "") for each in (wrong, gone_code, "A" * 26)}
    assert len(answers) == 1
    assert "Lombok" not in answers.pop()


# ---- letters


def test_the_letters_on_a_plate_lead_where_its_code_leads(client, code):
    letters = db.session.query(Plate).one().letters
    assert "form" in page(client, "/q/")
    answer = client.post("/q/", data={"code": f"{letters[:3]} {letters[3:].lower()}"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/q/{code}")
    assert "Set-Cookie" not in answer.headers


def test_letters_of_no_plate_are_not_known(client, code):
    answer = client.post("/q/", data={"code": "XXXXXX"})
    assert answer.status_code == 422
    assert fault(answer.text, "code") == "Deze letters kennen we niet. Kijk of je er een verwisselde."
    assert 'value="XXXXXX"' in answer.text


def test_the_letters_of_a_withdrawn_plate_are_not_known(client, code):
    with writing():
        letters = service.withdraw(db.session.query(Plate).one().letters).letters
    assert fault(client.post("/q/", data={"code": letters}).text, "code")


@pytest.fixture
def guarded(tmp_path):
    app = create_app(
        (game, tours),
        {"database_url": f"sqlite:///{tmp_path / 'limits.db'}", "media": str(tmp_path / "media"), "testing": True,
         "queue_url": "memory://", "secret": "x", "limits": True},
    )  # fmt: skip
    with app.app_context():
        db.create_all()
        here, _season = make.world()
        with writing():
            bank = make.spot(here)
            db.session.add(bank)
            service.put_up(bank)
    limiter.reset()
    yield app
    with app.app_context():
        db.engine.dispose()


def test_guessing_letters_stops_also_with_forged_proxy_headers(guarded, monkeypatch):
    monkeypatch.setattr(guesses, "SHARED", (parse("20 per hour"),))
    phone = guarded.test_client()
    with guarded.app_context():
        right = db.session.query(Plate).one().letters
    for number in range(20):
        forged = {
            "X-Forwarded-For": f"192.0.2.{number}",
            "X-Real-IP": f"192.0.2.{number}",
            "Forwarded": f"for={number}",
        }
        assert phone.post("/q/", data={"code": short_code()}, headers=forged).status_code == 422
    for forged in ({}, {"X-Forwarded-For": "198.51.100.7"}):
        assert phone.post("/q/", data={"code": right}, headers=forged).status_code == 429
    phone.environ_base["REMOTE_ADDR"] = "10.0.0.9"
    assert phone.post("/q/", data={"code": right}).status_code == 303


def test_the_right_letters_cost_nothing(guarded):
    phone = guarded.test_client()
    with guarded.app_context():
        right = db.session.query(Plate).one().letters
    assert {phone.post("/q/", data={"code": right}).status_code for _ in range(120)} == {303}


def test_reports_are_limited_also_with_forged_proxy_headers(guarded):
    phone = guarded.test_client()
    answers = [
        phone.post("/w/lombok/spots/bank/wrong", data={"wrong": "gone"}, headers={"X-Forwarded-For": f"192.0.2.{n}"})
        for n in range(25)
    ]
    assert [answer.status_code for answer in answers].count(303) == 20
    assert answers[-1].status_code == 429


# ---- "dit bordje klopt niet"


def test_anyone_says_that_a_plate_is_wrong_and_comes_back_to_its_page(client, code):
    answer = client.post("/w/lombok/spots/bank/wrong", data={"wrong": "gone", "plate": code})
    assert answer.location == f"/q/{code}#said"
    assert told(client, answer) == "Dank je wel. Het huis van de wijk ziet het."
    assert "device" not in str(answer.headers)
    report = db.session.query(PlateReport).one()
    assert (report.wrong, report.letters) == ("gone", db.session.query(Plate).one().letters)


def test_without_a_plate_the_report_is_about_the_spot(client, code):
    answer = client.post("/w/lombok/spots/bank/wrong", data={"wrong": "name", "plate": "A" * 26})
    assert answer.location == "/w/lombok/spots/bank#said"
    assert db.session.query(PlateReport).one().letters == ""


def test_a_report_of_something_else_is_refused(client, code):
    assert client.post("/w/lombok/spots/bank/wrong", data={"wrong": "<b>"}).status_code == 422
    assert client.post("/w/lombok/spots/none/wrong", data={"wrong": "gone"}).status_code == 404


# ---- last seen


def test_looking_at_a_plate_writes_nothing(client, code):
    page(client, f"/q/{code}")
    assert db.session.query(Plate).one().last_seen_on is None


def test_a_host_says_that_a_plate_still_hangs(as_host, code, clock):
    assert "Nobody saw this sign yet." in page(as_host, f"/q/{code}")
    answer = as_host.post("/w/lombok/spots/bank/seen", data={"plate": code})
    assert told(as_host, answer) == "Bewaard: dit bordje hangt hier vandaag."
    db.session.rollback()
    assert str(db.session.query(Plate).one().last_seen_on) == "2026-06-02"
    assert "last seen on" in page(as_host, f"/q/{code}")


def test_a_host_can_say_so_only_of_a_plate_that_is_there(as_host, code):
    for wrong in ("", "A" * 26):
        assert as_host.post("/w/lombok/spots/bank/seen", data={"plate": wrong}).status_code == 404


def test_a_player_is_not_asked_for_the_last_seen_date(app, client, amina, code):
    with writing():
        client.set_cookie("device", people.sign_in(amina))
    assert "sign yet" not in page(client, f"/q/{code}")
    assert client.post("/w/lombok/spots/bank/seen", data={"plate": code}).status_code == 403


# ---- the sheet


def test_the_sheet_is_for_hosts_and_holds_what_hangs(as_host, app, code):
    html = page(as_host, "/w/lombok/print/plates")
    letters = db.session.query(Plate).one().letters
    assert f"{letters[:3]} {letters[3:]}" in html
    assert "Bank &lt;onder&gt; de linde" in html
    assert "localhost/q" in html
    with writing():
        service.withdraw(letters)
    assert letters[:3] not in page(as_host, "/w/lombok/print/plates")


def test_the_sheet_of_one_spot_holds_no_other(as_host, here, code):
    with writing():
        other = make.spot(here, "kade", name="De Kade")
        db.session.add(other)
        service.put_up(other)
    assert "De Kade" not in page(as_host, "/w/lombok/print/plates?spot=bank")
    assert "De Kade" in page(as_host, "/w/lombok/print/plates")


def test_a_long_sheet_comes_in_parts(as_host, here, code):
    with writing():
        bank = db.session.query(Spot).one()
        for _ in range(SHEETS):
            service.put_up(bank)
    first = page(as_host, "/w/lombok/print/plates")
    (onwards,) = re.findall(r'href="(/w/lombok/print/plates\?start=\d+)"', first)
    rest = page(as_host, onwards)
    assert first.count("<article") == SHEETS
    assert rest.count("<article") == 1
    assert "?start=" not in rest
    page(as_host, "/w/lombok/print/plates?start=x")
    page(as_host, f"/w/lombok/print/plates?start={'9' * 30}")


def test_a_player_and_a_visitor_get_no_sheet(client, amina, code):
    letters = db.session.query(Plate).one().letters
    assert client.get("/w/lombok/print/plates").status_code == 303
    with writing():
        client.set_cookie("device", people.sign_in(amina))
    assert letters[:3] not in page(client, "/w/lombok/print/plates", 403)


# ---- commands


def test_plates_are_made_listed_taken_down_and_signed_anew_by_command(app, here, tmp_path):
    with writing():
        db.session.add(make.spot(here))
    run = app.test_cli_runner().invoke
    made = run(args=["plates", "new", "lombok", "bank"])
    letters, address = made.output.strip().split("\t")
    assert plates.spot_of(address.rpartition("/")[2]).key == "bank"
    assert run(args=["plates", "rekey", "lombok"]).output == "key 2\n"
    with writing():
        service.report(db.session.query(Spot).one(), plates.by_letters(letters), "gone")
    listed = run(args=["plates", "list", "lombok"]).output.strip().split("\t")
    assert listed == [letters.replace(" ", ""), "bank", "2026-06-02", "never seen", "gone 2026-06-02"]
    assert run(args=["plates", "withdraw", letters]).exit_code == 0
    assert run(args=["plates", "list", "lombok"]).output == ""


@pytest.mark.parametrize(
    "words", [["new", "nowhere", "bank"], ["new", "lombok", "none"], ["withdraw", "XXXXXX"], ["list", "nowhere"]]
)
def test_a_command_about_what_is_not_there_says_so(app, here, words):
    said = app.test_cli_runner().invoke(args=["plates", *words])
    assert said.exit_code == 1
    assert said.output.startswith("Error: ")


def test_a_sheet_can_be_written_to_a_file_that_needs_nothing_else(tmp_path):
    app = create_app(
        (game, tours),
        {"database_url": f"sqlite:///{tmp_path / 'file.db'}", "media": str(tmp_path / "media"), "testing": True,
         "queue_url": "memory://", "secret": "x", "public_url": "https://buurt.example"},
    )  # fmt: skip
    with app.app_context():
        db.create_all()
        here, _season = make.world()
        with writing():
            bank = make.spot(here)
            db.session.add(bank)
            service.put_up(bank)
        db.session.remove()
    file = tmp_path / "plates.html"
    said = app.test_cli_runner().invoke(args=["plates", "sheet", "lombok", str(file)])
    assert said.output == "1 plates\n"
    html = file.read_text()
    assert "buurt.example/q" in html
    assert "<link" not in html
    assert ".buurt-plate__code" in html
    with app.app_context():
        db.engine.dispose()
