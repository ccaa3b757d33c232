"""Choosing together: opened once for good, voted by who was here, counted after the close, answered with a reason."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from core import clock as time
from core import jobs
from core.audit.models import AuditEntry
from core.contributions import service as contributions
from core.contributions.models import Contribution
from core.database import Model, db, writing
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.people import suspensions
from core.people.models import Person
from core.refusal import Refusal
from game.choices import check, goings_on, paper, queries, service
from game.choices.kind import CARD, OBJECTION
from game.choices.models import OPEN, SECRET, Choice, Count, OpenVote, Option, Outcome, PaperCount, Reason, Voter
from game.choices.personal_data import VOTES
from game.choices.service import Offered
from tests import make
from tests.core.proposals.test_pages import phone_of
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, key_in, told, words

pytestmark = pytest.mark.both
AT, STAFF = "/w/lombok/choices", "/w/lombok/staff/choices"
ASKED = service.Wording("Wat komt er onder de linde?", "Er is één plek.", "Wat het wordt.", [
    Offered("Plantenbakken", "Vier bakken."), Offered("Lange tafel", "Met banken."), Offered("Waterpomp", ""),
])  # fmt: skip
FORM = {
    "title": ASKED.title, "fixed": ASKED.fixed, "undecided": ASKED.undecided, "option_1": "Plantenbakken",
    "words_1": "Vier bakken.", "option_2": "Lange tafel", "option_4": "Waterpomp", "mode": SECRET,
    "closes_on": "2026-06-05",
}  # fmt: skip
AFTER = timedelta(days=4)  # of the close, seen from noon on the second of June


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        make.world()
    return app


def opened(app, mode=SECRET, asked=ASKED) -> str:
    """The key of a choice that is open until Friday."""
    with app.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        return service.open_choice(
            here.id, "a coordinator", asked, mode, time.today() + timedelta(days=3), "nl"
        ).key  # fmt: skip


def found(key: str) -> Choice:
    return queries.one(neighbourhoods.by_slug("lombok").id, key)


def option(app, key: str, number: int) -> str:
    with app.app_context():
        return found(key).options[number].key


def vote(app, device, key: str, number: int, **more):
    return device.post(f"{AT}/{key}/vote", data={"option": option(app, key, number), **more})


def counts(app, key: str) -> list[int]:
    with app.app_context():
        choice = found(key)
        return [queries.counted(choice)[one.id] for one in choice.options]


def staff(app, role=Role.EDITOR, login="farid", name="Gulle Theepot"):
    device = join(app, role, login, name)
    with_code(device)
    return device


def named(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.name == name)).unique().one()


def neighbours(many: int) -> list[str]:
    """The keys of so many new ones."""
    here = neighbourhoods.by_slug("lombok")
    return [make.person(here, f"Buur {'abcdefghijklmnopqrstuvwxyz'[number]}").player_key for number in range(many)]


def close(clock) -> None:
    time.set(time.now() + AFTER)


def send(device, address: str, page: str, **said):
    return device.post(address, data={"client_key": key_in(device.get(page).text), **said})


# ---- opening


def test_a_coordinator_opens_one_once_and_it_is_in_the_log(lombok):
    device = staff(lombok, Role.COORDINATOR)
    sent = {**FORM, "client_key": key_in(device.get(f"{STAFF}/new").text)}
    first = device.post(f"{STAFF}/new", data=sent)
    assert first.status_code == 303
    assert device.post(f"{STAFF}/new", data=sent).location == first.location
    page = words(lombok.test_client().get(first.location).text)
    for said in ("Wat komt er onder de linde?", "A Plantenbakken", "C Waterpomp", "Open tot en met 5 juni 2026"):
        assert said in page
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(Choice)) == 1
        assert db.session.scalar(select(func.count()).where(AuditEntry.action == "choice.open")) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [({"option_2": ""}, "option_2"), ({"closes_on": "2026-06-02"}, "closes_on"), ({"mode": ""}, "mode"),
     ({"closes_on": "2027-06-02"}, "closes_on"), ({"fixed": ""}, "fixed")],
)  # fmt: skip
def test_a_choice_that_lacks_something_is_refused_and_keeps_what_was_typed(lombok, change, field):
    device = staff(lombok, Role.COORDINATOR)
    answer = send(device, f"{STAFF}/new", f"{STAFF}/new", **{**FORM, **change})
    assert answer.status_code == 422
    assert fault(answer.text, field)
    assert "Vier bakken." in answer.text


def test_who_is_on_the_list_is_fixed_when_it_opens(lombok):
    with lombok.app_context(), writing():
        days = {"since": time.now(), "until": time.now() + timedelta(days=2)}
        who = named("Ronde Deur").player_key
        db.session.add(suspensions.Suspension(player=who, key="k" * 26, reason="other", by="an editor", **days))
    key = opened(lombok)
    with lombok.app_context(), writing():
        make.person(neighbourhoods.by_slug("lombok"), "Gele Jas")
    with lombok.app_context():
        listed = db.session.scalars(select(Voter.who)).all()
        here = ("Blauwe Reiger", "Warme Sjaal", "Stille Fiets")
        assert sorted(listed) == sorted(named(name).player_key for name in here)
        assert found(key).voters == 3
    late = phone_of(lombok, "Gele Jas")
    assert "Alleen wie hier al speelde" in words(late.get(f"{AT}/{key}").text)
    assert vote(lombok, late, key, 0).status_code == 403
    assert vote(lombok, phone_of(lombok, "Ronde Deur"), key, 0).status_code == 403
    assert counts(lombok, key) == [0, 0, 0]


# ---- voting


def test_a_secret_vote_is_one_and_stays(lombok):
    key, phone = opened(lombok), phone_of(lombok, "Blauwe Reiger")
    assert "Daarna kun je niet meer wisselen" in words(phone.get(f"{AT}/{key}").text)
    assert "Nergens staat wat je koos" in told(phone, vote(lombok, phone, key, 1))
    assert vote(lombok, phone, key, 2).status_code == 303
    assert counts(lombok, key) == [0, 1, 0]
    page = words(phone.get(f"{AT}/{key}").text)
    assert "Je deed mee" in page
    assert "Ik kies dit" not in page


def test_an_open_vote_can_be_changed_until_the_close_and_its_name_hidden(lombok, clock):
    key, phone = opened(lombok, OPEN), phone_of(lombok, "Blauwe Reiger")
    other = phone_of(lombok, "Warme Sjaal")
    vote(lombok, phone, key, 1)
    assert "Je koos B Lange tafel" in words(phone.get(f"{AT}/{key}").text)
    vote(lombok, phone, key, 0, shows_name="1")
    vote(lombok, other, key, 0)
    stranger = lombok.test_client()
    before = words(stranger.get(f"{AT}/{key}").text)
    assert "Blauwe Reiger" not in before
    close(clock)
    assert vote(lombok, phone, key, 2).status_code == 409
    for _swept in range(2):
        page = words(stranger.get(f"{AT}/{key}").text)
        assert "2 buren kozen" in page
        assert "A Blauwe Reiger" in page
        assert "Warme Sjaal" not in page
        jobs.run(lombok)
    with lombok.app_context():
        assert db.session.scalars(select(OpenVote.shows_name)).all() == [True]


def test_nothing_is_chosen_without_an_option_and_none_of_another_choice(lombok):
    key, other = opened(lombok), opened(lombok)
    phone = phone_of(lombok, "Blauwe Reiger")
    refused = phone.post(f"{AT}/{key}/vote", data={})
    assert refused.status_code == 422
    assert fault(refused.text, "option") == "Tik aan wat je kiest."
    assert phone.post(f"{AT}/{key}/vote", data={"option": option(lombok, other, 0)}).status_code == 422
    assert counts(lombok, key) == counts(lombok, other) == [0, 0, 0]


def test_the_mode_of_a_choice_is_in_no_form_but_the_one_that_opens_it(lombok, clock):
    key, device = opened(lombok), staff(lombok, Role.COORDINATOR)
    assert 'name="mode"' not in device.get(f"{STAFF}/{key}").text + device.get(f"{AT}/{key}").text
    vote(lombok, phone_of(lombok, "Blauwe Reiger"), key, 0)
    for path in ("outcome", "count", "void"):
        send(device, f"{STAFF}/{key}/{path}", f"{STAFF}/{key}", mode=OPEN)
    with lombok.app_context():
        assert found(key).mode == SECRET
        assert db.session.scalar(select(func.count()).select_from(OpenVote)) == 0


# ---- what is said of the result


@pytest.mark.parametrize(("many", "exact"), [(9, False), (10, True)])
def test_few_secret_votes_show_their_order_and_ten_their_numbers(lombok, clock, many, exact):
    with lombok.app_context(), writing():
        keys = neighbours(many)
    key = opened(lombok)
    with lombok.app_context(), writing():
        for number, who in enumerate(keys):
            service.vote(found(key), who, found(key).options[1 if number < 6 else 2].key, False)
    close(clock)
    page = words(lombok.test_client().get(f"{AT}/{key}").text)
    assert ("10 buren kozen" in page) == exact
    assert ("Minder dan tien buren kozen" in page) != exact
    order = ["B Lange tafel", "C Waterpomp", "A Plantenbakken"]
    assert sorted(order, key=page.index) == order
    assert ("plek 1" in page) != exact
    with lombok.app_context():
        assert [one.votes for one in queries.result(found(key)).chosen] == ([6, 4, 0] if exact else [None] * 3)


def test_as_many_votes_share_a_place(lombok, clock):
    key = opened(lombok)
    vote(lombok, phone_of(lombok, "Blauwe Reiger"), key, 2)
    vote(lombok, phone_of(lombok, "Warme Sjaal"), key, 0)
    close(clock)
    with lombok.app_context():
        assert [one.place for one in queries.result(found(key)).chosen] == [1, 1, 3]


# ---- paper


def test_a_sheet_of_paper_takes_the_vote_of_a_card_once_and_both_ways(lombok):
    key, host = opened(lombok), staff(lombok)
    with lombok.app_context():
        tags = {name: named(name).tag for name in ("Blauwe Reiger", "Warme Sjaal")}
    phone = phone_of(lombok, "Blauwe Reiger")
    assert send(host, f"{STAFF}/{key}/sheet", f"{STAFF}/{key}", letters=tags["Blauwe Reiger"]).status_code == 303
    vote(lombok, phone, key, 0)
    assert counts(lombok, key) == [0, 0, 0]
    vote(lombok, phone_of(lombok, "Warme Sjaal"), key, 0)
    for tag in tags.values():
        again = send(host, f"{STAFF}/{key}/sheet", f"{STAFF}/{key}", letters=tag)
        assert again.status_code == 409
        assert "deed al mee" in fault(again.text, "letters")
    with lombok.app_context():
        assert found(key).sheets == 1
        told_of = db.session.scalars(select(AuditEntry.about).where(AuditEntry.action == "choice.sheet")).all()
        assert told_of == [key], "the log says that a sheet was given, and not to whom"


def test_two_people_count_the_paper_and_the_outcome_waits_for_both(lombok, clock):
    key = opened(lombok)
    with lombok.app_context(), writing():
        for name in ("Blauwe Reiger", "Warme Sjaal"):
            paper.hand_out(found(key), named(name))
    vote(lombok, phone_of(lombok, "Stille Fiets"), key, 2)
    page, at = f"{STAFF}/{key}", f"{STAFF}/{key}/count"
    totals = {"votes_1": "0", "votes_2": "2", "votes_3": "0"}
    outcome = {"option": option(lombok, key, 1), "because": "De meeste buren.", "review_on": "2026-09-01"}
    close(clock)
    one, other = staff(lombok), staff(lombok, Role.EDITOR, "joke", "Vroege Merel")
    assert "Twee mensen doen dat samen" in words(lombok.test_client().get(f"{AT}/{key}").text)
    assert one.post(f"{page}/outcome", data=outcome).status_code == 409
    assert send(one, at, page, **{**totals, "votes_1": "1"}).status_code == 422
    assert "Iemand anders telt ook" in told(one, send(one, at, page, **totals))
    assert "Iemand anders telt ook" in told(one, send(one, at, page, **totals)), "the same person is not two"
    assert "Niet hetzelfde" in told(other, send(other, at, page, **{**totals, "votes_2": "1"}))
    assert one.post(f"{page}/outcome", data=outcome).status_code == 409
    assert "Hetzelfde" in told(one, send(one, at, page, **{**totals, "votes_2": "1"}))
    assert counts(lombok, key) == [0, 1, 1]
    assert one.post(at, data=totals).status_code in (303, 409)
    assert counts(lombok, key) == [0, 1, 1], "counted once"
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(PaperCount)) == 0
        assert db.session.scalar(select(func.count()).select_from(Voter)) == 0
    assert one.post(f"{page}/outcome", data=outcome).status_code == 303
    assert "Vroege Merel en Gulle Theepot telden het samen" in words(lombok.test_client().get(f"{AT}/{key}").text)


# ---- what became of it


def test_an_outcome_has_a_reason_and_a_day_and_a_change_is_another_row(lombok, clock):
    key = opened(lombok)
    vote(lombok, phone_of(lombok, "Blauwe Reiger"), key, 1)
    page, at = f"{STAFF}/{key}", f"{STAFF}/{key}/outcome"
    said = {"option": option(lombok, key, 1), "because": "Daar past iedereen aan.", "review_on": "2026-09-01"}
    assert staff(lombok, login="joke", name="Vroege Merel").post(at, data=said).status_code == 409, "it is open"
    close(clock)
    device = staff(lombok)
    for name in ("because", "review_on", "option"):
        assert send(device, at, page, **{**said, name: ""}).status_code == 422, name
    assert send(device, at, page, **{**said, "review_on": "2026-06-01"}).status_code == 422
    assert send(device, at, page, **said).status_code == 303
    assert send(device, at, page, **{**said, "option": option(lombok, key, 0), "because": "Toch niet."}).location
    shown = words(lombok.test_client().get(f"{AT}/{key}").text)
    for what in ("Het wordt: Plantenbakken", "Toch niet.", "Gulle Theepot", "1 september 2026", "Daar past iedereen"):
        assert what in shown
    with lombok.app_context():
        assert db.session.scalars(select(Outcome.number).order_by(Outcome.id)).all() == [1, 2]


def test_a_void_choice_closes_says_why_and_shows_no_result_ever(lombok, clock):
    key, device = opened(lombok), staff(lombok)
    phone = phone_of(lombok, "Blauwe Reiger")
    vote(lombok, phone, key, 1)
    assert send(device, f"{STAFF}/{key}/void", f"{STAFF}/{key}", because="Er stond een fout in.").status_code == 303
    assert vote(lombok, phone_of(lombok, "Warme Sjaal"), key, 1).status_code == 409
    for _moment in range(2):
        shown = words(lombok.test_client().get(f"{AT}/{key}").text)
        assert "Er stond een fout in." in shown
        assert "buren kozen" not in shown
        close(clock)
    said = {"option": option(lombok, key, 1), "because": "Toch.", "review_on": "2026-09-01"}
    later = staff(lombok, login="joke", name="Vroege Merel")
    assert later.post(f"{STAFF}/{key}/outcome", data=said).status_code == 409


# ---- reasons


def card(who: str, key: str, side: str = "for", words_: str = "Goed.", called: bool = False, number: int = 0) -> str:
    choice = found(key)
    about = key if side == OBJECTION else choice.options[number].key
    here = neighbourhoods.by_slug("lombok")
    said = {"about": about, "side": side, "words": words_}
    made = contributions.hand_in(CARD, here, named(who).player_key, said, "nl", named=called)
    contributions.say_yes(made, made.last, "an editor")
    return made.key


def test_reasons_without_a_name_show_from_three_on_and_in_an_order_that_tells_nothing(lombok):
    key, reader = opened(lombok), lombok.test_client()

    def shown() -> str:
        return words(reader.get(f"{AT}/{key}").text)

    with lombok.app_context(), writing():
        card("Blauwe Reiger", key, words_="Eerste", called=True)
        card("Blauwe Reiger", key, words_="Tweede", number=1)
        card("Warme Sjaal", key, "against", "Derde", number=1)
    assert "Eerste Blauwe Reiger" in shown()
    assert "Tweede" not in shown()
    assert "Derde" not in shown()
    with lombok.app_context(), writing():
        card("Stille Fiets", key, words_="Vierde", number=2)
    assert all(word in shown() for word in ("Tweede een buur", "Derde een buur", "Vierde een buur"))
    with lombok.app_context():
        keys = [one.reason.key for one in queries.cards(found(key))]
        assert keys == sorted(keys), "their keys are drawn by lot"


def test_a_reason_waits_for_an_editor_and_goes_when_it_is_taken_back(lombok):
    key, phone = opened(lombok), phone_of(lombok, "Blauwe Reiger")
    page = f"/w/lombok/me/reasons/new?about={option(lombok, key, 1)}"
    sent = {"about": option(lombok, key, 1), "side": "for", "words": "Zonnebloem", "lang": "nl", "named": "1"}
    assert send(phone, "/w/lombok/me/reasons/new", page, **sent).status_code == 303
    reader = lombok.test_client()
    assert "Zonnebloem" not in reader.get(f"{AT}/{key}").text
    with lombok.app_context(), writing():
        made = db.session.scalars(select(Contribution)).one()
        contributions.say_yes(made, made.last, "an editor")
        mine = made.key
    assert "Zonnebloem" in reader.get(f"{AT}/{key}").text
    assert phone.post(f"/w/lombok/me/reasons/{mine}/withdraw").status_code == 303
    assert "Zonnebloem" not in reader.get(f"{AT}/{key}").text
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(Reason)) == 0


def test_who_does_not_agree_signs_it_once_there_is_an_outcome(lombok, clock):
    key = opened(lombok)
    with lombok.app_context(), writing(), pytest.raises(Refusal):
        card("Blauwe Reiger", key, OBJECTION)
    close(clock)
    with lombok.app_context(), writing():
        day = time.today() + timedelta(days=30)
        service.decide(found(key), "an editor", found(key).options[0].key, "Daarom.", "nl", day)
        card("Blauwe Reiger", key, OBJECTION, "Ik hoor het in de nacht", called=True)
    shown = words(lombok.test_client().get(f"{AT}/{key}").text)
    assert "Ik hoor het in de nacht Blauwe Reiger" in shown
    with lombok.app_context(), writing(), pytest.raises(Refusal):
        card("Blauwe Reiger", key, "for")


# ---- erased


@pytest.mark.parametrize("mode", [OPEN, SECRET])
def test_erased_after_the_close_the_vote_counts_on_without_them(lombok, clock, mode):
    key = opened(lombok, mode)
    vote(lombok, phone_of(lombok, "Blauwe Reiger"), key, 1, shows_name="1")
    close(clock)
    with lombok.app_context(), writing():
        me = named("Blauwe Reiger").player_key
        VOTES.erase(me)
    assert counts(lombok, key) == [0, 1, 0]
    with lombok.app_context():
        rows = [str(row) for table in (Voter, OpenVote) for row in db.session.execute(select(table.__table__))]
        assert not any(me in row for row in rows)


def test_erased_before_the_close_an_open_vote_is_gone(lombok):
    key = opened(lombok, OPEN)
    vote(lombok, phone_of(lombok, "Blauwe Reiger"), key, 1)
    with lombok.app_context(), writing():
        me = named("Blauwe Reiger").player_key
        assert {"chose": "Lange tafel", "chose in": ASKED.title, "with your name": False} in VOTES.export(me)
        VOTES.erase(me)
        assert VOTES.export(me) == []
    assert counts(lombok, key) == [0, 0, 0]


# ---- whatever is tried

WHO = ("Blauwe Reiger", "Warme Sjaal", "Stille Fiets", "Gele Jas")  # the last one joined later
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("vote"), st.sampled_from(WHO), st.integers(0, 2)),
        st.tuples(st.just("sheet"), st.sampled_from(WHO), st.just(0)),
        st.tuples(st.just("count"), st.sampled_from(["ed", "flo"]), st.integers(0, 2)),
        st.tuples(st.sampled_from(["decide", "void", "close", "empty"]), st.just("ed"), st.just(0)),
    ),
    max_size=14,
)


class Expected:
    """What may happen, said a second time and apart from the product."""

    def __init__(self, mode: str) -> None:
        self.mode, self.is_open, self.is_void = mode, True, False
        self.chosen: dict[str, int | None] = {}  # None: on paper
        self.first: tuple[str, int] | None = None
        self.paper: int | None = None

    def may(self, act: str, who: str, number: int) -> bool:
        sheets = sum(one is None for one in self.chosen.values())
        if act in ("vote", "sheet") and (not self.is_open or who == WHO[-1]):
            return False
        if act == "vote":
            return self.mode == SECRET or self.chosen.get(who, 0) is not None
        if act == "sheet":
            return who not in self.chosen
        if act == "count":
            return not self.is_open and sheets > 0 and self.paper is None and number <= sheets
        if act == "decide":
            return not self.is_open and not self.is_void and (not sheets or self.paper is not None)
        return act != "void" or not self.is_void

    def do(self, act: str, who: str, number: int) -> None:
        if act == "vote" and (self.mode == OPEN or who not in self.chosen):
            self.chosen[who] = number
        elif act == "sheet":
            self.chosen[who] = None
        elif act == "count":
            if self.first and self.first[0] != who and self.first[1] == number:
                self.paper, self.first = number, None
            else:
                self.first = (who, number)
        elif act == "close":
            self.is_open = False
        elif act == "void":
            self.is_open, self.is_void = False, True

    @property
    def counts(self) -> list[int]:
        """All papers that were counted are for the first."""
        on_phones = [sum(one == number for one in self.chosen.values()) for number in range(3)]
        return [on_phones[0] + (self.paper or 0), *on_phones[1:]]


def act_out(choice: Choice, act: str, who: str, number: int) -> None:
    if act == "vote":
        service.vote(choice, named(who).player_key, choice.options[number].key, number == 1)
    elif act == "sheet":
        paper.hand_out(choice, named(who))
    elif act == "count":
        paper.count(choice, who, [number, 0, 0])
    elif act == "decide":
        day = time.today() + timedelta(days=9)
        service.decide(choice, who, choice.options[0].key, f"Omdat {len(queries.outcomes(choice))}.", "nl", day)
    elif act == "void":
        service.void(choice, who, "Fout.", "nl")
    elif act == "close":
        choice.closes_at = min(choice.closes_at, time.now())
    else:
        service.empty(choice)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mode=st.sampled_from([OPEN, SECRET]), acts=ACTS)
def test_whatever_is_tried_each_has_one_vote_and_no_result_comes_early(lombok, mode, acts):
    key = opened(lombok, mode)
    with lombok.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        late = db.session.scalars(select(Person).where(Person.name == WHO[-1])).unique().first()
        if late:
            db.session.execute(Voter.__table__.delete().where(Voter.who == late.player_key))
        else:
            make.person(here, WHO[-1])
        choice, expected, counted = found(key), Expected(mode), None
        for act, who, number in acts:
            is_again = expected.paper is not None and who in (choice.counted_by, choice.counted_too)
            may = expected.may(act, who, number) or (act == "count" and is_again)
            try:
                with db.session.begin_nested():
                    act_out(choice, act, who, number)
                assert may, (act, who, number)
                if not is_again or act != "count":
                    expected.do(act, who, number)
            except Refusal:
                assert not may, (act, who, number)
            assert [queries.counted(choice)[one.id] for one in choice.options] == expected.counts
            result = queries.result(choice)
            assert result is None or not choice.is_open
            counted = result and result.total
        if mode == SECRET:
            assert counted is None, "at most three voted"
            assert db.session.scalar(select(func.count()).where(OpenVote.choice_id == choice.id)) == 0
        forget(choice)


def forget(choice: Choice) -> None:
    for table in (Voter, OpenVote, Count, PaperCount, Outcome, Option):
        db.session.execute(table.__table__.delete().where(table.__table__.c.choice_id == choice.id))
    db.session.execute(Choice.__table__.delete().where(Choice.id == choice.id))


def test_no_table_of_a_choice_has_a_moment_of_a_vote(inside):
    columns = {
        name: set(Model.metadata.tables[name].columns.keys())
        for name in ("choice_voter", "choice_vote", "choice_count")
    }
    assert columns == {
        "choice_voter": {"choice_id", "who", "voted"},
        "choice_vote": {"choice_id", "who", "option_id", "shows_name"},
        "choice_count": {"choice_id", "option_id", "votes"},
    }


# ---- what the operator checks, and what happens here


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        (lambda choice: OpenVote(choice_id=choice.id, who="x", option_id=choice.options[0].id, shows_name=False),
         "a secret vote with a name"),
        (lambda choice: setattr(choice, "voters", 0), "more votes than voters"),
        (lambda choice: (setattr(choice, "counted_by", "x"), setattr(choice, "counted_too", "x")),
         "paper that one person counted"),
        (lambda choice: setattr(choice, "emptied_at", time.now()), "a list of voters after the close"),
        (lambda choice: Outcome(choice_id=choice.id, number=1, option_id=None, because="x", language="nl", by="x",
                                at=time.now()), "an outcome before the close"),
    ],
)  # fmt: skip
def test_what_no_service_would_do_is_named(lombok, planted, said):
    key = opened(lombok)
    vote(lombok, phone_of(lombok, "Blauwe Reiger"), key, 0)
    with lombok.app_context():
        assert check.look() == (1, [])
        with writing():
            made = planted(found(key))
            if isinstance(made, Model):
                db.session.add(made)
        assert check.look().faults == [f"choice {key}: {said}"]


def test_what_happens_here_has_what_closes_first_first_and_what_became(lombok, clock):
    first, second = opened(lombok), opened(lombok, OPEN)
    with lombok.app_context(), writing():
        found(first).closes_at += timedelta(days=9)
    with lombok.test_request_context("/w/lombok/"):
        here = neighbourhoods.by_slug("lombok")
        assert [one.key for one in queries.open_in(here.id)] == [second, first]
        assert [one.key for one in goings_on.of(here)] == [f"choice-{second}", f"choice-{first}"]
    close(clock)
    with lombok.test_request_context("/w/lombok/"):
        with writing():
            day = time.today() + timedelta(days=30)
            service.decide(found(second), "an editor", found(second).options[1].key, "Daarom.", "nl", day)
        told_of = list(goings_on.of(neighbourhoods.by_slug("lombok")))
        assert [one.key for one in told_of] == [f"choice-{first}", f"choice-{second}"]
        assert str(told_of[1].about) == "Het wordt: Lange tafel"
