"""Guessing six letters: how little a day of it finds, and that it stops no honest person (docs/security.md)."""

from datetime import timedelta

import pytest
from limits import parse
from sqlalchemy import select

import game
import tours
from core import clock as now
from core import codes, create_app, guesses, limits
from core.database import db, writing
from core.people import cards
from core.people import service as people
from core.people.models import Person
from game.encounters.models import Code
from tests import make

PROCESSES = 2  # of the web, as docs/deploy.md starts them; each counts by itself
WINDOWS = 2  # that a day of 24 hours can touch
KINDS_OF_PEOPLE = 2  # newcomers, and who plays since before today: each has a budget of the site
LIVE, TAGS, SECRETS = 20, 2000, 2000
HALL = 150
STRANGERS = ("10.20.0.1", "10.20.0.2", "2001:db8::1")


def finds(many: int, space: int) -> float:
    """How many codes all wrong guesses of a day find, when so many are there to be found."""
    [a_day] = guesses.SITE
    assert a_day.get_expiry() == 24 * 3600
    return a_day.amount * KINDS_OF_PEOPLE * WINDOWS * PROCESSES * many / space


def test_a_day_of_guesses_by_however_many_addresses_finds_next_to_nothing():
    six = len(codes.LETTERS) ** codes.LENGTH
    assert six == 308_915_776
    assert finds(LIVE, six) < 0.001
    assert finds(TAGS, six) < 0.1
    assert SECRETS * 10**9 / 2**130 < 1e-26  # ways back: a thousand million tries a day, without any limit


@pytest.fixture
def site(guarded, clock):
    """With limits on; a meeting whose code is live."""
    phone = joined(guarded, "Rode Fiets", "10.0.0.1")
    phone.post("/w/lombok/together/bench", data={"without": "1"})
    with guarded.app_context():
        guarded.letters = db.session.scalars(select(Code.letters)).one()
        guarded.tag = db.session.scalars(select(Person.tag).where(Person.name == "Warme Sjaal")).one()
    return guarded


def joined(app, name, address):
    phone = at(app, address)
    assert phone.post("/w/lombok/join", data={"name": name, "age": "adult"}).status_code == 303
    return phone


def at(app, address):
    phone = app.test_client()
    phone.environ_base["REMOTE_ADDR"] = address
    return phone


def wrong(phone):
    """One more guess that finds nothing."""
    letters = "2" + codes.short_code()[1:]
    return phone.get(f"/e/{letters}").status_code


def flood(app, addresses, each):
    """Guesses of visitors, so many from each address; what they were answered, each once."""
    return {wrong(at(app, address)) for address in addresses for _guess in range(each)}


def test_a_hall_of_150_with_two_typing_errors_each_plays_on(site):
    phones = [at(site, "10.1.1.1") for _person in range(HALL)]
    assert {wrong(phone) for phone in phones for _error in range(2)} == {404}
    assert {phone.get(f"/e/{site.letters}").status_code for phone in phones} == {200}


def test_what_cannot_be_six_letters_is_no_guess(site):
    phone = joined(site, "Gele Kraan", "10.3.3.4")
    for text in ("K7RX4", "K7RX4PP", "1O0I55", "hello there"):
        assert {phone.get(f"/w/lombok/with/{text}").status_code for _time in range(20)} == {404}
        for where in ("/e/", "/q/"):
            assert {phone.post(where, data={"code": text}).status_code for _time in range(20)} == {422}
    assert phone.get(f"/e/{site.letters}").status_code == 200


def test_a_hundred_fresh_players_of_one_address_guess_no_more_than_their_address(site):
    phones = [joined(site, f"Buur {number}", "10.2.2.2") for number in "abcdefghkmnprst"]
    answers = [wrong(phone) for _round in range(30) for phone in phones]
    assert answers.count(404) == 400


def test_the_addresses_of_one_customer_of_ipv6_count_as_one(site):
    assert flood(site, [f"2001:db8:1:{number:x}::1" for number in range(400)], 1) == {404}
    assert flood(site, ["2001:db8:1:ffff::1"], 1) == {429}
    assert flood(site, ["2001:db8:2::1"], 1) == {404}


def test_a_player_who_is_wrong_all_the_time_waits_alone(site):
    one, other = joined(site, "Gele Kraan", "10.3.3.3"), joined(site, "Groene Deur", "10.3.3.3")
    assert [wrong(one) for _guess in range(31)] == [404] * 30 + [429]
    assert one.get(f"/e/{site.letters}").status_code == 429
    assert other.get(f"/e/{site.letters}").status_code == 200


