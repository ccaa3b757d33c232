"""A neighbour's question: handed in by a player, decided at the desk, answered by stories side by side."""

import pytest
from sqlalchemy import func, select

from core.database import Model, db
from tests.core.proposals.test_pages import phone_of
from tests.forms import fault, key_in
from tests.tours.stories.test_pages import AT, FORM, decide, key_of, lombok, say_yes, tell
from tests.tours.stories.test_reactions import decide as decide_about
from tests.tours.stories.test_reactions import last, questions, report
from tours.stories.models import Prompt, Story

__all__ = ["lombok"]
pytestmark = pytest.mark.both
MINE = "/w/lombok/me/questions"
ASKED = "Hoe klonk het hier op wasdag?"


def ask(device, **change):
    """Sent as the page has it."""
    key = key_in(device.get(f"{MINE}/new").text)
    form = {"lang": "nl", "question": ASKED, "spot": "bank", "theme": "", "named": "1", "client_key": key}
    return device.post(f"{MINE}/new", data={**form, **change})


def asked(app, name: str = "Blauwe Reiger", **change) -> str:
    """The key of a question that everybody sees."""
    assert ask(phone_of(app, name), **change).status_code == 303
    decide_about(app, kind="prompt")
    return last(app, "prompt")


def answered(app, prompt: str, **change):
    """A story that answers it and that everybody reads: its teller's device and key."""
    teller = app.test_client()
    page = teller.get(f"{AT}/tell/write?prompt={prompt}").text
    teller.post(f"{AT}/tell/write", data={**FORM, "prompt": prompt, "client_key": key_in(page), **change})
    key = key_of(app)
    decide(app)
    assert say_yes(teller, key) == 303
    return teller, key


def test_a_question_is_seen_once_an_editor_said_yes_and_nowhere_before(lombok):
    reader = lombok.test_client()
    assert ask(phone_of(lombok, "Blauwe Reiger")).status_code == 303
    key = last(lombok, "prompt")
    for address in ("stories/questions", "spots/bank", "stories", ""):
        assert ASKED not in reader.get(f"/w/lombok/{address}").text, address
    assert reader.get(f"{AT}/questions/{key}").status_code == 404
    decide_about(lombok, kind="prompt")
    for address in ("stories/questions", "spots/bank", f"stories/questions/{key}"):
        assert ASKED in reader.get(f"/w/lombok/{address}").text, address
    assert "Blauwe Reiger" in reader.get(f"{AT}/questions/{key}").text


def test_without_their_yes_no_name_stands_with_it(lombok):
    key = asked(lombok, named="")
    page = lombok.test_client().get(f"{AT}/questions/{key}").text
    assert "Een buur vraagt" in page
    assert "Blauwe Reiger" not in page


def test_who_has_no_account_asks_nothing(lombok):
    assert lombok.test_client().post(f"{MINE}/new", data={"question": ASKED}).status_code in {303, 401}
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(Prompt)) == 0


def test_its_page_has_the_stories_that_answer_it_side_by_side(lombok):
    key, reader = asked(lombok), lombok.test_client()
    assert f"prompt={key}" in reader.get(f"{AT}/questions/{key}").text
    assert f"prompt={key}" in reader.get(f"{AT}/tell?prompt={key}").text
    assert ASKED in reader.get(f"{AT}/tell/write?prompt={key}").text
    _teller, first = answered(lombok, key)
    answered(lombok, key, title="Het rook naar groene zeep")
    page = reader.get(f"{AT}/questions/{key}").text
    assert "2 antwoorden" in page
    assert "De rij bij Kuiper" in page
    assert "Het rook naar groene zeep" in page
    assert ASKED in reader.get(f"{AT}/{first}").text


def test_an_answer_that_waits_or_was_withdrawn_stands_nowhere(lombok):
    key, reader = asked(lombok), lombok.test_client()
    tell(lombok.test_client(), prompt=key)
    assert "De rij bij Kuiper" not in reader.get(f"{AT}/questions/{key}").text
    teller, story = answered(lombok, key, title="Het rook naar groene zeep")
    teller.post(f"{AT}/mine/{story}/withdraw")
    page = reader.get(f"{AT}/questions/{key}").text
    assert "groene zeep" not in page
    assert "0 antwoorden" in page


def test_an_answer_that_an_editor_hides_stands_and_counts_there_no_more(lombok):
    key, reader = asked(lombok), lombok.test_client()
    _teller, story = answered(lombok, key)
    assert "1 antwoord" in reader.get(f"{AT}/questions").text
    report(lombok, "story", story)
    decide_about(lombok, "back", kind="story", key=story, reason="private")
    page = reader.get(f"{AT}/questions/{key}").text
    assert "De rij bij Kuiper" not in page
    assert "0 antwoorden" in page
    assert "0 antwoorden" in reader.get(f"{AT}/questions").text


