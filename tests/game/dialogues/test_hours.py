"""Professionals are appointed by a coordinator; their hours are planned, opened, closed and cancelled by who may."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from core.audit.models import AuditEntry
from core.database import db, writing
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.people import queries as people
from core.people.models import Person
from core.places import queries as places
from core.refusal import Refusal
from game.dialogues import cards, insights, queries, service, talk_queries, talks
from game.dialogues.models import Hour, Professional, State
from game.dialogues.models_talk import Insight
from tests import make
from tests.conftest import NOON
from tests.core.proposals.test_pages import phone_of
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, key_in, told, words
from tests.game.dialogues.talking import AMINA, AT, JOOST, appoint, scene

pytestmark = pytest.mark.both
STAFF = "/w/lombok/staff/professionals"
FORM = {"spot": "bank", "theme": "help", "day": "2026-06-04", "begins": "14.00", "ends": "15:30"}


def coordinator(app):
    device = join(app, Role.COORDINATOR, "joke", "Vroege Merel")
    with_code(device)
    return device


def letters_of(app, name: str) -> str:
    with app.app_context():
        return db.session.scalars(select(Person.tag).where(Person.name == name)).one()


def test_a_coordinator_appoints_somebody_once_and_ends_that_and_both_stand_in_the_log(lombok):
    device = coordinator(lombok)
    form = {"letters": letters_of(lombok, JOOST), "organisation": "Kantwonen", "role": "wijkbeheerder"}
    key = key_in(device.get(STAFF).text)
    for _time in range(2):
        assert device.post(STAFF, data={**form, "client_key": key}).status_code == 303
    assert "Kantwonen" in device.get(STAFF).text
    refused = device.post(STAFF, data={**form, "client_key": "z" * 26})
    assert "is hier al professional" in fault(refused.text, "letters")
    with lombok.app_context():
        one = db.session.scalars(select(Professional)).one()
    assert device.post(f"{STAFF}/{one.key}/end").status_code == 303
    with lombok.app_context():
        log = [(entry.action, entry.about) for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
    assert log[-2:] == [("professional.appoint", one.key), ("professional.end", one.key)]


def test_a_professional_plans_an_hour_in_amsterdam_and_everybody_reads_it(lombok):
    one = appoint(lombok)
    phone = phone_of(lombok, JOOST)
    page = phone.get(f"{AT}/new").text
    form = {**FORM, "professional": one, "client_key": key_in(page)}
    made = [phone.post(f"{AT}/new", data=form) for _time in range(2)]
    assert made[0].location == made[1].location
    with lombok.app_context():
        hour = db.session.scalars(select(Hour)).one()
        assert f"{hour.begins:%d %H:%M}–{hour.ends:%H:%M}" == "04 12:00–13:30"
    shown = words(lombok.test_client().get(AT).text)
    assert "Warme Sjaal" in shown
    assert "donderdag 4 juni 14.00 – 15.30" in shown
    assert "Warme Sjaal" in words(lombok.test_client().get("/w/lombok/spots/bank").text)


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"day": "2026-06-01"}, "day", "Dat is al voorbij"),
        ({"day": "2026-12-01"}, "day", "negentig dagen"),
        ({"ends": "13.00"}, "ends", "na het begin"),
        ({"begins": "8", "ends": "17"}, "ends", "Acht uur"),
        ({"begins": "25.00"}, "begins", "Schrijf een tijd"),
        ({"theme": "war"}, "theme", "Kies"),
        ({"spot": "moon"}, "spot", "Kies"),
    ],
)
def test_an_hour_that_cannot_be_is_refused_at_its_field(lombok, change, field, says):
    form = {**FORM, "professional": appoint(lombok), "client_key": "k" * 26, **change}
    refused = phone_of(lombok, JOOST).post(f"{AT}/new", data=form)
    assert refused.status_code == 422
    assert says in fault(refused.text, field)


def test_who_is_no_professional_plans_none_and_nobody_moves_the_hour_of_another(lombok):
    one = scene(lombok)
    amina = phone_of(lombok, AMINA)
    with lombok.app_context():
        key = db.session.scalars(select(Professional.key)).one()
    assert amina.get(f"{AT}/new").status_code == 403
    assert amina.post(f"{AT}/new", data={**FORM, "professional": key}).status_code == 403
    for to in ("closed", "cancelled", "open"):
        assert amina.post(f"{AT}/{one.hour}/state", data={"to": to}).status_code == 403
    host = join(lombok, Role.HOST, "farid", "Gulle Theepot")
    answer = host.post(f"{AT}/{one.hour}/state", data={"to": "closed"})
    assert "Gesloten" in told(host, answer)


def test_the_lists_of_what_comes_go_by_time_and_leave_out_what_is_over(lombok, clock):
    appoint(lombok)
    with lombok.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        one, spot = db.session.scalars(select(Professional)).one(), places.by_key(here.id, "bank")
        days = [service.plan(one, spot, "home", date(2026, 6, day), time(14), time(15)) for day in (9, 3, 5)]
        service.move(days[1], State.CANCELLED)
        assert queries.coming(here.id) == [days[2], days[0]]
        assert queries.at(spot) == [days[2], days[0]]
        clock.set(NOON + timedelta(days=4))
        assert queries.coming(here.id) == [days[0]]


# ---- whatever is tried: a life of an hour with its talk, told a second time and apart from the product

WHO = ("joost", "amina", "dirk")
ACTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(State), st.just(""), st.just("")),
        st.tuples(st.sampled_from(["draw", "reply", "back", "write", "sign", "withdraw"]), st.sampled_from(WHO),
                  st.sampled_from(["een", "twee"])),
    ),
    max_size=14,
)  # fmt: skip
MAY = {State.OPEN: {State.PLANNED}, State.CLOSED: {State.OPEN}, State.CANCELLED: {State.PLANNED}}


class Told:
    """The same life, as the rules say it."""

    def __init__(self) -> None:
        self.state, self.said, self.words, self.yes = State.PLANNED, {}, None, set()

    def tries(self, act, who: str, words: str) -> bool:
        """Whether it is allowed, and then what comes of it."""
        if isinstance(act, State):
            allowed = act == self.state or self.state in MAY.get(act, ())
            self.state = act if allowed else self.state
            return allowed
        return getattr(self, act)(who, words)

    def draw(self, who: str, words: str) -> bool:
        allowed = self.state == State.OPEN and who != "joost" and not self.said
        if allowed:
            self.said[who] = words
        return allowed

    def reply(self, who: str, words: str) -> bool:
        allowed = bool(self.said) and who == "joost" and who not in self.said
        if allowed:
            self.said[who] = words
        return allowed

    def back(self, who: str, _words: str) -> bool:
        if self.said.get(who):
            self.said[who], self.words, self.yes = "", None, set()
        return True

    def write(self, who: str, words: str) -> bool:
        allowed = who in self.said and len(self.said) == 2 and all(self.said.values())
        if allowed and words != self.words:
            self.words, self.yes = words, set()
        return allowed

    def sign(self, who: str, words: str) -> bool:
        allowed = self.words == words and who in self.said
        if allowed:
            self.yes.add(who)
        return allowed

    def withdraw(self, who: str, _words: str) -> bool:
        allowed = who in self.said
        if allowed:
            self.words, self.yes = None, set()
        return allowed

    @property
    def public(self) -> list[str]:
        return [self.words] if self.words and self.yes >= set(self.said) and len(self.yes) == 2 else []


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_is_tried_an_insight_is_public_with_both_signatures_and_with_no_less(lombok, acts):
    with lombok.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        cast = {who: make.person(here, f"{who.title()} Kwartel{next(make.numbers)}").player_key for who in WHO}
        one = service.appoint(people.by_player_key(cast["joost"]), "Kantwonen", "wijkbeheerder")
        hour = service.plan(one, places.by_key(here.id, "bank"), "home", date(2026, 6, 2), time(11), time(13))
        told_, talk = Told(), None
        for act, who, said in acts:
            may = told_.tries(act, who, said)
            try:
                if isinstance(act, State):
                    service.move(hour, act)
                elif act == "draw":
                    talk = _draw(hour, talk, cast[who], said)
                else:
                    _do(talk, act, cast[who], said)
                assert may, (acts, act, who)
            except Refusal:
                assert not may, (acts, act, who)
            db.session.expire_all()
            assert [shown.words for shown in talk_queries.learned_in(hour)] == told_.public
            if talk:
                words = [seat.words for seat in talk.seats]
                assert talk.both_answered == (len(words) == 2 and all(words))
        db.session.rollback()


def _draw(hour: Hour, talk, who: str, said: str):
    if talk:
        raise Refusal("one talk is enough here")
    return talks.draw(hour, "first-home", who, said, "nl")


def _do(talk, act: str, who: str, said: str) -> None:
    if talk is None:
        if act == "back":
            return
        raise Refusal("there is no talk")
    if act == "reply":
        talks.answer(talk, who, said, "nl")
    elif act == "back":
        talks.take_back(talk, who)
    elif act == "write":
        insights.write(talk, who, said, "nl")
    elif act == "withdraw":
        insights.withdraw(talk, who)
    elif talk.insight is None or talk.insight.words != said:
        raise Refusal("they saw other words")
    else:
        insights.sign(talk.insight, talk.insight.hash, who, shows_name=False)


def test_fifty_times_at_once_is_signed_once(lombok):
    one = scene(lombok).draws().replies()
    one.send(one.joost, "insight", "Wie helpt, groet")

    def sign(_which: int) -> None:
        with lombok.app_context(), writing():
            here = neighbourhoods.by_slug("lombok")
            who = db.session.scalars(select(Professional.who)).one()
            talk = talk_queries.talk(here.id, one.talk, [who], lock=True)
            insights.sign(talk.insight, talk.insight.hash, who, shows_name=False)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(sign, range(50)))
    with lombok.app_context():
        assert len(db.session.scalars(select(Insight)).one().signatures) == 1
        assert db.session.scalar(select(func.count()).select_from(Insight)) == 1


def test_every_talk_card_is_on_paper_with_room_for_two_answers(lombok):
    page = lombok.test_client().get(f"{AT}/cards").text
    assert page.count('class="buurt-ideacard"') == len(cards.every()) == 15
    assert page.count('class="buurt-sheet buurt-ideacards"') == 4
    assert all(card.texts["nl"]["question"] in unescape(page) for card in cards.every().values())
    assert page.count("Ik woon hier") == page.count("Ik werk hier") == 15
