"""One spelling for what people type: nothing unseen stays, and no script loses a sign that it needs."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import spelling

UNSEEN = "\u200e\u200f\u061c\u2068\u2069\u202a\u202e\ufeff\u200b\u200c\u200d\u2060\u00ad\u115f\u3164\ufe0f\x07\x9f"


@given(st.text(UNSEEN + " \t\u00a0\u3000", max_size=6), st.text(UNSEEN + " ", max_size=6), st.data())
def test_signs_that_nobody_sees_are_taken_off_a_name(before, after, data):
    inside = data.draw(st.text(UNSEEN, max_size=4))
    assert spelling.line(f"{before}Sa{inside}ra{after}") == "Sara"


@pytest.mark.parametrize(
    "text",
    [
        "محمد\u200cرضا", "می\u200cخواهم", "خانه\u200cها",  # Persian: parted, not a space
        "क्\u200dष", "क्\u200cष", "ശ്\u200dരീ",  # India: half letters
        "👩\u200d👩\u200d👧", "👩🏽\u200d🌾", "❤\ufe0f", "3\ufe0f\u20e3", "葛\U000e0100城",
        "Bakkerij de Zon", "Сергій", "n\u0302",
    ],
)  # fmt: skip
def test_what_a_script_needs_stays(text):
    assert spelling.line(text) == unicodedata.normalize("NFC", text)
    assert spelling.line(f"\u200f\u200c{text}\u200c\ufeff") == unicodedata.normalize("NFC", text)


@given(st.text(max_size=60))
def test_a_spelling_is_spelled_that_way_already(text):
    once = spelling.lines(text)
    assert spelling.lines(once) == once
    assert spelling.line(spelling.line(text)) == spelling.line(text)
    assert unicodedata.is_normalized("NFC", once)
    assert "\n" not in spelling.line(text)


def test_lines_keep_their_breaks_and_no_more_than_one_empty_between():
    assert spelling.lines(" \r\nJan\u200e \r\n\r\n\r\n\r\n  Piet\u2028Klaas\n") == "Jan\n\nPiet\nKlaas"
