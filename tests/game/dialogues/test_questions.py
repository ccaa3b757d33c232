"""A question: heard, taken up, done or it cannot be, always with words and a name; "not yet" brings it back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.audit.models import AuditEntry
from core.codes import new_key
from core.contributions import service as contributions
from core.contributions.models import Contribution
from core.database import db, writing
from core.desk import service as deciding
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.refusal import Refusal
from core.steps import queries as steps
from game.dialogues import asking, queries, question_queries, service
from game.dialogues.course import CANNOT, COURSE, DONE, HEARD, TAKEN_UP
from game.dialogues.kind import INQUIRY
from game.dialogues.models import Professional, Question
from tests.core.proposals.test_pages import phone_of
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, key_in, words
from tests.game.dialogues.talking import AMINA, AT, JOOST, Scene, appoint, hour_of, rows_with, scene
from tests.tours.stories.test_pages import code_on

pytestmark = pytest.mark.both
ASKED = "Waarom is het zo donker bij de pompoen?"
MINE = "/w/lombok/me/asked"


def asks(app) -> tuple[Scene, str, str]:
    """A question of a visitor that an editor let through: the scene, its key, and the letters of its receipt."""
    one = scene(app)
    page = one.amina.get(f"{MINE}/new?hour={one.hour}").text
    form = {"lang": "nl", "words": ASKED, "hour": one.hour, "called": "Truus", "client_key": key_in(page)}
    code = code_on(one.amina.post(f"{MINE}/new", data=form))
    with app.app_context():
        key = db.session.scalars(select(Contribution.key)).one()
    assert ASKED not in one.page(one.stranger, "/questions") + one.page(one.joost, "/mine")
    with app.test_request_context("/w/lombok/"), writing():
        here = neighbourhoods.by_slug("lombok")
        deciding.decide(here.id, "question", key, "good", "an editor", Role.EDITOR)
    return one, key, code


def says(phone, key: str, to: str, said: str = "Ik ging kijken.", **more: str):
    form = {"to": to, "words": said, "client_key": new_key(), **more}
    return phone.post(f"{AT}/questions/{key}/step", data=form)


def not_yet(phone, key: str, said: str = "Hij gaat om tien uur uit."):
    return phone.post(f"{AT}/questions/{key}/not-yet", data={"words": said, "client_key": new_key()})


def test_each_step_stands_there_with_a_name_and_words_and_not_yet_returns_it(lombok):
    one, key, _code = asks(lombok)
    assert ASKED in one.page(one.stranger, f"/{one.hour}")
    assert "Truus" in one.page(one.stranger, f"/questions/{key}")
    for to, said in ((HEARD, "De lamp is stuk."), (TAKEN_UP, "Een monteur komt."), (DONE, "Een nieuwe lamp.")):
        refused = says(one.joost, key, to, "")
        assert "Zeg het" in fault(refused.text, "words")
        assert says(one.joost, key, to, said).status_code == 303
    assert not_yet(one.joost, key).status_code == 404, "only who asked says that"
    assert "Nog niet: pak het weer op" in one.page(one.amina, f"/questions/{key}")
    assert not_yet(one.amina, key).status_code == 303
    shown = one.page(one.stranger, f"/questions/{key}")
    assert "Nog niet wie het vroeg" in shown
    assert f"Opgepakt {JOOST}, wijkbeheerder bij Kantwonen" in shown
    with lombok.app_context():
        assert [step.state for step in steps.of(COURSE.kind, key)] == [HEARD, TAKEN_UP, DONE, TAKEN_UP]
    assert says(one.joost, key, DONE, "De klok staat goed.").status_code == 303
    assert "1 is gedaan. 0 kunnen niet." in one.page(one.stranger, "/questions")


def test_what_cannot_be_is_counted_apart_and_is_never_done(lombok):
    one, key, _code = asks(lombok)
    says(one.joost, key, HEARD)
    assert says(one.joost, key, CANNOT, "De brandweer moet erdoor.").status_code == 303
    assert "0 zijn gedaan. 1 kan niet." in one.page(one.stranger, "/questions")
    assert says(one.joost, key, DONE, "Toch.").status_code == 409


def test_the_same_step_twice_is_one_and_a_day_that_was_named_is_read(lombok):
    one, key, _code = asks(lombok)
    form = {"to": HEARD, "words": "Gehoord.", "reply_by": "2026-06-20", "client_key": new_key()}
    for _time in range(2):
        assert one.joost.post(f"{AT}/questions/{key}/step", data=form).status_code == 303
    with lombok.app_context():
        assert len(steps.of(COURSE.kind, key)) == 1
    assert "Uiterlijk 20 juni 2026 komt er meer" in one.page(one.stranger, f"/questions/{key}")
    past = says(one.joost, key, TAKEN_UP, reply_by="2026-05-01")
    assert "al voorbij" in fault(past.text, "reply_by")


def test_nobody_else_answers_and_nobody_without_a_name(lombok):
    one, key, _code = asks(lombok)
    assert says(phone_of(lombok, AMINA), key, HEARD).status_code == 403
    assert says(one.stranger, key, HEARD).status_code in (303, 401)
    one.joost.post(f"{AT}/mine/name")
    assert says(one.joost, key, HEARD).status_code == 409
    with lombok.app_context():
        assert steps.of(COURSE.kind, key) == []


def test_it_survives_who_answered_it_and_a_coordinator_names_a_successor(lombok):
    one, key, _code = asks(lombok)
    says(one.joost, key, HEARD, "Ik heb het gehoord.")
    other = appoint(lombok, "Stille Fiets")
    device = join(lombok, Role.COORDINATOR, "joke", "Vroege Merel")
    with_code(device)
    with lombok.app_context(), writing():
        service.end(db.session.scalars(select(Professional).where(Professional.key != other)).one())
    assert "werkt hier niet meer" in one.page(one.stranger, f"/questions/{key}")
    assert ASKED in device.get("/w/lombok/staff/professionals").text
    form = {"professional": other, "client_key": new_key()}
    assert device.post(f"{AT}/questions/{key}/successor", data=form).status_code == 303
    assert says(one.joost, key, TAKEN_UP).status_code == 403
    assert says(phone_of(lombok, "Stille Fiets"), key, TAKEN_UP, "Ik neem het over.").status_code == 303
    shown = one.page(one.stranger, f"/questions/{key}")
    assert "Ik heb het gehoord." in shown
    assert "Ik neem het over." in shown
    with lombok.app_context():
        acts = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert acts[-1] == "question.hand over"


def test_taken_back_it_is_in_no_page_and_no_row_with_its_steps(lombok):
    one, key, code = asks(lombok)
    says(one.joost, key, HEARD, "Zeldzame pastinaak.")
    elsewhere = lombok.test_client()
    elsewhere.post("/w/lombok/receipt", data={"code": code})
    assert elsewhere.post(f"{MINE}/{key}/withdraw").status_code == 303
    assert one.stranger.get(f"{AT}/questions/{key}").status_code == 404
    assert rows_with(lombok, "pompoen") == rows_with(lombok, "pastinaak") == []


def test_hidden_it_says_nothing_and_comes_back_to_who_answers_it_now(lombok):
    one, key, _code = asks(lombok)
    other = appoint(lombok, "Stille Fiets")
    with lombok.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        service.hand_over(question_queries.question(here.id, key), queries.professional_by_key(here.id, other))
        made = db.session.scalars(select(Contribution)).one()
        contributions.hide(made)
    assert one.stranger.get(f"{AT}/questions/{key}").status_code == 404
    with lombok.app_context(), writing():
        made = db.session.scalars(select(Contribution)).one()
        contributions.say_yes(made, made.last, "an editor")
        assert db.session.scalars(select(Question)).one().professional.key == other
    assert ASKED in one.page(one.stranger, f"/questions/{key}")


def test_nothing_is_asked_in_an_hour_that_never_opened(lombok):
    one = scene(lombok)
    with lombok.app_context(), writing():
        hour_of(lombok, one.hour).state = service.State.PLANNED
    form = {"lang": "nl", "words": ASKED, "hour": one.hour, "called": "", "client_key": new_key()}
    refused = one.amina.post(f"{MINE}/new", data=form)
    assert refused.status_code == 422
    assert "Kies" in words(refused.text)


WAYS = {("asked", HEARD), (HEARD, TAKEN_UP), (HEARD, CANNOT), (TAKEN_UP, DONE), (TAKEN_UP, CANNOT)}
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["joost", "asker", "dirk"]),
        st.sampled_from([HEARD, TAKEN_UP, DONE, CANNOT]),
        st.sampled_from(["", "omdat", "daarom"]),
    ),
    max_size=12,
)


def follows(before: list[tuple[str, str, str]], who: str, to: str, said: str) -> bool:
    """What may come next, said a second time and apart from the product."""
    state = before[-1][1] if before else "asked"
    if who == "dirk":
        return False
    if before and before[-1] == (who, to, said):
        return True
    if who == "asker":
        return bool(said) and to == TAKEN_UP and state == DONE
    return bool(said) and (state, to) in WAYS


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_is_tried_no_step_goes_without_words_nor_by_who_may_not(lombok, acts):
    with lombok.app_context():
        if db.session.scalar(select(Professional.id).limit(1)) is None:
            lombok.one = scene(lombok)
    with lombok.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        said = {"words": ASKED, "hour": lombok.one.hour}
        made = contributions.hand_in(INQUIRY, here, "asker", said, "nl", named=False)
        contributions.say_yes(made, made.last, "an editor")
        question, done = question_queries.question(here.id, made.key), []
        keys = {"joost": question.professional.who, "asker": "asker", "dirk": "d" * 26}
        for who, to, why in acts:
            may = follows(done, who, to, why)
            try:
                if who == "asker":
                    if to != TAKEN_UP:
                        raise Refusal("there is no other step of theirs")
                    asking.not_yet(question, "asker", why, "nl")
                else:
                    asking.take(question, to, keys[who], why, "nl")
                assert may, (done, who, to, why)
                if not done or done[-1] != (who, to, why):
                    done.append((who, to, why))
            except Refusal:
                assert not may, (done, who, to, why)
        taken = [(step.by, step.state, step.words) for step in steps.of(COURSE.kind, made.key)]
        assert taken == [(keys[who], to, why) for who, to, why in done]
        contributions.remove(INQUIRY, made)
