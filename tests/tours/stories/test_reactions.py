"""What neighbours know too of a story: handed in under it, decided at the desk, and gone when it or they say so."""

import re

import pytest
from sqlalchemy import event, func, select

from core.contributions.models import Contribution, Version
from core.database import Model, db, writing
from core.desk import service as deciding
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from tests.core.proposals.test_pages import phone_of
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, key_in
from tests.tours.stories.test_pages import AT, code_on, lombok, told_and_read
from tours.stories import check, memory_check, reactions
from tours.stories.models import Reaction

__all__ = ["lombok"]
pytestmark = pytest.mark.both
MINE = "/w/lombok/me/memories"
WORDS = "Mijn oma stond daar ook. Zij kocht leverworst."


def react(device, story: str, **change):
    """Sent as the page under the story has it."""
    key = key_in(device.get(f"{MINE}/new?story={story}").text)
    form = {"lang": "nl", "words": WORDS, "story": story, "called": "Truus", "client_key": key}
    return device.post(f"{MINE}/new", data={**form, **change})


def last(app, kind: str = "reaction") -> str:
    with app.app_context():
        of = select(Contribution.key).where(Contribution.kind == kind)
        return db.session.scalars(of.order_by(Contribution.id.desc()).limit(1)).one()


def report(app, kind: str, key: str) -> None:
    """Somebody says that something is wrong with it, so that an editor looks again."""
    with app.test_request_context("/w/lombok/"), writing():
        deciding.report(neighbourhoods.by_slug("lombok").id, kind, key, "other")


def decide(app, verdict: str = "good", kind: str = "reaction", reason: str = "", key: str = "") -> None:
    about = key or last(app, kind)
    with app.test_request_context("/w/lombok/"), writing():
        here = neighbourhoods.by_slug("lombok")
        deciding.decide(here.id, kind, about, verdict, "an editor", Role.EDITOR, reason=reason)


def questions(app, device, page: str) -> int:
    """How many times a page asks the database."""
    asked = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", ask := lambda *_args: asked.append(1))
    assert device.get(page).status_code == 200
    event.remove(engine, "before_cursor_execute", ask)
    return len(asked)


def test_a_memory_is_read_under_its_story_once_an_editor_said_yes_and_nowhere_before(lombok):
    _teller, story = told_and_read(lombok)
    writer, reader = lombok.test_client(), lombok.test_client()
    page = react(writer, story)
    assert page.status_code == 200
    assert "Bewaar deze bon" in page.text
    for address in ("", "stories", f"stories/{story}", "spots/bank", "map"):
        assert "leverworst" not in reader.get(f"/w/lombok/{address}").text, address
    assert "Jij kent dit ook" in writer.get(f"{AT}/{story}").text
    decide(lombok)
    shown = reader.get(f"{AT}/{story}").text
    assert "1 herinnering van een buur" in shown
    assert "leverworst" in shown
    assert "Truus" in shown


@pytest.mark.parametrize("verdict", ["back", "away"])
def test_what_an_editor_hides_again_is_read_nowhere(lombok, verdict):
    _teller, story = told_and_read(lombok)
    react(lombok.test_client(), story)
    decide(lombok)
    report(lombok, "reaction", last(lombok))
    decide(lombok, verdict, reason="private")
    assert "leverworst" not in lombok.test_client().get(f"{AT}/{story}").text


def test_it_is_taken_back_from_another_phone_with_the_receipt_and_leaves_nothing(lombok):
    _teller, story = told_and_read(lombok)
    code, other = code_on(react(lombok.test_client(), story)), lombok.test_client()
    decide(lombok)
    key = last(lombok)
    assert other.post(f"{MINE}/{key}/withdraw").status_code == 404
    other.post("/w/lombok/receipt", data={"code": code})
    assert "leverworst" in other.get("/w/lombok/receipt").text
    assert other.post(f"{MINE}/{key}/withdraw").status_code == 303
    assert "leverworst" not in lombok.test_client().get(f"{AT}/{story}").text
    with lombok.app_context():
        rows = [str(row) for table in Model.metadata.sorted_tables for row in db.session.execute(select(table))]
        assert not [row for row in rows if "leverworst" in row or "Truus" in row]


def test_a_name_alone_can_go(lombok):
    _teller, story = told_and_read(lombok)
    writer = lombok.test_client()
    react(writer, story)
    decide(lombok)
    assert writer.post(f"{MINE}/{last(lombok)}/name").status_code == 303
    shown = lombok.test_client().get(f"{AT}/{story}").text
    assert "leverworst" in shown
    assert "Truus" not in shown
    with lombok.app_context():
        rows = [str(row) for table in Model.metadata.sorted_tables for row in db.session.execute(select(table))]
        assert not [row for row in rows if "Truus" in row]


def test_an_anonymous_one_leads_nowhere(lombok):
    _teller, story = told_and_read(lombok)
    page = react(lombok.test_client(), story, called="")
    assert "niemand een nieuwe bon" in page.text
    decide(lombok)
    key, editor = last(lombok), join(lombok, Role.EDITOR)
    with_code(editor)
    for device in (phone_of(lombok, "Blauwe Reiger"), editor, lombok.test_client()):
        assert device.get(f"{MINE}/{key}").status_code == 404
        assert device.post(f"{MINE}/{key}/withdraw").status_code == 404
    assert "leverworst" not in editor.get("/w/lombok/receipt/lost").text
    with lombok.app_context():
        assert db.session.scalars(select(Contribution.called).where(Contribution.kind == "reaction")).one() == ""


