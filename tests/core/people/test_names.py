"""Names: one spelling, no look-alike of a neighbour's, nothing rude, nobody official, no way to reach somebody."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people import names
from core.people.word_filter import LISTS
from core.refusal import Refusal

FULLWIDTH = {ord(letter): ord(letter) + 0xFEE0 for letter in "abcdefghijklmnopqrstuvwxyz"}
TRICKS = {"i": "1ıіɪ!", "o": "0оοø", "e": "3еε€", "a": "4аɑ@", "s": "5ѕ$ꜱ", "b": "8ʙ", "l": "1|I", "t": "7ᴛ", "c": "сᴄ"}


def accepted(name: str) -> str | None:
    try:
        return names.tidy(name)
    except Refusal:
        return None


@given(st.text(max_size=60))
def test_a_tidied_name_is_tidy_short_and_shows_every_sign(name):
    tidied = accepted(name)
    if tidied is None:
        return
    assert names.tidy(tidied) == tidied
    assert names.SHORTEST <= len(tidied) <= names.LONGEST
    assert unicodedata.is_normalized("NFKC", tidied)
    assert not any(unicodedata.category(letter)[0] == "C" for letter in tidied)
    assert tidied == " ".join(tidied.split())


@given(st.text(max_size=40))
def test_likeness_knows_no_capitals_spaces_or_accents(name):
    plain = names.likeness(name)
    assert names.likeness(f" {name.lower()} ") == names.likeness(name.lower())
    assert names.likeness(unicodedata.normalize("NFD", name)) == names.likeness(unicodedata.normalize("NFC", name))
    assert plain == "".join(letter for letter in plain if letter.isalnum())


@given(st.sampled_from(names.WORDS["nouns"]), st.data())
def test_a_name_dressed_up_as_another_looks_the_same_to_us(noun, data):
    dressed = "".join(
        data.draw(st.sampled_from([letter, *TRICKS.get(letter.lower(), "")])) if letter.isalpha() else letter
        for letter in noun
    )
    assert names.likeness(dressed) == names.likeness(noun)


@given(st.sampled_from(LISTS["roles"]["anywhere"] + LISTS["rude"]["anywhere"]), st.data())
def test_a_word_of_the_lists_is_refused_however_it_is_dressed(word, data):
    dressed = "".join(data.draw(st.sampled_from([letter, letter.upper(), *TRICKS.get(letter, "")])) for letter in word)
    apart = data.draw(st.sampled_from(["", " ", ".", "-", "_"])).join(dressed)
    assert accepted(dressed) is None
    assert accepted(apart) is None
    assert accepted(word.translate(FULLWIDTH)) is None


@pytest.mark.parametrize("word", LISTS["roles"]["word"] + LISTS["rude"]["word"])
def test_a_word_that_stands_by_itself_is_refused(word):
    for name in (word, word.upper(), f"de {word}", f"{word}-zuid", f"Jan_{word}"):
        assert accepted(name) is None, name


@given(st.text("0123456789٠١٢٣٤٥٦٧٨٩", min_size=6, max_size=10), st.sampled_from("- ./"), st.integers(0, 5))
def test_what_could_be_a_telephone_number_is_refused(figures, between, at):
    assert accepted(f"Jan {figures[:at]}{between}{figures[at:]}") is None


@pytest.mark.parametrize(
    "name", ["jan@huis", "jan＠huis", "http kijk", "https://x.y", "www.jan.be", "jan.nl", "Jan.COM", "insta jan.de"]
)
def test_an_address_is_refused(name):
    assert accepted(name) is None


def test_every_name_that_we_offer_may_be_chosen():
    offered = [f"{one} {other}" for one in names.WORDS["adjectives"] for other in names.WORDS["nouns"]]
    assert [name for name in offered if accepted(name) != name] == []


@pytest.mark.parametrize(
    "name",
    ["Fatima", "Hassan", "Bassam", "Nazia", "Siegfried", "Dick", "Mohammed", "Şükrü", "أمينة", "Essex", "Politiek Café",
     "Buur 12", "Van der Meer", "Oma Bank", "Meester Jan", "Pietje", "Szymon", "Nguyễn", "Ængus", "Kutlu", "Dikran"],
)  # fmt: skip
def test_names_that_people_have_are_not_refused_for_what_stands_inside_them(name):
    assert accepted(name) == name


def test_each_refusal_says_kindly_why_and_does_not_repeat_the_name():
    for name in ("Politie", "Klootzak", "06 1234 5678 Jan"):
        with pytest.raises(Refusal) as refused:
            names.tidy(name)
        assert name not in str(refused.value.sentence)
        assert "Choose another." in str(refused.value.sentence)
