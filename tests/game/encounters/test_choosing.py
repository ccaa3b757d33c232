"""What do you do together: three that fit now, a surprise, the rest by kind; never what could only refuse."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core import clock as now
from core.database import db, writing
from core.people.models import Person
from game.challenges import fitting
from game.challenges import service as challenges
from game.challenges.models import Challenge
from tests import make
from tests.game.encounters.test_pages import hand_in, joined, letters, lombok

__all__ = ["lombok"]
pytestmark = pytest.mark.both
SUGGESTED = re.compile(r"<li(?P<hidden>[^>]*)><a class=\"buurt-suggest.*?/together/(?P<key>[\w-]+)[\"?]", re.DOTALL)
FOLD = re.compile(r'buurt-fold__name">([^<]+?) <span class="buurt-fold__now">([^<]+)')


@pytest.fixture
def amina(lombok) -> FlaskClient:
    return joined(lombok, "Rode Fiets")


@pytest.fixture
def bram(lombok) -> FlaskClient:
    return joined(lombok, "Groene Deur")


def page(phone: FlaskClient, address: str = "/w/lombok/together") -> str:
    answer = phone.get(address)
    assert answer.status_code == 200
    return answer.text


def suggested(text: str) -> list[str]:
    """The keys of those that fit now, in their order."""
    return [found["key"] for found in SUGGESTED.finditer(text) if "hidden" not in found["hidden"]]


def listed(text: str) -> set[str]:
    return set(re.findall(r'buurt-list__link" href="/w/lombok/together/([\w-]+)', text))


def tag_of(app, name: str) -> str:
    with app.app_context():
        return db.session.scalars(select(Person.tag).where(Person.name == name)).one()


def change(app, key: str, **fields) -> None:
    with app.app_context(), writing():
        one = db.session.scalars(select(Challenge).where(Challenge.key == key)).one()
        for name, value in fields.items():
            setattr(one, name, value)


def add(app, key: str, **fields) -> None:
    with app.app_context(), writing():
        here = db.session.scalars(select(Challenge)).first().neighbourhood_id
        usual = {"kind": "together", "marks": [], "texts": make.TEXTS, "faceless": True}
        db.session.add(Challenge(neighbourhood_id=here, key=key, icon="i-samen", **{**usual, **fields}))


def meet(app, one: FlaskClient, other: FlaskClient, challenge: str) -> None:
    address = hand_in(one, challenge, key=f"of {challenge}").headers["Location"]
    assert other.post(f"/e/{letters(app, one, address)}/yes").status_code == 303


def test_the_weeks_comes_first_and_one_that_this_player_never_did_is_there(lombok, amina, bram):
    with lombok.app_context(), writing():
        challenges.choose_week(1, now.week_of(now.today()), "bike")
    meet(lombok, amina, bram, "colour")
    text = page(amina)
    assert suggested(text)[0] == "bike"
    assert "Opdracht van de week" in text
    [new] = re.findall(r'together/([\w-]+)"[^>]*><img[^>]*>\s*<span[^>]*>Deed je nog nooit', text)
    assert new == "bench"


def test_of_three_one_is_of_another_kind(lombok, amina):
    add(lombok, "a-talk", kind="talk")
    assert "a-talk" in suggested(page(amina))


def test_each_suggestion_has_a_picture_with_its_size_and_the_first_sentence(lombok, amina):
    words = {"nl": {"title": "Ruil iets", "text": "Leg het neer. En pak iets.", "question": "Wat?"}}
    change(lombok, "colour", texts=words)
    text = page(amina)
    assert "Leg het neer." in text
    assert "En pak iets." not in text
    pictures = re.findall(r"<img[^>]*>", text)
    assert len(pictures) == len(suggested(text)) == 3
    assert all('width="640" height="480"' in picture for picture in pictures)


def test_the_rest_stands_by_kind_with_how_many(lombok, amina):
    add(lombok, "a-talk", kind="talk")
    text = page(amina)
    assert FOLD.findall(text)[1:] == [("Samen op de foto", "3 opdrachten"), ("Een gesprek", "1 opdracht")]
    assert listed(text) == {"colour", "bench", "bike", "a-talk"}


@pytest.mark.parametrize(
    ("asked", "kept"),
    [("", {"colour", "bench", "bike"}), ("free=1", {"bench", "bike"}), ("free=1&step_free=1", {"bike"}),
     ("faceless=1&indoor=1", set()), ("nonsense=1", {"colour", "bench", "bike"})],
)  # fmt: skip
def test_only_what_is_asked_for_is_shown_also_among_the_three(lombok, amina, asked, kept):
    change(lombok, "colour", marks=[])
    change(lombok, "bike", marks=["free", "step_free"])
    text = page(amina, f"/w/lombok/together?{asked}")
    assert listed(text) == kept
    assert set(suggested(text)) <= kept
    assert ("Geen opdracht past bij alles" in text) == (not kept)


def test_what_nobody_looked_at_is_not_step_free_at_a_place(lombok, amina):
    with lombok.app_context(), writing():
        place = make.spot(db.session.scalars(select(Person)).first().neighbourhood)
        db.session.add(place)
        db.session.flush()
        spot_id = place.id
    change(lombok, "bench", marks=["step_free"], spot_id=spot_id)
    assert listed(page(amina, "/w/lombok/together?step_free=1")) == set()


def test_a_surprise_fits_and_is_new(lombok, amina, bram):
    change(lombok, "colour", marks=[])
    meet(lombok, amina, bram, "bench")
    seen = {amina.get("/w/lombok/surprise?free=1").headers["Location"] for _time in range(9)}
    assert seen == {"/w/lombok/together/bike"}
    assert amina.get("/w/lombok/surprise?indoor=1").headers["Location"] == "/w/lombok/together"


def test_with_somebody_what_the_two_did_is_left_out(lombok, amina, bram, clock):
    meet(lombok, amina, bram, "colour")
    clock.advance(days=1)
    tag = tag_of(lombok, "Groene Deur")
    text = page(amina, f"/w/lombok/with/{tag}")
    assert listed(text) == {"bench", "bike"}
    assert f"/w/lombok/together/bench?tag={tag}" in text
    for _time in range(5):
        assert amina.get(f"/w/lombok/surprise?tag={tag}").headers["Location"] in {
            f"/w/lombok/together/{key}?tag={tag}" for key in ("bench", "bike")
        }
    assert "colour" in listed(page(amina)), "with another it can be done"


def test_what_the_other_handed_in_just_now_can_still_be_reported(lombok, amina, bram):
    assert hand_in(bram, "colour", tag=tag_of(lombok, "Rode Fiets")).status_code == 303
    assert "colour" in listed(page(amina, f"/w/lombok/with/{tag_of(lombok, 'Groene Deur')}"))


def test_a_place_that_is_told_can_be_found_near_and_one_to_look_for_cannot(lombok, amina, clock):
    week = {"tu": [["09:00", "17:00"]]}
    with lombok.app_context(), writing():
        here = db.session.scalars(select(Person)).first().neighbourhood
        open_, closed = (
            make.spot(here, "open", hours=week),
            make.spot(here, "dicht", hours={"mo": [["09:00", "10:00"]]}),
        )
        db.session.add_all([open_, closed])
        db.session.flush()
        ids = open_.id, closed.id
    add(lombok, "at-open", spot_id=ids[0])
    add(lombok, "at-closed", spot_id=ids[1])
    add(lombok, "to-find", spot_id=ids[0], kind="find")
    assert re.findall(r'data-lat="[\d.]+" data-lon="[\d.]+" data-key="([\w-]+)" hidden', page(amina)) == ["at-open"]
    clock.advance(hours=9)
    assert "data-lat" not in page(amina)


def test_without_any_challenge_there_is_a_way_to_think_one_up(lombok, amina):
    for key in ("colour", "bench", "bike"):
        change(lombok, key, last_day=now.today() - timedelta(days=1))
    text = page(amina)
    assert suggested(text) == []
    assert "/w/lombok/me/drafts/new" in text
    assert "/w/lombok/surprise" not in text


@pytest.mark.parametrize(
    ("kind", "more"),
    [("together", {}), ("talk", {}), ("find", {}), ("then_now", {"picture": "then-lime.svg"})],
)
def test_where_the_photo_is_made_stands_what_to_do_and_what_to_ask(lombok, amina, kind, more):
    words = {"title": "Kop", "text": "Doe dit samen.", "question": "En waarom?", "picture": "Tekening: een boom."}
    add(lombok, "asks", kind=kind, texts={"nl": words}, **more)
    text = page(amina, "/w/lombok/together/asks")
    kept = page(lombok.test_client(), "/w/lombok/offline")
    here = kept.partition('data-asks="asks"')[2].partition("data-asks")[0]
    for said in (text, here):
        assert "Doe dit samen." in said
        assert "En waarom?" in said
        assert ("Gesprekskaart" in said) == (kind == "talk")
    assert ("Tekening: een boom." in text) == bool(more)
    assert all("width=" in image and "height=" in image for image in re.findall("<img[^>]*>", text))


def test_the_list_of_challenges_is_by_kind_too_and_filters_within_what_was_chosen(lombok, amina):
    add(lombok, "to-find", kind="find", marks=["free"])
    add(lombok, "to-find-too", kind="find")
    text = page(lombok.test_client(), "/w/lombok/challenges?alone=1&free=1")
    assert FOLD.findall(text) == [("Laat alleen zien", "gratis"), ("Zoek de plek", "1 opdracht")]
    add(lombok, "to-look", kind="look", marks=["free"])
    assert "to-look" in page(lombok.test_client(), "/w/lombok/challenges?alone=1&free=1")
    assert 'name="alone" value="1"' in text
    assert "Geen opdracht past bij alles" in page(amina, "/w/lombok/challenges?indoor=1")


def test_what_is_outside_its_hours_is_not_suggested_and_can_be_chosen(clock):
    clock.set(datetime(2026, 10, 7, 20, 30, tzinfo=UTC))  # half past ten in Amsterdam
    day, night = (Challenge(id=id_, key=key, kind="together", from_hour=begin, until_hour=end)
                  for id_, key, begin, end in ((1, "by-day", 9, 22), (2, "by-night", 22, None)))  # fmt: skip
    assert [fit.challenge.key for fit in fitting.three([day, night], None, ())] == ["by-night"]
    assert fitting.surprise([day, night], ()) == night
    assert fitting.by_kind([day, night])[0][1] == [day, night]
