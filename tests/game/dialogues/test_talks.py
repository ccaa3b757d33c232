"""A card between two: nobody reads the other before both answered; what they learn is public once both signed it."""

import zipfile
from io import BytesIO

import pytest
from sqlalchemy import func, select

from core.database import db, writing
from core.desk import service as desk
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.people.models import Person
from core.refusal import Refusal
from game.dialogues import personal_data, talk_queries, talks
from game.dialogues.models import State
from game.dialogues.models_talk import Insight, Seat, Signature, Talk
from tests import make
from tests.core.proposals.test_pages import phone_of
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, key_in, typed, words
from tests.game.dialogues.talking import AMINA, AT, HIS, JOOST, THEIRS, hour_of, rows_with, scene

pytestmark = pytest.mark.both
LEARNED = "Wie helpt, groet"


def everywhere(one) -> list[str]:
    """The pages on which anybody could look for what two said or learned."""
    return [AT, f"{AT}/{one.hour}", f"{AT}/learned", f"{AT}/questions", "/w/lombok/spots/bank", "/w/lombok/"]


def read_by(device, one) -> str:
    return "".join(words(device.get(path).text) for path in everywhere(one))


def test_a_resident_without_an_account_and_a_professional_answer_the_same_card_and_read_each_other(lombok):
    one = scene(lombok).draws()
    asked = one.page(one.joost, f"/{one.hour}")
    assert "Wanneer voelde je je hier voor het eerst thuis?" in asked
    assert THEIRS not in asked
    assert THEIRS not in one.page(one.joost, f"/talks/{one.talk}")
    one.replies()
    for phone in (one.joost, one.amina):
        read = one.page(phone, f"/talks/{one.talk}")
        assert THEIRS in read
        assert HIS in read


def test_before_both_answered_neither_reads_the_other_on_any_page_export_or_desk(lombok):
    one = scene(lombok).draws()
    desk_ = join(lombok, Role.COORDINATOR, "farid", "Gulle Theepot")
    with_code(desk_)
    for phone in (one.joost, one.stranger, desk_):
        assert THEIRS not in read_by(phone, one)
        assert THEIRS not in one.page(phone, f"/talks/{one.talk}")
        assert THEIRS not in one.page(phone, "/mine")
    assert all(THEIRS not in desk_.get(f"/w/lombok/{path}").text for path in ("desk", "staff/", "staff/log"))
    assert one.stranger.get(f"{AT}/talks/{one.talk}").status_code == 404
    assert desk_.get(f"{AT}/talks/{one.talk}").status_code == 404
    one.replies()
    with lombok.app_context():
        joost = db.session.scalars(select(Person).where(Person.name == JOOST)).unique().one().player_key
        mine = str(personal_data.TALKS.export(joost))
    assert HIS in mine
    assert THEIRS not in mine
    bag = zipfile.ZipFile(BytesIO(one.amina.get("/w/lombok/receipt/data.zip").data))
    mine = "".join(bag.read(name).decode("utf-8", "replace") for name in bag.namelist())
    assert THEIRS in mine
    assert HIS not in mine


def test_the_receipt_opens_the_talk_on_another_phone(lombok):
    one = scene(lombok).draws()
    other = lombok.test_client()
    assert other.get(f"{AT}/talks/{one.talk}").status_code == 404
    other.post("/w/lombok/receipt", data={"code": one.receipt})
    assert f"/dialogues/talks/{one.talk}" in other.get("/w/lombok/receipt").text
    assert THEIRS in one.page(other, f"/talks/{one.talk}")


def test_a_second_card_lies_under_the_receipt_that_is_open(lombok):
    one = scene(lombok).draws()
    form = {"card": "miss-it", "words": "Nog een antwoord", "client_key": "k" * 26}
    assert one.amina.post(f"{AT}/{one.hour}/card", data=form).status_code == 303
    with lombok.app_context():
        assert len({seat.who for seat in db.session.scalars(select(Seat))}) == 1


def test_a_card_that_waited_on_a_phone_comes_into_its_hour_after_it_was_closed_and_once(lombok, clock):
    one, phone = scene(lombok), phone_of(lombok, AMINA)
    with lombok.app_context(), writing():
        hour_of(lombok, one.hour).state = State.CLOSED
    clock.advance(days=3)
    card = {"card": "miss-it", "words": THEIRS, "client_key": "k" * 26}
    queue = {"Accept": "application/json"}
    for age in ("60", str(4 * 24 * 3600)):  # after it, and before it
        assert phone.post(f"{AT}/{one.hour}/card", data=card | {"age": age}, headers=queue).status_code == 409
    late = card | {"age": str(3 * 24 * 3600)}
    answers = [phone.post(f"{AT}/{one.hour}/card", data=late, headers=queue).json for _time in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["answered"] == "done"
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(Talk)) == 1