def test_a_host_finds_a_named_one_by_its_name_to_give_a_new_receipt(lombok):
    _teller, story = told_and_read(lombok)
    react(lombok.test_client(), story)
    editor = join(lombok, Role.EDITOR)
    with_code(editor)
    assert "Mijn oma stond daar ook. Zij kocht leverworst. · Truus" in editor.get("/w/lombok/receipt/lost").text


def test_it_goes_when_its_story_goes_also_what_waits(lombok):
    teller, story = told_and_read(lombok)
    react(lombok.test_client(), story)
    decide(lombok)
    react(lombok.test_client(), story, words="Ik wachtte daar op mijn leverworst.")
    teller.post(f"{AT}/mine/{story}/withdraw")
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(Reaction)) == 0
        rows = [str(row) for row in db.session.execute(select(Version.__table__))]
        assert not [row for row in rows if "leverworst" in row]


def test_under_a_story_that_nobody_reads_nothing_is_handed_in_or_shown(lombok):
    teller, story = told_and_read(lombok)
    react(lombok.test_client(), story)
    report(lombok, "story", story)
    decide(lombok, "away", kind="story", key=story, reason="private")
    assert react(lombok.test_client(), story).status_code == 404
    key = last(lombok)
    page = lombok.test_client().get(f"/w/lombok/report/reaction/{key}")
    assert "leverworst" not in page.text
    assert teller.get(f"{AT}/{story}").status_code == 410


def test_a_memory_has_150_words_and_longer_it_is_refused_with_what_was_typed(lombok):
    _teller, story = told_and_read(lombok)
    assert react(lombok.test_client(), story, words="worst " * 150).status_code == 200
    answer = react(lombok.test_client(), story, words="worst " * 151)
    assert answer.status_code == 422
    assert fault(answer.text, "words").startswith("Hoogstens 150 woorden, en jij hebt er 151.")
    assert "worst worst" in answer.text


def test_its_writer_alone_makes_a_story_of_it(lombok):
    _teller, story = told_and_read(lombok)
    writer = phone_of(lombok, "Blauwe Reiger")
    assert react(writer, story, called="Blauwe Reiger").status_code == 303
    link = re.search(r'href="([^"]+/tell/write\?memory=\w+)"', writer.get(f"{AT}/{story}").text)[1]
    assert link in writer.get(MINE).text
    page = writer.get(link).text
    assert "Zij kocht leverworst." in page
    assert re.search(r'value="bank"[^>]* selected', page)
    assert "leverworst" not in lombok.test_client().get(link).text


def test_a_child_has_no_name_under_a_story_whatever_they_send(lombok):
    _teller, story = told_and_read(lombok)
    child = lombok.test_client()
    child.post("/w/lombok/join", data={"name": "Kleine Beer", "age": "child"})
    react(child, story, called="Kleine Beer")
    with lombok.app_context():
        found = db.session.scalars(select(Contribution).where(Contribution.kind == "reaction")).one()
        assert (found.named, found.called) == (False, "")


@pytest.mark.parametrize("called", ["<script>alert(1)</script>", "</bdi><img src=x onerror=alert(1)>"])
def test_hostile_words_and_names_stay_text(lombok, called):
    _teller, story = told_and_read(lombok)
    react(lombok.test_client(), story, words=f"{called} {{{{ 7 * 7 }}}} leverworst", called=called)
    with lombok.app_context():
        kept = db.session.scalar(select(func.count()).select_from(Contribution).where(Contribution.kind == "reaction"))
    if kept:
        decide(lombok)
    shown = lombok.test_client().get(f"{AT}/{story}").text
    assert "leverworst" in shown
    assert called not in shown
    assert "{{ 7 * 7 }}" in shown


def test_the_page_of_a_story_asks_as_often_for_many_memories_as_for_one(lombok):
    _teller, story = told_and_read(lombok)
    reader = lombok.test_client()
    react(lombok.test_client(), story)
    decide(lombok)
    reader.get(f"{AT}/{story}")
    one = questions(lombok, reader, f"{AT}/{story}")
    for number in range(4):
        react(lombok.test_client(), story, words=f"Nog een: {number}.")
        decide(lombok)
    assert "5 herinneringen van buren" in reader.get(f"{AT}/{story}").text
    assert questions(lombok, reader, f"{AT}/{story}") == one


def test_the_check_finds_a_memory_of_a_story_that_is_gone_and_one_that_nobody_found_good(lombok, monkeypatch):
    teller, story = told_and_read(lombok)
    react(lombok.test_client(), story)
    decide(lombok)
    with lombok.app_context():
        assert list(memory_check.faults()) == []
        db.session.scalars(select(Reaction)).one().words = "Iets anders."
        assert [fault.partition(": ")[2] for fault in memory_check.faults()] == [
            "it says something else than the version that is shown"
        ]
    monkeypatch.setattr(reactions, "go_with", lambda _story: None)
    assert teller.post(f"{AT}/mine/{story}/withdraw").status_code == 303
    with lombok.app_context():
        assert {fault.partition(": ")[2] for fault in check.faults(check.everything())} == {
            "it is shown, and its story is gone",
            "its story is gone, and what was handed in under it is not",
        }
