"""What a community worker may count on in every pack of challenges."""

import json
import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from core.alike import folded
from core.demo import cast
from game.challenges.answers import is_right
from game.challenges.drawings import DRAWN, FOLDER
from game.challenges.kinds import KINDS
from game.challenges.models import Answer

ROOT = Path(__file__).parents[3]
PACKS = sorted((ROOT / "game/challenges/packs").glob("*.json"))
CHALLENGES = [entry for pack in PACKS for entry in json.loads(pack.read_text("utf-8"))["challenges"]]
ABOUT = [told for pack in PACKS if "theme" in (told := json.loads(pack.read_text("utf-8")))]
MARKS = {"free", "step_free", "indoor"}

each_challenge = pytest.mark.parametrize("challenge", CHALLENGES, ids=lambda challenge: challenge["key"])


def test_there_are_enough_challenges_for_a_season_with_one_a_day():
    assert len(CHALLENGES) >= 28


def test_no_two_challenges_share_a_key_or_a_title():
    assert len({challenge["key"] for challenge in CHALLENGES}) == len(CHALLENGES)
    for language in ("nl", "en"):
        assert len({folded(challenge["texts"][language]["title"]) for challenge in CHALLENGES}) == len(CHALLENGES)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_two_challenges_ask_the_same_in_other_words(language):
    said = {one["key"]: one["texts"][language] for one in CHALLENGES}
    asked = [(key, bag(text["question"])) for key, text in said.items()]
    told = [(key, bag(f"{text['title']} {text['text']}")) for key, text in said.items()]
    assert alike(asked, 0.8) == []
    assert alike(told, 0.6) == []


@pytest.mark.parametrize("pack", ABOUT, ids=lambda pack: pack["pack"])
def test_a_pack_about_something_has_twenty_challenges_of_several_kinds_and_a_name(pack):
    kinds = Counter(challenge["kind"] for challenge in pack["challenges"])
    assert kinds.total() >= 20
    assert {"together", "talk", "look", "make", "apart"} <= kinds.keys()
    assert max(kinds.values()) <= kinds.total() / 2
    assert {code: len(words["name"].split()) <= 4 for code, words in pack["theme"].items()} == {"nl": True, "en": True}


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.stem)
def test_a_pack_says_its_name_version_and_licence(pack):
    told = json.loads(pack.read_text("utf-8"))
    assert (told["pack"], told["licence"]) == (pack.stem, "CC0-1.0")
    assert told["version"] >= 1


@each_challenge
def test_a_challenge_is_of_a_known_kind_and_has_an_icon_that_we_drew(challenge):
    assert challenge["kind"] in KINDS
    drawn = challenge["key"] in DRAWN or (ROOT / "static/illustrations" / KINDS[challenge["kind"]].drawing).is_file()
    assert drawn or "picture" in challenge
    assert f'id="{challenge["icon"]}"' in (ROOT / "static/icons/icons.svg").read_text("utf-8")


def test_each_drawing_is_of_a_challenge_or_a_kind_and_small():
    keys = {challenge["key"] for challenge in CHALLENGES} | set(KINDS)
    assert keys >= DRAWN
    for file in FOLDER.glob("*.svg"):
        assert 'viewBox="0 0 640 480"' in file.read_text("utf-8")
        assert file.stat().st_size < 4096


@each_challenge
def test_a_challenge_has_every_text_in_every_due_language(challenge):
    assert set(challenge["texts"]) == {"nl", "en"}
    wanted = {"title", "text", "question"} | ({"picture"} & challenge.keys())
    wanted |= {"options"} if challenge.get("answer") == "choice" else set()
    for texts in challenge["texts"].values():
        assert set(texts) == wanted
        assert all(text == text.strip() and text for text in texts.values())
        assert texts["question"].endswith("?")


@each_challenge
def test_dutch_stays_short_calm_and_on_first_name_terms(challenge):
    texts = challenge["texts"]["nl"]
    assert len(texts["title"].split()) <= 8
    assert 1 <= len(sentences(texts["text"])) <= 2
    assert all(len(sentence.split()) <= 20 for sentence in sentences(challenge["texts"]["en"]["text"]))
    for sentence in (part for text in texts.values() for part in sentences(text)):
        assert len(sentence.split()) <= 15, sentence
        assert "!" not in sentence
        assert not re.search(r"\b(u|uw|gewoon|makkelijk)\b", sentence, re.IGNORECASE), sentence


