"""The page that explains the points says what the rules say, whichever card the season has."""

import re

import pytest
from sqlalchemy import select

from core.database import db, writing
from game.scoring import rules
from game.scoring.rules import Ruleset, rule
from game.seasons.models import Season

HERE = "/w/lombok/points"


@pytest.fixture(autouse=True)
def _in_english(client):
    client.set_cookie("lang", "en")


@pytest.fixture
def another_card(monkeypatch):
    """A card of one sentence, for the seasons that have it."""
    monkeypatch.setitem(rules.RULESETS, "other", Ruleset(a_week=7))
    rule("a wave", "You two wave", "other")(lambda judged: 3 if judged.is_first else 0)


@pytest.mark.parametrize(
    ("asked", "points"),
    [
        ("first", 10),
        ("first&zone=1", 15),
        ("first&zone=1&fits=1", 20),
        ("again&zone=1&fits=1", 5),
        ("home&fits=1", 5),
        ("team&zone=1", 5),
    ],
)
def test_the_calculator_gives_what_the_rules_give(client, here, asked, points):
    page = client.get(f"{HERE}?how={asked}").text
    assert f"{points} points each" in page
    assert page.count(" checked") == 1 + asked.count("=")


def test_the_page_says_the_card_without_being_asked_and_nothing_of_what_it_does_not_offer(client, here):
    for address in (HERE, f"{HERE}?how=<b>"):
        page = client.get(address).text
        assert "points each" not in page
        assert "<b>" not in page
        for words in ("+10", "at most 120 points", "a part of your points waits", "You are in one team"):
            assert words in page


QUESTIONS = {  # what a player asks, and a word of the answer
    "Hoeveel krijgen we?": "10",
    "Waarom kregen we nu minder?": "album",
    "Waarom wachten er punten?": "vanzelf",
    "Waar bleef de rest?": "120",
    "Wat geeft geen punten?": "foto",
    "En als het niet klopt?": "coördinator",
}


def test_six_questions_of_a_player_are_answered_in_sentences_of_at_most_fifteen_words(client, here):
    client.set_cookie("lang", "nl")
    main = re.search(r"<main.*</main>", client.get(HERE).text, re.DOTALL)[0]
    parts = dict(re.findall(r"<h2[^>]*>(.*?)</h2>(.*?)(?=<h2|\Z)", main, re.DOTALL))
    assert {question for question in QUESTIONS if QUESTIONS[question] in parts[question]} == QUESTIONS.keys()
    blocks = re.findall(r"<(?:p|li|span|label|legend|h1|h2)\b[^>]*>(.*?)</", main, re.DOTALL)
    sentences = [one for block in blocks for one in re.split(r"(?<=[.?!])\s", re.sub(r"<[^>]+>", " ", block))]
    assert len(sentences) > 30
    assert [one for one in sentences if len(one.split()) > 15] == []


def test_rules_are_data_of_a_season(client, here, another_card):
    with writing():
        db.session.scalars(select(Season)).one().ruleset = "other"
    page = client.get(f"{HERE}?how=first").text
    assert "You two wave" in page
    assert "3 points each" in page
    assert "at most 7 points" in page
    assert "a part of your points waits" not in page
