"""What people found out by looking: shown together, from five on and in fives; a sentence after an editor's yes."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.contributions import service as contributions
from core.contributions.models import Contribution
from core.database import db, writing
from core.neighbourhoods.models import Neighbourhood
from game.challenges import findings
from game.challenges.models import Answer, Challenge, Finding
from game.challenges.personal_data import FINDINGS
from game.scoring.models import LedgerEntry
from tests import make
from tests.game.encounters.test_pages import joined

pytestmark = pytest.mark.both
TEXTS = {
    "nl": {"title": "Kijk", "text": "Kijk rond.", "question": "Wat zag je?", "options": "een bank, een boom"},
    "en": {"title": "Look", "text": "Look round.", "question": "What did you see?", "options": "a bench, a tree"},
}
PAGE, SAY = "/w/lombok/challenges/kijk", "/w/lombok/challenges/kijk/finding"


@pytest.fixture
def lombok(app, clock) -> Flask:
    with app.app_context():
        make.world()
    return app


def to_look(app: Flask, answer: Answer) -> None:
    with app.app_context(), writing():
        here = db.session.scalars(select(Neighbourhood)).one()
        make.challenge(here, "kijk", "look", answer=answer).texts = TEXTS


def say(app: Flask, *all_said: str) -> None:
    """Others say what they found out."""
    with app.app_context(), writing():
        challenge = db.session.scalars(select(Challenge).where(Challenge.key == "kijk")).one()
        first = db.session.scalar(select(func.count(Finding.id))) or 0
        for number, said in enumerate(all_said, first):
            findings.say(challenge, f"player {number}", said)


def found(app: Flask) -> str:
    text = app.test_client().get(PAGE).text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).replace("\xa0", " ")


def test_below_five_people_nobody_reads_anything_and_then_in_fives(lombok):
    to_look(lombok, Answer.CHOICE)
    say(lombok, "een bank", "een bank", "een bank", "een bank")
    assert "Minstens" not in found(lombok)
    assert '<span lang="nl" dir="auto">een bank</span>' in joined(lombok, "Rode Fiets").get(PAGE).text
    say(lombok, "een bank", "een boom", "een boom")
    for _more in range(2):
        assert "Minstens 5 mensen keken." in found(lombok)
        assert "een bank minstens 5 een boom minder dan vijf" in found(lombok)
        say(lombok, "een boom")


def test_one_more_answer_changes_nothing_that_is_shown_until_there_are_five(lombok):
    to_look(lombok, Answer.NUMBER)
    say(lombok, "2", "2", "3", "7", "9")
    before = found(lombok)
    assert "De helft telde er 3 of minder." in before
    say(lombok, "999", "999", "999", "999")
    assert found(lombok) == before
    say(lombok, "999")
    assert "Minstens 10 mensen keken. De helft telde er 9 of minder." in found(lombok)


def test_each_says_it_once_can_change_it_and_take_it_back(lombok):
    to_look(lombok, Answer.NUMBER)
    phone = joined(lombok, "Rode Fiets")
    for said in ("4", "05"):
        assert phone.post(SAY, data={"said": said}).status_code == 303
    with lombok.app_context():
        assert db.session.scalars(select(Finding.said)).all() == ["5"]
    assert 'value="5"' in phone.get(PAGE).text
    phone.post(SAY, data={"said": "5", "take_back": "1"})
    with lombok.app_context():
        assert db.session.scalars(select(Finding.said)).all() == []


@pytest.mark.parametrize(
    ("answer", "said"), [(Answer.NUMBER, "veel"), (Answer.NUMBER, "-1"), (Answer.NUMBER, "1000"),
                         (Answer.CHOICE, "iets"), (Answer.CHOICE, ""), (Answer.NOTE, "3")],
)  # fmt: skip
def test_what_is_no_answer_is_refused_and_kept_nowhere(lombok, answer, said):
    to_look(lombok, answer)
    assert joined(lombok, "Rode Fiets").post(SAY, data={"said": said}).status_code == 422
    with lombok.app_context():
        assert db.session.scalars(select(Finding)).all() == []


def test_erased_an_answer_still_counts_and_is_nobodys(lombok):
    to_look(lombok, Answer.NUMBER)
    say(lombok, "1", "2", "3", "4", "5")
    before = found(lombok)
    with lombok.app_context(), writing():
        FINDINGS.erase("player 2")
        FINDINGS.erase("player 3")
        assert FINDINGS.export("player 2") == []
        assert FINDINGS.export("player 1") == [{"challenge": "kijk", "said": "2"}]
    assert found(lombok) == before


def test_a_sentence_stands_there_after_an_editors_yes_and_goes_with_a_tap(lombok):
    to_look(lombok, Answer.NOTE)
    phone = joined(lombok, "Rode Fiets")
    form = {"words": "Een man hield de deur open.", "challenge": "kijk", "lang": "nl", "client_key": "a" * 22}
    assert phone.post("/w/lombok/me/notes/new", data=form).status_code == 303
    assert form["words"] not in found(lombok)
    with lombok.app_context(), writing():
        sent = db.session.scalars(select(Contribution)).one()
        contributions.say_yes(sent, sent.last, "an editor")
        key = sent.key
    assert form["words"] in found(lombok)
    phone.post(f"/w/lombok/me/notes/{key}/withdraw")
    assert form["words"] not in found(lombok)


def test_alone_it_gives_no_points_and_two_do_it_as_any_meeting(lombok):
    to_look(lombok, Answer.NUMBER)
    phone = joined(lombok, "Rode Fiets")
    phone.post(SAY, data={"said": "3"})
    with lombok.app_context():
        assert db.session.scalars(select(LedgerEntry)).all() == []
    assert "/together/kijk" in phone.get(PAGE).text
