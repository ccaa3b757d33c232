"""The question that only who stands there can answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.challenges import answers

ASKED = {
    "nl": {"question": "Hoeveel lantaarns?", "answers": ["7"]},
    "en": {"question": "Which animal?", "answers": ["the lion", "Café Zürich"]},
}


@pytest.mark.parametrize(
    "said", ["7", " 7 ", "zeven", "ZEVEN.", "seven", "yedi", "٧", "سبعة", "lion", "The  lion!", "a lion", "cafe zurich"]
)
def test_an_answer_counts_in_any_spelling_and_language(said):
    assert answers.is_right(ASKED, said)


@pytest.mark.parametrize("said", ["", " ", "17", "zes", "the", "li on", "leeuw", "7 8", "!", "0007", "\u0301"])
def test_another_answer_does_not(said):
    assert not answers.is_right(ASKED, said)


def test_een_alone_is_a_number_and_before_a_word_it_is_not():
    assert answers.spelled("een") == answers.spelled("één") == "1"
    assert answers.spelled("een leeuw") == "leeuw"


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error_and_no_answer_is_right_of_itself(text):
    assert not answers.is_right({"nl": {"question": "?", "answers": []}}, text)
