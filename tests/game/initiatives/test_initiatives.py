"""Initiatives: begun by an idea that goes ahead, of people who are named only where they like, left at any time."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from core import clock
from core.codes import new_key
from core.contributions import queries as handed_in
from core.contributions import service as contributions
from core.database import Model, db, writing
from core.desk import service as deciding
from core.desk.models import Verdict
from core.guard import Role
from core.mirror.factors import OWN
from core.mirror.seen import beside
from core.neighbourhoods import queries as neighbourhoods
from core.people.models import Person
from core.refusal import Refusal
from core.steps import queries as steps
from core.steps.personal_data import STEPS
from game.ideas import queries as ideas
from game.ideas import service as deciding_ideas
from game.ideas.course import ADOPTED, NOT_NOW
from game.ideas.kind import PROPOSAL
from game.initiatives import queries, service
from game.initiatives.course import COURSE, DONE, EDITOR, LEADER, RESTING, RUNNING, STARTING
from game.initiatives.models import Initiative, Need, Participant, Taker
from game.initiatives.personal_data import TAKING_PART
from tests import make
from tests.core.proposals.test_pages import phone_of
from tests.forms import fault, key_in, words
from tests.game.ideas.test_ideas import FORM_CONTENT, editor

pytestmark = pytest.mark.both
AT = "/w/lombok/initiatives"


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        here, _season = make.world()
        with writing():
            db.session.add(make.spot(here))
    return app


def begun(title: str = "Een deelauto", who: str = "who sent it", sort: str = "change") -> Initiative:
    """What came of an idea. Inside `writing()`."""
    here = neighbourhoods.by_slug("lombok")
    made = contributions.hand_in(PROPOSAL, here, who, {**FORM_CONTENT, "title": title, "sort": sort}, "nl", named=False)
    contributions.say_yes(made, made.last, "an editor")
    deciding_ideas.decide(ideas.one(here.id, made.key), ADOPTED, "an editor", "Het mag.", "nl")
    return queries.of_idea(made.key)


def key_there(app, **idea) -> str:
    with app.app_context(), writing():
        return begun(**idea).key


def someone(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.name == name)).unique().one()


def plain(device, key: str) -> str:
    return words(device.get(f"{AT}/{key}").text)


def rows_with(app, word: str) -> list[str]:
    with app.app_context():
        rows = [str(row) for table in Model.metadata.sorted_tables for row in db.session.execute(select(table))]
    return [row for row in rows if word in row]


def leader(app, name: str = "Blauwe Reiger"):
    """An initiative, its key, and the phone of who leads it."""
    phone = phone_of(app, name)
    with app.app_context(), writing():
        one = begun(who=someone(name).player_key)
        service.join(one, someone(name).player_key, shows_name=True, would_lead=True)
        return phone, one.key


def test_it_begins_when_the_idea_goes_ahead_and_says_what_the_idea_says(lombok):
    with lombok.app_context(), writing():
        for sort in ("challenge", "theme"):
            assert begun(f"Geen {sort}", f"of {sort}", sort) is None
    key = key_there(lombok)
    reader = lombok.test_client()
    assert "Een deelauto" in reader.get(AT).text
    assert "Het begint" in plain(reader, key)
    with lombok.app_context():
        idea = db.session.scalars(select(Initiative.idea)).one()
    assert f"{AT}/{key}" in reader.get(f"/w/lombok/ideas/{idea}").text


def test_who_joins_is_named_only_by_choice_a_child_never_and_leaves_without_a_trace(lombok):
    key = key_there(lombok)
    phone = phone_of(lombok, "Blauwe Reiger")
    for named in ("1", ""):
        assert phone.post(f"{AT}/{key}/join", data={"shows_name": named}).status_code == 303
        assert ("Blauwe Reiger" in plain(lombok.test_client(), key)) == bool(named)
    assert "1 buur zonder naam" in plain(phone, key)
    with lombok.app_context(), writing():
        young = make.person(neighbourhoods.by_slug("lombok"), "Kleine Mus", is_young=True)
        service.join(db.session.scalars(select(Initiative)).one(), young.player_key, shows_name=True, would_lead=True)
    assert "Kleine Mus" not in plain(lombok.test_client(), key)
    assert phone.post(f"{AT}/{key}/leave").status_code == 303
    with lombok.app_context():
        me = someone("Blauwe Reiger").player_key
        assert db.session.scalars(select(Participant.who)).all() == [someone("Kleine Mus").player_key]
    assert not [row for row in rows_with(lombok, me) if "needed" in row]


def test_who_sent_the_idea_leads_at_once_and_others_once_they_are_let(lombok):
    lead, key = leader(lombok)
    second = phone_of(lombok, "Ronde Deur")
    second.post(f"{AT}/{key}/join", data={"would_lead": "1"})
    assert second.get(f"{AT}/{key}/change").status_code == 404
    waits = re.search(r'name="participant" value="([^"]*)"', lead.get(f"{AT}/{key}").text)[1]
    assert second.post(f"{AT}/{key}/lead", data={"participant": waits}).status_code == 404
    assert lead.post(f"{AT}/{key}/lead", data={"participant": waits}).status_code == 303
    assert second.get(f"{AT}/{key}/change").status_code == 200
    second.post(f"{AT}/{key}/join", data={"shows_name": "1"})
    assert second.get(f"{AT}/{key}/change").status_code == 404, "who would not lead does not"


def test_only_who_leads_and_editors_write_it_and_everybody_reads_it_at_once(lombok):
    lead, key = leader(lombok)
    said = {"title": "Deelauto in de straat", "words": "Eén auto.", "next_on": "2026-07-20", "next_words": "Rondje."}
    member = phone_of(lombok, "Ronde Deur")
    member.post(f"{AT}/{key}/join")
    assert member.post(f"{AT}/{key}/change", data=said).status_code == 404
    refused = lead.post(f"{AT}/{key}/change", data={**said, "next_words": ""})
    assert "Zeg wat er die dag gebeurt" in fault(refused.text, "next_words")
    assert "Deelauto in de straat" in refused.text
    assert lead.post(f"{AT}/{key}/change", data=said).status_code == 303
    shown = plain(lombok.test_client(), key)
    assert all(one in shown for one in ("Deelauto in de straat", "Rondje.", "20 juli"))
    assert editor(lombok).post(f"{AT}/{key}/change", data={**said, "title": "Auto"}).status_code == 303
    assert "Auto" in plain(lombok.test_client(), key)


def test_a_day_that_is_past_is_no_next_day(lombok):
    with lombok.app_context(), writing():
        one = begun()
        said = {"title": "Auto", "words": "", "next_words": "Rondje."}
        service.write(one, said, clock.today(), "nl", "somebody")
        key = one.key
    assert "Rondje." in plain(lombok.test_client(), key)
    clock.set(clock.now() + timedelta(days=1))
    assert "Rondje." not in plain(lombok.test_client(), key)


def test_of_twenty_at_once_only_as_many_see_to_a_need_as_it_takes(lombok):
    with lombok.app_context(), writing():
        one = begun()
        need = service.add_need(one, "Een kruiwagen", 3, False, "nl").key
        here, key = one.neighbourhood_id, one.key

    def take(number: int) -> bool:
        with lombok.app_context():
            try:
                with writing():
                    service.take(queries.held(here, key), need, f"neighbour {number}")
            except Refusal:
                return False
            return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(20))) == 3
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(Taker)) == 3
        assert db.session.scalar(select(func.count()).select_from(Participant)) == 3


def test_who_leaves_gives_back_what_they_saw_to(lombok):
    lead, key = leader(lombok)
    form = {"need": "Een kruiwagen", "sort": "needed", "many": "1", "client_key": key_in(lead.get(f"{AT}/{key}").text)}
    for _again in range(2):
        assert lead.post(f"{AT}/{key}/needs", data=form).status_code == 303
    with lombok.app_context():
        (need,) = queries.needs(db.session.scalars(select(Initiative)).one())
    phone = phone_of(lombok, "Ronde Deur")
    assert phone.post(f"{AT}/{key}/needs/{need.key}/take").status_code == 303
    assert phone_of(lombok, "Stille Fiets").post(f"{AT}/{key}/needs/{need.key}/take").status_code == 409
    phone.post(f"{AT}/{key}/leave")
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(Taker)) == 0


def test_somebody_erased_is_nowhere_and_what_they_wrote_for_all_stays(lombok):
    _phone, key = leader(lombok)
    with lombok.app_context(), writing():
        one, me = db.session.scalars(select(Initiative)).one(), someone("Blauwe Reiger").player_key
        service.write(one, {"title": "Auto", "words": "Samen.", "next_words": ""}, None, "nl", me)
        need = service.add_need(one, "Een sleutel", 1, False, "nl")
        service.take(one, need.key, me)
        service.step(one, RUNNING, me, LEADER, "Zeldzame zonnebloem", "nl")
        for sort in (TAKING_PART, STEPS):
            sort.erase(me)
    assert rows_with(lombok, "zonnebloem") == []
    with lombok.app_context():
        tables = {table.name for table in Model.metadata.sorted_tables if table.name.startswith("initiative")}
        left = {name for name in tables for row in db.session.execute(select(Model.metadata.tables[name])) if me in row}
    assert left == set()
    shown = plain(lombok.test_client(), key)
    assert "Samen." in shown
    assert "Blauwe Reiger" not in shown


def test_who_left_is_not_named_at_what_they_said_as_its_leader(lombok):
    phone, key = leader(lombok)
    sent = {"to": RUNNING, "words": "Het loopt.", "client_key": key_in(phone.get(f"{AT}/{key}").text)}
    assert phone.post(f"{AT}/{key}/step", data=sent).status_code == 303
    assert "Blauwe Reiger" in plain(lombok.test_client(), key)
    phone.post(f"{AT}/{key}/leave")
    shown = plain(lombok.test_client(), key)
    assert "Het loopt." in shown
    assert "Blauwe Reiger" not in shown


def test_the_idea_taken_back_its_words_go_and_who_leads_writes_their_own(lombok):
    lead, key = leader(lombok)
    with lombok.app_context(), writing():
        idea = db.session.scalars(select(Initiative.idea)).one()
        contributions.withdraw(db.session.scalars(handed_in.by_keys(PROPOSAL.name, [idea])).one())
    reader = lombok.test_client()
    assert reader.get(f"{AT}/{key}").status_code == 404
    assert rows_with(lombok, "Een deelauto") == []
    assert f"{AT}/{key}/change" in lead.get(AT).text
    assert f"{AT}/{key}/change" not in reader.get(AT).text
    lead.post(f"{AT}/{key}/change", data={"title": "Onze auto", "words": ""})
    assert "Onze auto" in plain(reader, key)


def test_reported_it_can_be_hidden_and_shown_again_at_the_desk(lombok):
    lead, key = leader(lombok)
    lead.post(f"{AT}/{key}/change", data={"title": "Onze auto", "words": "Van Jan op 12."})
    with lombok.test_request_context("/w/lombok/"), writing():
        here = neighbourhoods.by_slug("lombok").id
        deciding.report(here, "initiative", key, "other")
        deciding.decide(here, "initiative", key, Verdict.BACK, "an editor", Role.EDITOR, reason="unclear")
    assert lombok.test_client().get(f"{AT}/{key}").status_code == 404
    assert "Onze auto" not in lombok.test_client().get(AT).text
    lead.post(f"{AT}/{key}/change", data={"title": "Onze auto", "words": "Van ons."})
    assert lombok.test_client().get(f"{AT}/{key}").status_code == 404, "an editor looks first"
    with lombok.test_request_context("/w/lombok/"), writing():
        deciding.decide(here, "initiative", key, Verdict.GOOD, "another editor", Role.EDITOR)
    assert "Onze auto" in plain(lombok.test_client(), key)


def test_refused_after_all_nothing_begins_twice(lombok):
    with lombok.app_context(), writing():
        one = begun()
        service.begin(ideas.one(one.neighbourhood_id, one.idea))
        assert db.session.scalar(select(func.count()).select_from(Initiative)) == 1
        here = neighbourhoods.by_slug("lombok")
        made = contributions.hand_in(PROPOSAL, here, "x" * 20, {**FORM_CONTENT, "title": "Nee"}, "nl", named=False)
        contributions.say_yes(made, made.last, "an editor")
        deciding_ideas.decide(ideas.one(here.id, made.key), NOT_NOW, "an editor", "Nee.", "nl")
        assert queries.of_idea(made.key) is None


MOVES = {STARTING: {RUNNING, RESTING, DONE}, RUNNING: {RESTING, DONE}, RESTING: {RUNNING, DONE}, DONE: set()}
PEOPLE = ["ann", "bob", "cas"]
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("step"), st.sampled_from([RUNNING, RESTING, DONE]), st.sampled_from(["", "omdat", "daarom"])),
        st.tuples(st.just("join"), st.sampled_from(PEOPLE), st.booleans()),
        st.tuples(st.just("leave"), st.sampled_from(PEOPLE), st.none()),
        st.tuples(st.just("take"), st.sampled_from(PEOPLE), st.none()),
        st.tuples(st.just("give back"), st.sampled_from(PEOPLE), st.none()),
    ),
    max_size=20,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_is_tried_it_stands_as_its_rules_say(lombok, acts):
    with lombok.app_context(), writing():
        one = begun(who="sender of this")
        need = service.add_need(one, "Een kruiwagen", 2, False, "nl").key
        state, last, people, takers = STARTING, None, set(), set()
        for what, who, more in acts:
            is_open = state != DONE
            try:
                if what == "step":
                    may = (who, more) == last or (bool(more) and who in MOVES[state])
                    service.step(one, who, "an editor", EDITOR, more, "nl")
                elif what == "join":
                    may = is_open
                    service.join(one, who, shows_name=more, would_lead=False)
                elif what == "leave":
                    may = True
                    service.leave(one, who)
                elif what == "take":
                    may = is_open and (who in takers or len(takers) < 2)
                    service.take(one, need, who)
                else:
                    may = True
                    service.give_back(one, need, who)
            except Refusal:
                assert not may, (what, who, more, state)
                continue
            assert may, (what, who, more, state)
            db.session.expire_all()
            if what == "step":
                state, last = who, (who, more)
            people = people | {who} if what in ("join", "take") else people - {who} if what == "leave" else people
            takers = takers | {who} if what == "take" else takers - {who} if what in ("leave", "give back") else takers
        told = queries.one(one.neighbourhood_id, one.key)
        assert (told.state, told.people) == (state, len(people))
        assert {taker.who for taker in queries.needs(one)[0].takers} == takers
        assert all(taken.words for taken in steps.of(COURSE.kind, one.key))
        contributions.remove(PROPOSAL, db.session.scalars(handed_in.by_keys(PROPOSAL.name, [one.idea])).one())


def test_the_mirror_says_of_how_many_what_they_need_is_there(lombok):
    with lombok.test_request_context("/w/lombok/"), writing():
        here = neighbourhoods.by_slug("lombok")
        assert not [one for one in beside(OWN, here) if "initiatie" in words(str(one.figure))]
        one, other = begun(), begun("Een moestuin", "another")
        needs = [Need(key=new_key(), words="Een auto", language="nl", is_there=False, many=1) for _each in range(2)]
        one.needs = needs
        other.needs = [Need(key=new_key(), words="Grond", language="nl", is_there=True, many=1)]
        db.session.flush()
        assert said_of_them(here) == ["Van 2 initiatieven die doorgaan, heeft 1 wat nodig is"]
        for need in needs:
            need.takers = [Taker(who="somebody")]
        db.session.flush()
        assert said_of_them(here) == ["Van 2 initiatieven die doorgaan, heeft 2 wat nodig is"]


def said_of_them(here) -> list[str]:
    return [said for one in beside(OWN, here) if "initiatieven" in (said := words(str(one.figure)))]
