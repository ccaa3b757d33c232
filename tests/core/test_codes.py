"""Codes that people type: read however a phone, a paper or a keyboard writes them, and what lacks is said."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import codes
from core.staff.second_factor import FIGURES, PAPER, lacks

BETWEEN = ["", " ", "  ", "-", "\u2013", ".", "\u00a0", "\u200e", "\u2068", "\ufeff", "'", "”", "\n", ")", "/"]
SCRIPTS = [0x0660, 0x06F0, 0x0966, 0xFF10]  # where the figures of Arabic, Persian, Hindi and wide ones begin
KEYBOARD = str.maketrans("BHKMPCTXY", "ВНКМРСТХУ")  # on a Ukrainian keyboard


@given(st.sampled_from([codes.SHORT, codes.LONG, FIGURES, PAPER]), st.data())
def test_a_code_is_read_however_it_was_typed(shape, data):
    code = "".join(data.draw(st.lists(st.sampled_from(shape.signs), min_size=shape.length, max_size=shape.length)))
    begins = data.draw(st.sampled_from(SCRIPTS))
    dressed = (chr(begins + int(sign)) if sign in "0123456789" and data.draw(st.booleans()) else sign for sign in code)
    typed = "".join(data.draw(st.sampled_from(BETWEEN)) + sign for sign in dressed) + data.draw(
        st.sampled_from(BETWEEN)
    )
    for one in (typed, typed.lower(), typed.translate(KEYBOARD), unicodedata.normalize("NFD", typed)):
        assert shape.read(one) == code


def test_a_code_whose_first_letter_stands_between_slashes_is_no_address():
    assert PAPER.read("/q/" + 15 * "a") == "Q" + 15 * "A"


@pytest.mark.parametrize(
    "text",
    ["https://buurt.example/e/K7RX4P", "http://192.168.1.4:8000/e/k7rx4p/", "buurt.example/w/lombok/with/K7RX4P.",
     "Doe je mee? https://buurt.example/e/K7RX4P (10 minuten)", "“K7R X4P”", "https://buurt.example/e/K7RX4P?then=x"],
)  # fmt: skip
def test_out_of_a_whole_address_comes_its_six_letters(text):
    assert codes.SHORT.read(text) == "K7RX4P"


def test_out_of_the_address_of_a_card_or_a_mail_comes_its_secret():
    secret = codes.long_code()
    assert codes.LONG.read(f"https://buurt.example/w/lombok/back#{secret}") == secret
    assert codes.LONG.read(f"https://buurt.example/w/lombok/email%23{secret}.") == secret


@pytest.mark.parametrize(
    ("shape", "text", "sentence"),
    [
        (codes.SHORT, "K7R X4", "Er mist één teken, je hebt er vijf."),
        (codes.SHORT, "K7", "Er missen vier\u00a0tekens, je hebt er twee."),
        (codes.SHORT, " - ", "Er missen zes\u00a0tekens, je hebt er geen."),
        (codes.SHORT, "K7RX4PP", "Er staat één teken te veel, een code heeft er zes."),
        (codes.SHORT, "K7RX4PPPP", "Er staan drie\u00a0tekens te veel, een code heeft er zes."),
        (codes.SHORT, "K7RX4O", "In zo’n code staat nooit een O. Kijk nog eens goed."),
        (codes.SHORT, "K7RX4é", "In zo’n code staat nooit een É. Kijk nog eens goed."),
        (codes.LONG, "7" * 25, "Er mist één teken, je hebt er 25."),
        (codes.LONG, "7" * 25 + "U", "In zo’n code staat nooit een U. Kijk nog eens goed."),
    ],
)
def test_a_text_that_is_no_code_hears_what_lacks(app, shape, text, sentence):
    with app.test_request_context(headers={"Accept-Language": "nl"}):
        assert shape.read(text) is None
        assert str(shape.lacks(text)) == sentence


def test_of_the_two_codes_of_staff_the_one_that_was_meant_says_what_lacks(app):
    with app.test_request_context(headers={"Accept-Language": "nl"}):
        assert str(lacks("12345")) == "Er mist één teken, je hebt er vijf."
        assert str(lacks("ABCD-EFGH-JKMN-PQR")) == "Er mist één teken, je hebt er 15."
        assert lacks("١٢٣ ٤٥٦") is None
        assert lacks("abcd efgh jkmn pqrs") is None