@pytest.fixture
def few(site, monkeypatch):
    """The site allows few wrong ones, so that a flood is soon there."""
    monkeypatch.setattr(guesses, "SITE", (parse("12 per day"),))
    return site


@pytest.fixture
def flooded(few):
    """The same while strangers guess from everywhere; Amina plays since yesterday."""
    few.amina = at(few, "10.9.9.9")
    with few.app_context(), writing():
        person = db.session.scalars(select(Person).where(Person.name == "Blauwe Reiger")).unique().one()
        person.joined_at = now.now() - timedelta(days=1)
        few.amina.set_cookie("device", people.sign_in(person))
    assert flood(few, STRANGERS, 4) == {404}
    return few


def test_under_a_flood_a_stranger_who_types_is_asked_to_scan_and_reads_when_typing_works(flooded):
    answer = at(flooded, "10.5.5.5").get(f"/e/{flooded.letters}")
    assert answer.status_code == 429
    assert "Scan de code" in answer.text
    assert 23 * 3600 < int(answer.headers["Retry-After"]) <= 24 * 3600
    assert "over 24 uur" in answer.text


def test_under_a_flood_who_scans_goes_on_joins_and_says_yes(flooded):
    with flooded.app_context():
        scanned = f"/e/{guesses.scannable(flooded.letters)}"
    phone = at(flooded, "10.5.5.5")
    assert phone.get(scanned).status_code == 200
    assert phone.post(f"{scanned}/join", data={"name": "Gele Schaar", "age": "adult"}).status_code == 303
    assert phone.get(f"{scanned}/state").status_code == 200
    assert phone.post(f"{scanned}/yes").status_code == 303


def test_under_a_flood_who_plays_since_yesterday_types_on(flooded):
    assert flooded.amina.get(f"/e/{flooded.letters}").status_code == 200
    assert flooded.amina.post("/e/", data={"code": flooded.letters}).status_code == 303


def test_a_flood_that_begins_in_the_middle_of_a_meeting_stops_nobody_in_it(few):
    phone = at(few, "10.6.6.6")
    assert phone.post("/e/", data={"code": few.letters}).status_code == 303
    assert flood(few, STRANGERS, 5) == {404, 429}
    assert phone.post(f"/e/{few.letters}/join", data={"name": "Gele Schaar", "age": "adult"}).status_code == 303
    assert phone.post(f"/e/{few.letters}/yes").status_code == 303


def test_under_a_flood_a_card_that_is_scanned_opens(flooded):
    with flooded.app_context():
        scanned = guesses.scannable(flooded.tag)
    phone = joined(flooded, "Gele Schaar", "10.7.7.7")
    assert phone.get(f"/w/lombok/with/{flooded.tag}").status_code == 429
    assert phone.get(f"/w/lombok/with/{scanned}").status_code == 200
    asked = phone.post("/w/lombok/together/bench", data={"without": "1", "tag": flooded.tag})
    assert asked.status_code == 303


def test_under_a_flood_somebody_comes_back_by_the_code_of_their_card(flooded):
    with flooded.app_context(), writing():
        secret = cards.issue(db.session.scalars(select(Person).where(Person.tag == flooded.tag)).unique().one())
    back = {"code": secret, "others": "stay"}
    assert at(flooded, "10.5.5.5").post("/w/lombok/back", data=back).status_code == 303


def test_a_proof_of_other_letters_is_worth_nothing(flooded):
    with flooded.app_context():
        other = guesses.scannable("222222")[codes.LENGTH :]
    assert at(flooded, "10.5.5.5").get(f"/e/{flooded.letters}{other}").status_code == 429


def test_letters_are_looked_up_while_the_store_of_counts_is_away(tmp_path, clock, monkeypatch):
    monkeypatch.setattr(limits, "_ask_again_at", 0.0)  # as it was, for the tests after this one
    app = create_app(
        (game, tours),
        {"database_url": f"sqlite:///{tmp_path / 'away.db'}", "media": str(tmp_path / "media"), "testing": True,
         "queue_url": "memory://", "secret": "x", "limits": True, "limits_url": "redis://127.0.0.1:1/0"},
    )  # fmt: skip
    with app.app_context():
        db.create_all()
        make.world()
    phone = at(app, "10.99.0.1")
    assert wrong(phone) == 404
    with app.app_context():
        db.engine.dispose()
