"""Ideas: sent by anybody, signed too once each, answered by a named editor with a reason, looked at again once."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from core.contributions import service as contributions
from core.contributions.models import Contribution
from core.database import Model, db, writing
from core.desk import service as deciding
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.people.models import Person
from core.refusal import Refusal
from core.steps import queries as steps
from core.steps.models import Step
from core.steps.personal_data import STEPS
from game.ideas import queries, service
from game.ideas.course import ADOPTED, APPEALED, COURSE, NOT_NOW, REVERSED, UPHELD
from game.ideas.kind import PROPOSAL
from game.ideas.models import CoSign
from game.ideas.personal_data import COSIGNS
from tests import make
from tests.core.proposals.test_pages import phone_of
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, key_in, words
from tests.tours.stories.test_pages import code_on

pytestmark = pytest.mark.both
AT, MINE = "/w/lombok/ideas", "/w/lombok/me/ideas"
FORM = {"lang": "nl", "title": "Een ruiltafel onder de linde", "words": "Breng iets leuks.", "sort": "activity",
        "spot": "bank", "called": "Truus"}  # fmt: skip


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        here, _season = make.world()
        with writing():
            db.session.add(make.spot(here))
    return app


def send(device, **change):
    key = key_in(device.get(f"{MINE}/new").text)
    return device.post(f"{MINE}/new", data={**FORM, "client_key": key, **change})


def key_of(app) -> str:
    with app.app_context():
        return db.session.scalars(select(Contribution.key).order_by(Contribution.id.desc()).limit(1)).one()


def desk_says(app, verdict: str = "good", reason: str = "") -> str:
    key = key_of(app)
    with app.test_request_context("/w/lombok/"), writing():
        here = neighbourhoods.by_slug("lombok")
        deciding.decide(here.id, "idea", key, verdict, "an editor", Role.EDITOR, reason=reason)
    return key


def test_an_idea_that_waited_on_a_phone_for_two_weeks_comes_once(lombok, clock):
    device = phone_of(lombok, "Warme Sjaal")
    form = {**FORM, "client_key": "k" * 26}
    first = device.post(f"{MINE}/new", data=form, headers={"Accept": "application/json"})
    assert (first.status_code, first.json) == (200, {"answered": "done", "next": MINE})
    clock.advance(days=13)
    assert device.post(f"{MINE}/new", data=form, headers={"Accept": "application/json"}).json == first.json
    other = {**form, "who": "ABCDEF", "client_key": "l" * 26}
    assert device.post(f"{MINE}/new", data=other, headers={"Accept": "application/json"}).status_code == 401
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(Contribution)) == 1


def sent_and_read(app, **change):
    """An idea of a visitor that everybody reads: their device, its key, and the letters of its receipt."""
    device = app.test_client()
    answer = send(device, **change)
    return device, desk_says(app), code_on(answer)


def editor(app, name: str = "Gulle Theepot", login: str = "farid"):
    device = join(app, Role.EDITOR, login, name)
    with_code(device)
    return device


def answer(device, key: str, to: str, reason: str = "De tafel staat al elders."):
    sent = {"to": to, "words": reason, "client_key": key_in(device.get(f"{AT}/{key}").text)}
    return device.post(f"/w/lombok/staff/ideas/{key}", data=sent)


def ask_again(device, key: str, reason: str = "Kijk nog eens."):
    return device.post(f"{AT}/{key}/appeal", data={"words": reason})


def plain(device, key: str) -> str:
    return words(device.get(f"{AT}/{key}").text)


def rows_with(app, word: str) -> list[str]:
    with app.app_context():
        rows = [str(row) for table in Model.metadata.sorted_tables for row in db.session.execute(select(table))]
    return [row for row in rows if word in row]


def test_it_is_read_once_an_editor_said_yes_and_nowhere_before(lombok):
    device = lombok.test_client()
    page = send(device)
    assert "Bewaar deze bon" in page.text
    reader = lombok.test_client()
    assert all("ruiltafel" not in reader.get(f"/w/lombok/{path}").text for path in ("", "ideas", "spots/bank"))
    key = desk_says(lombok)
    for path in ("ideas", "spots/bank", f"ideas/{key}"):
        assert "ruiltafel" in reader.get(f"/w/lombok/{path}").text, path
    assert "Truus" in plain(reader, key)
    assert "Dag 1 van 14." in plain(reader, key)


def test_a_neighbour_signs_it_too_once_with_a_name_or_none_and_takes_it_back(lombok):
    _device, key, _code = sent_and_read(lombok)
    phone = phone_of(lombok, "Blauwe Reiger")
    for named in ("1", ""):
        assert phone.post(f"{AT}/{key}/sign", data={"shows_name": named}).status_code == 303
        shown = plain(lombok.test_client(), key)
        assert "1 buur tekende mee" in shown
        assert ("Blauwe Reiger" in shown) == bool(named)
    assert phone.post(f"{AT}/{key}/unsign").status_code == 303
    assert "Nog niemand tekende mee" in plain(phone, key)


def test_fifty_times_at_once_is_signed_once(lombok):
    _device, key, _code = sent_and_read(lombok)

    def sign(_which: int) -> None:
        with lombok.app_context(), writing():
            here = neighbourhoods.by_slug("lombok")
            me = db.session.scalars(select(Person).where(Person.name == "Blauwe Reiger")).unique().one()
            service.sign(queries.one(here.id, key), me.player_key, False)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(sign, range(50)))
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(CoSign)) == 1


def test_nobody_signs_an_own_idea_and_a_child_has_no_name_there(lombok):
    phone = phone_of(lombok, "Blauwe Reiger")
    send(phone, called="", named="1")
    key = desk_says(lombok)
    assert phone.post(f"{AT}/{key}/sign").status_code == 403
    with lombok.app_context(), writing():
        young = make.person(neighbourhoods.by_slug("lombok"), "Kleine Mus", is_young=True)
        service.sign(queries.one(young.neighbourhood_id, key), young.player_key, shows_name=True)
    shown = plain(lombok.test_client(), key)
    assert "1 buur tekende mee" in shown
    assert "Kleine Mus" not in shown


def test_an_editor_answers_with_a_reason_under_their_name_and_not_their_own_idea(lombok):
    _device, key, _code = sent_and_read(lombok)
    device = editor(lombok)
    assert "Een ruiltafel" in device.get("/w/lombok/staff/ideas").text
    refused = answer(device, key, NOT_NOW, "")
    assert refused.status_code == 422
    assert "Zeg waarom" in fault(refused.text, "words")
    assert answer(device, key, NOT_NOW).status_code == 303
    shown = plain(lombok.test_client(), key)
    assert re.search(r"Nu niet De tafel staat al elders\. Gulle Theepot ?, redacteur", shown)
    assert "Een ruiltafel" not in device.get("/w/lombok/staff/ideas").text
    send(device, title="Mijn eigen idee", called="", named="1")
    own = desk_says(lombok)
    sent = {"to": ADOPTED, "words": "Het mag.", "client_key": "k" * 26}  # no page offers it to them
    assert device.post(f"/w/lombok/staff/ideas/{own}", data=sent).status_code == 403


def test_who_sent_it_asks_once_for_another_look_with_the_receipt_and_another_editor_answers(lombok):
    _device, key, code = sent_and_read(lombok)
    first, second = editor(lombok), editor(lombok, "Vroege Merel", "joke")
    answer(first, key, NOT_NOW)
    sender = lombok.test_client()
    assert ask_again(sender, key).status_code == 404, "who holds no receipt is nobody"
    sender.post("/w/lombok/receipt", data={"code": code})
    assert "Vraag een nieuw besluit" in plain(sender, key)
    assert ask_again(sender, key).status_code == 303
    assert answer(first, key, UPHELD).status_code == 403
    assert answer(second, key, REVERSED, "Ik vroeg het na. Het kan.").status_code == 303
    shown = plain(sender, key)
    assert "Het gaat toch door" in shown
    assert "Vraag een nieuw besluit" not in shown


def test_taken_back_it_is_in_no_page_and_no_row(lombok):
    device, key, _code = sent_and_read(lombok)
    answer(editor(lombok), key, NOT_NOW, "Geen eekhoorns.")
    phone_of(lombok, "Blauwe Reiger").post(f"{AT}/{key}/sign")
    assert device.post(f"{MINE}/{key}/withdraw").status_code == 303
    assert device.get(f"{AT}/{key}").status_code == 404
    assert rows_with(lombok, "ruiltafel") == []
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(CoSign)) == 0
        assert db.session.scalar(select(func.count()).select_from(Step)) == 0


def test_hidden_and_shown_again_it_keeps_who_signed_it_and_what_was_said(lombok):
    _device, key, _code = sent_and_read(lombok)
    answer(editor(lombok), key, NOT_NOW)
    phone_of(lombok, "Blauwe Reiger").post(f"{AT}/{key}/sign", data={"shows_name": "1"})
    with lombok.app_context(), writing():
        one = db.session.scalars(select(Contribution)).one()
        contributions.hide(one)
        assert queries.one(one.neighbourhood_id, key) is None
        contributions.say_yes(one, one.last, "an editor")
    shown = plain(lombok.test_client(), key)
    assert "Nu niet" in shown
    assert "Blauwe Reiger" in shown


def test_erased_what_they_signed_and_said_is_gone_and_the_step_stays(lombok):
    with lombok.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        me = db.session.scalars(select(Person).where(Person.name == "Stille Fiets")).unique().one()
        made = contributions.hand_in(PROPOSAL, here, "x" * 26, FORM_CONTENT, "nl", named=False)
        contributions.say_yes(made, made.last, "an editor")
        key = made.key
        idea = queries.one(here.id, key)
        service.sign(idea, me.player_key, True)
        service.decide(idea, NOT_NOW, me.player_key, "Zeldzame zonnebloem", "nl")
        for sort in (STEPS, COSIGNS):
            sort.erase(me.player_key)
    assert rows_with(lombok, "zonnebloem") == []
    with lombok.app_context():
        assert [step.state for step in steps.of(COURSE.kind, key)] == [NOT_NOW]
        assert db.session.scalar(select(func.count()).select_from(CoSign)) == 0


FORM_CONTENT = {name: FORM[name] for name in ("title", "words", "sort", "spot")}
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["sender", "ed", "flo", "gus"]),
        st.sampled_from([ADOPTED, NOT_NOW, APPEALED, UPHELD, REVERSED]),
        st.sampled_from(["", "omdat", "daarom"]),
    ),
    max_size=12,
)


def follows(before: list[tuple[str, str, str]], who: str, to: str, said: str) -> bool:
    """What may come next, said a second time and apart from the product."""
    if before and before[-1] == (who, to, said):
        return True
    state = before[-1][1] if before else "visible"
    refused_by = {one for one, then, _said in before if then == NOT_NOW}
    if not said:
        return False
    if who == "sender":
        return to == APPEALED and state == NOT_NOW and not any(then == APPEALED for _who, then, _said in before)
    if state == APPEALED:
        return to in (UPHELD, REVERSED) and who not in refused_by
    return (state, to) in {("visible", ADOPTED), ("visible", NOT_NOW), (NOT_NOW, ADOPTED), (UPHELD, ADOPTED)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_is_tried_no_step_goes_without_words_nor_by_who_may_not(lombok, acts):
    with lombok.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        made = contributions.hand_in(PROPOSAL, here, "sender", FORM_CONTENT, "nl", named=False)
        contributions.say_yes(made, made.last, "an editor")
        idea, done = queries.one(here.id, made.key), []
        for who, to, said in acts:
            may = follows(done, who, to, said)
            try:
                if to == APPEALED:
                    service.appeal(idea, who, said, "nl")
                else:
                    service.decide(idea, to, who, said, "nl")
                assert may, (done, who, to, said)
                if not done or done[-1] != (who, to, said):
                    done.append((who, to, said))
            except Refusal:
                assert not may, (done, who, to, said)
        assert [(one.by, one.state, one.words) for one in steps.of(COURSE.kind, made.key)] == done
        contributions.remove(PROPOSAL, made)