def test_what_they_learned_is_public_with_both_signatures_and_never_with_one(lombok):
    one = scene(lombok).draws().replies()
    assert one.send(one.joost, "insight", LEARNED).status_code == 303
    assert LEARNED not in read_by(one.stranger, one)
    assert "wacht op jouw ja" in words(one.amina.get("/w/lombok/").text)
    for phone in (one.joost, one.joost, one.amina):
        assert LEARNED not in read_by(one.stranger, one)
        assert one.send(phone, "sign").status_code in (303, 404, 409)
    shown = one.page(one.stranger, f"/{one.hour}")
    assert LEARNED in shown
    assert f"een buur · {JOOST}, wijkbeheerder bij Kantwonen" in shown
    assert LEARNED in one.page(one.stranger, "/learned")
    assert LEARNED in words(one.stranger.get("/w/lombok/spots/bank").text)


def test_other_words_are_signed_by_nobody_and_a_yes_to_the_old_ones_is_refused(lombok):
    one = scene(lombok).draws().replies().learned(LEARNED)
    with lombok.app_context():
        before = db.session.scalars(select(Insight.hash)).one()
    assert one.send(one.amina, "insight", "Wie groet, die helpt").status_code == 303
    assert one.joost.post(f"{AT}/talks/{one.talk}/sign", data={"seen": before}).status_code == 409
    assert one.send(one.amina, "sign").status_code == 303
    assert "die helpt" not in read_by(one.stranger, one)
    assert LEARNED not in read_by(one.stranger, one)


@pytest.mark.parametrize("who", ["amina", "joost"])
def test_withdrawn_by_either_it_is_in_no_page_and_no_row(lombok, who):
    one = scene(lombok).draws().replies().learned(LEARNED)
    assert one.send(getattr(one, who), "withdraw").status_code == 303
    assert LEARNED not in read_by(one.stranger, one)
    assert rows_with(lombok, LEARNED) == []
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(Signature)) == 0


def test_an_answer_that_is_taken_back_is_in_no_page_and_no_row_nor_is_what_was_learned(lombok):
    one = scene(lombok).draws().replies().learned(LEARNED)
    assert one.send(one.amina, "back").status_code == 303
    assert rows_with(lombok, THEIRS) == rows_with(lombok, LEARNED) == []
    for phone in (one.amina, one.joost):
        assert THEIRS not in one.page(phone, f"/talks/{one.talk}")
    assert HIS not in one.page(one.amina, f"/talks/{one.talk}")
    assert one.send(one.joost, "insight", LEARNED).status_code == 409


def test_a_restored_back_up_gives_back_no_answer_and_no_insight_that_was_taken_back(lombok):
    one = scene(lombok).draws().replies().learned(LEARNED)
    with lombok.app_context(), writing():
        gone = [db.session.scalars(select(Insight.key)).one(), *db.session.scalars(select(Seat.key))]
        for key in gone:
            talks.again(key)
    assert [rows_with(lombok, word) for word in (LEARNED, THEIRS, HIS)] == [[], [], []]
    assert LEARNED not in read_by(one.stranger, one)


def test_who_asked_to_be_erased_is_read_no_more_at_once_and_nothing_is_left_a_day_later(lombok):
    one = scene(lombok).draws().replies().learned(LEARNED)
    with lombok.app_context(), writing():
        joost = db.session.scalars(select(Person).where(Person.name == JOOST)).unique().one()
        joost.leaving_at, key = make.clock.now(), joost.player_key
    assert LEARNED not in read_by(one.stranger, one)
    assert HIS not in one.page(one.amina, f"/talks/{one.talk}")
    with lombok.app_context(), writing():
        for sort in (personal_data.PROFESSIONS, personal_data.TALKS):
            sort.erase(key)
    assert rows_with(lombok, HIS) == rows_with(lombok, LEARNED) == []
    assert THEIRS in one.page(one.amina, f"/talks/{one.talk}")