def test_a_story_answers_no_question_that_nobody_sees(lombok):
    ask(phone_of(lombok, "Blauwe Reiger"))
    waiting = last(lombok, "prompt")
    assert tell(lombok.test_client(), prompt=waiting).status_code == 404
    assert tell(lombok.test_client(), prompt="geen-sleutel").status_code == 404


def test_a_question_taken_back_is_gone_and_its_answers_stay_and_can_be_changed(lombok):
    phone, reader = phone_of(lombok, "Blauwe Reiger"), lombok.test_client()
    ask(phone)
    decide_about(lombok, kind="prompt")
    key = last(lombok, "prompt")
    teller, story = answered(lombok, key)
    assert phone.post(f"{MINE}/{key}/withdraw").status_code == 303
    assert reader.get(f"{AT}/questions/{key}").status_code == 404
    shown = reader.get(f"{AT}/{story}").text
    assert "Buurman Teun" in shown
    assert ASKED not in shown
    with lombok.app_context():
        rows = [str(row) for table in Model.metadata.sorted_tables for row in db.session.execute(select(table))]
        assert not [row for row in rows if "wasdag" in row]
    change = {**FORM, "prompt": key, "words": "Het was anders.", "client_key": "een-sleutel"}
    assert teller.post(f"{AT}/mine/{story}/change", data=change).status_code == 303


def test_what_an_editor_hides_again_is_gone_and_comes_back_with_its_answers(lombok):
    key, reader = asked(lombok), lombok.test_client()
    answered(lombok, key)
    report(lombok, "prompt", key)
    decide_about(lombok, "back", kind="prompt", reason="private")
    assert reader.get(f"{AT}/questions/{key}").status_code == 404
    phone = phone_of(lombok, "Blauwe Reiger")
    form = {"lang": "nl", "question": "Hoe klonk wasdag?", "spot": "bank", "theme": "", "client_key": "anders"}
    assert phone.post(f"{MINE}/{key}", data=form).status_code == 303
    decide_about(lombok, kind="prompt")
    page = reader.get(f"{AT}/questions/{key}").text
    assert "Hoe klonk wasdag?" in page
    assert "De rij bij Kuiper" in page


def test_a_question_is_about_a_place_or_a_theme(lombok):
    answer = ask(phone_of(lombok, "Blauwe Reiger"), spot="")
    assert answer.status_code == 422
    assert fault(answer.text, "spot") == "Kies een plek, of waar het over gaat."
    assert ask(phone_of(lombok, "Warme Sjaal"), spot="", theme="shops").status_code == 303
    assert ask(phone_of(lombok, "Stille Fiets"), spot="elders").status_code == 422


def test_hostile_words_stay_text(lombok):
    key = asked(lombok, question="<script>alert(1)</script> {{ 7 * 7 }}?")
    for address in ("stories/questions", "spots/bank", f"stories/questions/{key}"):
        page = lombok.test_client().get(f"/w/lombok/{address}").text
        assert "<script>alert" not in page, address
        assert "{{ 7 * 7 }}?" in page, address


def test_erased_their_questions_go_and_the_answers_stay(lombok):
    key = asked(lombok)
    answered(lombok, key)
    from core.contributions import personal_data
    from core.contributions.models import Contribution
    from core.database import writing
    from tours.stories.prompts import QUESTION

    with lombok.test_request_context("/w/lombok/"), writing():
        who = db.session.scalars(select(Contribution.who).where(Contribution.key == key)).one()
        data = personal_data.of(QUESTION)
        assert data.export(who)[0]["question"] == ASKED
        data.erase(who)
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(Prompt)) == 0
        assert db.session.scalar(select(func.count()).select_from(Story)) == 1


def test_its_pages_ask_as_often_for_many_as_for_one(lombok):
    key, reader = asked(lombok), lombok.test_client()
    answered(lombok, key)
    pages = ("stories/questions", f"stories/questions/{key}", "spots/bank")
    for page in pages:
        reader.get(f"/w/lombok/{page}")
    one = [questions(lombok, reader, f"/w/lombok/{page}") for page in pages]
    asked(lombok, "Warme Sjaal", question="Wie woonde hier?")
    asked(lombok, "Stille Fiets", question="Wat stond hier?")
    answered(lombok, key, title="Nog een")
    assert [questions(lombok, reader, f"/w/lombok/{page}") for page in pages] == one
