"""After both said yes: the page of the points, in its order; and the letters that who has no phone takes along."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select

from core.database import db, writing
from core.people import service as people
from core.people.models import Person
from tests import make
from tests.forms import fault, told
from tests.game.encounters.test_allowed import live_together, person, street, tag  # noqa: F401 - a fixture

HERE = "/w/lombok"
NO_MORE = "I do not want to meet this neighbour any more"


def met(app, one: FlaskClient, other: FlaskClient, names: str, challenge: str = "bench") -> str:
    """Two meet; gives where that is."""
    form = {"client_key": f"{challenge}-{names}", "tag": tag(app, names), "photo": (make.jpeg(), "kiek.jpg")}
    address = one.post(f"{HERE}/together/{challenge}", data=form).location
    assert other.post(f"{address}/yes", data={"photo": "with"}).location == address
    return address


def oak() -> Person:
    return db.session.scalars(select(Person).where(Person.name == "Oude Eik")).unique().one()


def in_order(text: str, *pieces: str) -> bool:
    places = [text.find(piece) for piece in pieces]
    return -1 not in places and places == sorted(places)


def test_the_photo_stands_under_the_points_then_why_then_one_question_and_the_rest_is_folded(app, street):  # noqa: F811
    address = met(app, street["amina"], street["dirk"], "dirk")
    text = street["dirk"].get(address).text
    assert in_order(text, "buurt-total__figure", "/photo/", "Why did I get this?", "In which part", "May wait")
    assert text.count("<h2") == 3  # the question, what may wait, and in its fold who may see the photo
    assert "The points are for the meeting. A photo need not be." in text
    chosen = street["dirk"].post(f"{HERE}/me/zone", data={"zone": "Zuid", "back": address})
    assert told(street["dirk"], chosen).startswith("Saved.")
    text = street["dirk"].get(address).text
    assert in_order(text, "Why did I get this?", "Who may see this photo?", "May wait")
    assert "In which part" not in text


def test_words_are_asked_for_before_who_may_see_the_photo_and_a_refused_text_comes_back(app, street):  # noqa: F811
    with app.app_context(), writing():
        make.challenge(person("dirk").neighbourhood, "sounds", "talk")
    address = met(app, street["amina"], street["dirk"], "dirk", "sounds")
    street["dirk"].post(f"{HERE}/me/zone", data={"zone": "Zuid"})
    text = street["dirk"].get(address).text
    assert in_order(text, "What did you say?", "May wait", "Who may see this photo?")
    refused = street["dirk"].post(f"{address}/words", data={"words": "a" * 300})
    assert refused.status_code == 422
    assert "300" in fault(refused.text, "words")
    assert "a" * 300 in refused.text
    kept = street["dirk"].post(f"{address}/words", data={"words": "De bel."})
    assert told(street["dirk"], kept) == "Kept. You two read it once you both wrote."
    assert in_order(street["dirk"].get(address).text, "Who may see this photo?", "May wait", "De bel.")


def test_who_met_before_or_lives_together_is_not_introduced_again(app, street, clock):  # noqa: F811
    first = met(app, street["amina"], street["dirk"], "dirk")
    clock.advance(hours=1)
    second = met(app, street["dirk"], street["amina"], "amina", "bike")
    live_together(app, "bram", "sister")
    home = met(app, street["bram"], street["sister"], "sister")
    for who, address, known in (
        ("dirk", first, "You now know"), ("dirk", second, "Good to see you again"), ("amina", second, "Good to see"),
        ("bram", home, "At home, with"),
    ):  # fmt: skip
        text = street[who].get(address).text
        assert known in text
        assert ("You now know" in text) == (address == first)


def test_not_meeting_somebody_stands_under_a_no_and_not_above_the_yes(app, street):  # noqa: F811
    form = {"client_key": "asks", "photo": (make.jpeg(), "kiek.jpg"), "tag": tag(app, "dirk")}
    address = street["amina"].post(f"{HERE}/together/bench", data=form).location
    text = street["dirk"].get(address).text
    assert NO_MORE not in text
    assert "You choose that later. Your points do not depend on it." in text
    street["dirk"].post(f"{address}/no")
    assert NO_MORE in street["dirk"].get(address).text
    assert NO_MORE not in street["amina"].get(address).text
    assert street["dirk"].post(f"{address}/block").status_code == 303
    assert "Rode Fiets" in street["dirk"].get(f"{HERE}/me/blocks").text


def test_who_answers_on_anothers_phone_takes_their_letters_along(app, street):  # noqa: F811
    form = {"client_key": "of two", "photo": (make.jpeg(), "kiek.jpg")}
    address = street["amina"].post(f"{HERE}/together/bench", data=form).location
    assert "Without a phone" in street["amina"].get(address).text
    street["amina"].post(f"{address}/here", data={"name": "Oude Eik", "age": "adult"})
    said = street["amina"].post(f"{address}/yes", data={"here": "1", "photo": "with"})
    assert said.location == f"{address}/here/letters"
    with app.app_context():
        letters = oak().tag
    text = street["amina"].get(said.location).text
    shown = re.findall(r'<bdi translate="no" aria-hidden="true">(\w+)</bdi>', text)
    assert shown == [letters[:3], letters[3:]]
    assert in_order(
        text, 'Now <bdi translate="no">Oude Eik</bdi> reads', "<h1>10 points, for you too", letters[:3], "Written down"
    )
    assert said.location in street["amina"].get(address).text  # to show again
    assert street["dirk"].get(said.location).status_code == 404
    with app.app_context(), writing():
        people.sign_in(oak())
    assert street["amina"].get(said.location).status_code == 403  # who has a phone of their own reads them there
    assert said.location not in street["amina"].get(address).text