@each_challenge
def test_a_challenge_has_what_its_kind_needs(challenge):
    kind = KINDS[challenge["kind"]]
    assert ("picture" in challenge) == kind.needs_picture
    if kind.needs_picture:
        assert (ROOT / "static/illustrations" / challenge["picture"]).is_file()
    assert ("answer" in challenge) == kind.finds
    assert challenge.get("answer") in {None, *Answer}
    assert len({texts.get("options", "").count(", ") for texts in challenge["texts"].values()}) == 1
    assert not kind.alone or kind.needs_spot  # alone it is done by being there
    assert not kind.has_talk_card or kind.takes_two
    assert (ROOT / f"templates/game/challenges/kinds/{kind.name}.html").is_file()


@each_challenge
def test_what_is_asked_on_site_has_a_question_and_answers_in_every_due_language(challenge):
    if "on_site" not in challenge:
        assert not KINDS[challenge["kind"]].needs_spot  # else nobody could do it without a position
        return
    asked = challenge["on_site"]
    assert set(asked) == {"nl", "en"}
    for texts in asked.values():
        assert texts["question"].endswith("?")
        assert len(texts["question"].split()) <= 15
        assert all(is_right(asked, answer) for answer in texts["answers"])
        assert texts["answers"]


@pytest.mark.parametrize("kind", ["find", "talk", "then_now", "look", "make", "apart"])
def test_there_are_three_of_each_newer_kind(kind):
    assert sum(challenge["kind"] == kind for challenge in CHALLENGES) >= 3


@each_challenge
def test_everybody_can_see_whether_a_challenge_suits_them(challenge):
    assert set(challenge["marks"]) <= MARKS
    assert isinstance(challenge["faceless"], bool)


LEAVES_OUT = {  # what a stranger could take ill, or cannot do; and whom it would hit
    r"(in|of) (jouw|your) (kleur|colour)": "reads as the colour of a skin",
    r"(jonger|younger) (is )?(dan|than)": "grown-ups who look for somebody young",
    r"^sta\b|\bstaan\b(?! of (zitten|in je rolstoel))|\bstand\b(?! or sit)": "who uses a wheelchair",
    r"\b(jouw|your) (hond|dog)\b": "who has none, or keeps away from dogs",
    r"\b(oma|opa|grandmother|grandfather)\b": "work that is said to be of women, or who never knew them",
    r"\b(binnen bij|bij iemand thuis|in de tuin|indoors, in)\b": "a woman alone, who goes into no stranger's house",
    r"\b(vanavond|tonight|for dinner)\b": "who has little to eat, or fasts",
    r"\b(schroevendraaier|screwdriver|mes|knife)\b": "a boy who is stopped with it in the street",
}


@each_challenge
def test_nobody_has_to_take_a_challenge_ill(challenge):
    for texts in challenge["texts"].values():
        for said in texts.values():
            for pattern, whom in LEAVES_OUT.items():
                assert not re.search(pattern, said, re.IGNORECASE), f"{said!r}: {whom}"


def test_there_is_enough_to_do_without_money_stairs_weather_or_a_face():
    for mark, share in {"free": 0.9, "step_free": 0.9, "indoor": 0.5}.items():
        assert sum(mark in challenge["marks"] for challenge in CHALLENGES) >= share * len(CHALLENGES), mark
    assert sum(challenge["faceless"] for challenge in CHALLENGES) >= 0.9 * len(CHALLENGES)


def test_the_made_up_cast_does_challenges_that_exist():
    keys = {challenge["key"] for challenge in CHALLENGES}
    assert {meeting.challenge for meeting in cast.MEETINGS} <= keys
    assert {spot.challenge for spot in cast.SPOTS_WITH_A_CHALLENGE} <= fits_a_spot()


def bag(text: str) -> set[str]:
    return {folded(word) for word in re.findall(r"\w{4,}", text)}


def alike(texts: list[tuple[str, set[str]]], share: float) -> list[tuple[str, str]]:
    """The pairs of which so large a share of all words stands in both."""
    return [(one, other) for (one, these), (other, those) in combinations(texts, 2)
            if these | those and len(these & those) >= share * len(these | those)]  # fmt: skip


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?])\s+", text)


def fits_a_spot() -> set[Any]:
    return {challenge["key"] for challenge in CHALLENGES if "spot_key" in challenge}