def test_an_insight_that_is_reported_goes_out_of_sight_and_written_anew_an_editor_looks_first(lombok):
    one = scene(lombok).draws().replies().learned(LEARNED)
    with lombok.app_context(), writing():
        here = neighbourhoods.by_slug("lombok").id
        desk.report(here, "insight", db.session.scalars(select(Insight.key)).one(), "threat")
    assert LEARNED not in read_by(one.stranger, one)
    with lombok.test_request_context("/w/lombok/"), writing():
        key = db.session.scalars(select(Insight.key)).one()
        desk.decide(here, "insight", key, "back", "an editor", Role.EDITOR, reason="hurtful")
    one.learned("Wie groet, die helpt")
    assert "die helpt" not in read_by(one.stranger, one)
    with lombok.test_request_context("/w/lombok/"), writing():
        desk.decide(here, "insight", key, "good", "an editor", Role.EDITOR)
    assert "die helpt" in read_by(one.stranger, one)


def test_a_card_is_typed_in_from_paper_by_a_host_who_is_not_the_professional(lombok):
    one = scene(lombok)
    host = join(lombok, Role.HOST, "joke", "Vroege Merel")
    page = host.get(f"{AT}/{one.hour}/paper").text
    form = {"card": "miss-it", "words": THEIRS, "client_key": key_in(page)}
    answer = host.post(f"{AT}/{one.hour}/paper", data=form)
    assert "Bewaar deze bon" in answer.text
    assert host.post(f"{AT}/{one.hour}/paper", data=form).status_code == 303
    assert len(rows_with(lombok, THEIRS)) == 1
    with lombok.app_context():
        seat = db.session.scalars(select(Seat)).one()
        assert (seat.how, seat.as_what) == ("paper", "resident")
    assert one.joost.post(f"{AT}/{one.hour}/paper", data=form).status_code == 403
    assert one.stranger.post(f"{AT}/{one.hour}/paper", data=form).status_code in (303, 401)


def test_the_same_form_twice_is_one_card_and_an_empty_or_long_one_keeps_what_was_typed(lombok):
    one = scene(lombok)
    form = {"card": "miss-it", "words": THEIRS, "client_key": "k" * 26}
    amina = phone_of(lombok, AMINA)
    first, second = (amina.post(f"{AT}/{one.hour}/card", data=form) for _time in range(2))
    assert first.location == second.location
    refused = amina.post(f"{AT}/{one.hour}/card", data={**form, "words": "lang " * 100})
    assert refused.status_code == 422
    assert "Te lang" in fault(refused.text, "words")
    assert typed(refused.text, "words").startswith("lang lang")
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(Talk)) == 1


def test_no_card_is_drawn_where_it_is_closed_nor_by_a_child_nor_by_who_sits_there(lombok):
    one = scene(lombok)
    form = {"card": "miss-it", "words": THEIRS, "client_key": "k" * 26}
    assert one.joost.post(f"{AT}/{one.hour}/card", data=form).status_code == 403
    with lombok.app_context(), writing():
        make.person(neighbourhoods.by_slug("lombok"), "Kleine Mus", is_young=True)
    assert phone_of(lombok, "Kleine Mus").post(f"{AT}/{one.hour}/card", data=form).status_code == 403
    one.joost.post(f"{AT}/{one.hour}/state", data={"to": "closed"})
    assert one.amina.post(f"{AT}/{one.hour}/card", data=form).status_code == 409
    assert rows_with(lombok, THEIRS) == []


def test_a_name_stands_there_only_with_their_own_yes_and_goes_with_it(lombok):
    one = scene(lombok, shows=False).draws().replies().learned(LEARNED)
    assert JOOST not in read_by(one.stranger, one)
    assert "Kantwonen" in read_by(one.stranger, one)
    one.joost.post(f"{AT}/mine/name", data={"shows": "1"})
    assert JOOST in read_by(one.stranger, one)
    one.joost.post(f"{AT}/mine/name")
    assert JOOST not in read_by(one.stranger, one)


def test_a_professional_who_works_here_no_more_answers_no_card(lombok):
    one = scene(lombok).draws()
    with lombok.app_context(), writing():
        hour = hour_of(lombok, one.hour)
        talk = talk_queries.talk(hour.neighbourhood_id, one.talk, [hour.professional.who])
        personal_data.service.end(hour.professional)
        with pytest.raises(Refusal):
            talks.answer(talk, hour.professional.who, HIS, "nl")
    assert one.joost.get(f"{AT}/talks/{one.talk}").status_code == 404
