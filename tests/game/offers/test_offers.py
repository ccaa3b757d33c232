"""Offers and wishes: read until their day, brought together by a host, no name told before two yeses."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from core import clock
from core.contributions import queries as handed_in
from core.contributions import service as contributions
from core.database import db, writing
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.people.models import Person
from core.refusal import Refusal
from game.offers import queries, service
from game.offers.kind import CAN, CARD, WANTS
from game.offers.models import Match, Offer
from tests import make
from tests.core.proposals.test_pages import phone_of
from tests.core.staff.test_pages import join
from tests.forms import key_in, words

pytestmark = pytest.mark.both
AT, HOST = "/w/lombok/offers", "/w/lombok/staff/offers"
CAN_DO, WOULD = "Ik plak banden", "Wie helpt met mijn fiets?"


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        make.world()
    return app


def key_of(name: str) -> str:
    return db.session.scalars(select(Person).where(Person.name == name)).unique().one().player_key


def shown(name: str, sort: str, said: str, days: int = 30) -> Offer:
    """One of somebody that everybody reads. Inside `writing()`."""
    here = neighbourhoods.by_slug("lombok")
    content = {"sort": sort, "words": said, "zone": "", "until": (clock.today() + timedelta(days=days)).isoformat()}
    made = contributions.hand_in(CARD, here, key_of(name), content, "nl", named=False)
    contributions.say_yes(made, made.last, "an editor")
    return db.session.scalars(select(Offer).where(Offer.key == made.key)).one()


def matched(app) -> str:
    """The match of an offer of the one and a wish of the other."""
    with app.app_context(), writing():
        service.match(shown("Blauwe Reiger", CAN, CAN_DO), shown("Ronde Deur", WANTS, WOULD))
        return db.session.scalars(select(Match.key)).one()


def says(device, key: str, what: str):
    return device.post(f"{AT}/match/{key}", data={"says": what})


def test_it_is_read_until_its_day_and_not_a_day_longer(lombok):
    with lombok.app_context(), writing():
        shown("Blauwe Reiger", CAN, CAN_DO, days=3)
    clock.set(clock.now() + timedelta(days=3))
    assert CAN_DO in lombok.test_client().get(AT).text
    clock.set(clock.now() + timedelta(days=1))
    assert CAN_DO not in lombok.test_client().get(AT).text


def test_a_newcomer_sends_none(lombok):
    with lombok.app_context(), writing():
        make.person(neighbourhoods.by_slug("lombok"), "Nieuwe Kiezel", known=False)
    phone = phone_of(lombok, "Nieuwe Kiezel")
    sent = {"sort": CAN, "words": CAN_DO, "until": clock.today().isoformat(), "lang": "nl"}
    key = key_in(phone.get("/w/lombok/me/offers/new").text)
    assert phone.post("/w/lombok/me/offers/new", data={**sent, "client_key": key}).status_code == 409


def test_a_host_brings_two_together_and_both_are_asked_and_named_after_two_yeses_only(lombok):
    with lombok.app_context(), writing():
        offer, wish = shown("Blauwe Reiger", CAN, CAN_DO).key, shown("Ronde Deur", WANTS, WOULD).key
    host = join(lombok, Role.HOST, "joke", "Vroege Merel")
    sent = {"offer": offer, "wish": wish, "client_key": key_in(host.get(HOST).text)}
    for _again in range(2):
        assert host.post(HOST, data=sent).status_code == 303
    with lombok.app_context():
        (key,) = db.session.scalars(select(Match.key)).all()
    one, other, stranger = (phone_of(lombok, name) for name in ("Blauwe Reiger", "Ronde Deur", "Stille Fiets"))
    for device in (one, other):
        assert f"{AT}/match/{key}" in device.get("/w/lombok/").text, "whose turn it is"
    assert stranger.get(f"{AT}/match/{key}").status_code == 404
    assert says(stranger, key, "yes").status_code == 404
    assert says(one, key, "yes").status_code == 303
    assert "Blauwe Reiger" not in words(other.get(f"{AT}/match/{key}").text)
    assert "Ronde Deur" not in words(one.get(f"{AT}/match/{key}").text)
    assert says(other, key, "yes").status_code == 303
    assert "Blauwe Reiger" in words(other.get(f"{AT}/match/{key}").text)
    assert "Ronde Deur" in words(one.get(f"{AT}/match/{key}").text)
    assert CAN_DO not in lombok.test_client().get(AT).text, "it found its neighbour"
    assert f"{AT}/match/{key}" not in one.get("/w/lombok/").text


def test_after_a_no_nobody_is_named_and_both_stand_there_still(lombok):
    key = matched(lombok)
    one, other = phone_of(lombok, "Blauwe Reiger"), phone_of(lombok, "Ronde Deur")
    says(one, key, "no")
    assert says(other, key, "yes").status_code == 409
    assert "Blauwe Reiger" not in words(other.get(f"{AT}/match/{key}").text)
    assert all(said in lombok.test_client().get(AT).text for said in (CAN_DO, WOULD))


def test_taken_back_its_match_is_gone(lombok):
    key = matched(lombok)
    with lombok.app_context(), writing():
        offer = db.session.scalars(select(Match.offer)).one()
        contributions.withdraw(db.session.scalars(handed_in.by_keys(CARD.name, [offer])).one())
        assert db.session.scalar(select(func.count()).select_from(Match)) == 0
    assert phone_of(lombok, "Ronde Deur").get(f"{AT}/match/{key}").status_code == 404


def test_nobody_is_matched_with_themselves(lombok):
    with lombok.app_context(), writing():
        offer, wish = shown("Blauwe Reiger", CAN, CAN_DO), shown("Blauwe Reiger", WANTS, WOULD)
        with pytest.raises(Refusal):
            service.match(offer, wish)


SIDES = {"Blauwe Reiger": 0, "Ronde Deur": 1, "Stille Fiets": None}
ANSWERS = st.lists(st.tuples(st.sampled_from(list(SIDES)), st.booleans()), max_size=8)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_answers=ANSWERS)
def test_whatever_is_answered_only_two_yeses_fit_and_what_is_over_stays_so(lombok, given_answers):
    with lombok.app_context(), writing():
        service.match(shown("Blauwe Reiger", CAN, CAN_DO), shown("Ronde Deur", WANTS, WOULD))
        here, key = neighbourhoods.by_slug("lombok").id, db.session.scalars(select(Match.key)).one()
        said = [None, None]
        for name, yes in given_answers:
            side = SIDES[name]
            is_over = False in said or said == [True, True]
            may = side is not None and (said[side] == yes or not is_over)
            try:
                service.answer(queries.two(here, key), key_of(name), yes)
            except Refusal:
                assert not may
                continue
            assert may
            said[side] = yes
        match = queries.two(here, key).match
        assert [match.offer_says, match.wish_says] == said
        assert match.fits == (said == [True, True])
        for one in (match.offer, match.wish):
            contributions.remove(CARD, db.session.scalars(handed_in.by_keys(CARD.name, [one])).one())
