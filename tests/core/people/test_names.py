"""Names: one spelling, no look-alike of a neighbour's, nothing rude, nobody official, no way to reach somebody."""

import json
import unicodedata
from itertools import chain, combinations
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from core import alike
from core.people import names
from core.people.word_filter import LISTS, ROLE, RUDE
from core.refusal import Refusal

HERE = json.loads((Path(__file__).parent / "names_here.json").read_text(encoding="utf-8"))
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
    assert len(tidied) <= names.LONGEST
    assert len(tidied) >= names.SHORTEST or names.WHOLE.fullmatch(tidied)
    assert unicodedata.is_normalized("NFKC", tidied)
    assert not regex.search(r"(?![\u200c\u200d])\p{C}", tidied)
    assert tidied == " ".join(tidied.split())


@given(st.text(max_size=40))
def test_likeness_knows_no_capitals_spaces_or_accents(name):
    plain = names.likeness(name)
    assert names.likeness(f" {name.lower()} ") == names.likeness(name.lower())
    assert names.likeness(unicodedata.normalize("NFD", name)) == names.likeness(unicodedata.normalize("NFC", name))
    assert len(plain) <= 80
    assert " " not in plain  # what a migration puts behind the likeness of two who collide


@given(st.sampled_from(names.WORDS["nouns"]), st.data())
def test_a_name_in_signs_that_unicode_draws_alike_looks_the_same_to_us(noun, data):
    at = data.draw(st.integers(0, len(noun) - 1))
    others = [sign for sign, drawn in alike.prototypes().items() if drawn == noun[at]]
    sign = data.draw(st.sampled_from([one for one in others if unicodedata.is_normalized("NFKC", one)] or [noun[at]]))
    dressed = f"{noun[:at]}{sign}{noun[at + 1 :]}"
    assert names.likeness(dressed) == names.likeness(noun) or names.look(dressed) == names.look(noun)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Blauwe Reiger", "BIauwe Reiger"), ("Ilse", "llse"), ("Ilse", "ILSE"), ("Zoë", "Zoe"), ("МАМА", "Mama"),
     ("Марʼяна", "Мар'яна"), ("محمد\u200cرضا", "محمدرضا"), ("Oma", "ОМА"), ("Bob", "ʙob")],
)  # fmt: skip
def test_two_names_that_a_reader_sees_as_one_have_something_in_common(one, other):
    assert names.likeness(one) == names.likeness(other) or names.look(one) == names.look(other)


def test_no_two_names_of_the_list_count_as_one():
    everybody = [names.spelled(name) for name in chain(*HERE["accepted"].values())]
    pairs = combinations([(name, names.likeness(name), names.look(name)) for name in everybody], 2)
    assert [(one[0], two[0]) for one, two in pairs if one[1] == two[1] or one[2] == two[2]] == []


@pytest.mark.parametrize("family", HERE["accepted"])
def test_the_names_of_the_families_that_live_here_are_accepted(family):
    assert len(HERE["accepted"][family]) == 25
    assert [name for name in HERE["accepted"][family] if accepted(name) != unicodedata.normalize("NFKC", name)] == []


@pytest.mark.parametrize(("sort", "sentence"), [("rude", RUDE), ("roles", ROLE)])
def test_slurs_and_impersonations_are_refused_and_say_which_of_the_two(sort, sentence):
    for name in HERE["refused"][sort]:
        with pytest.raises(Refusal) as refused:
            names.tidy(name)
        assert refused.value.sentence == sentence, name


@pytest.mark.parametrize(
    "name", ["佐々木", "佐藤さくら", "サクラ", "김민수", "金민수", "김", "Kim 김", "Oʻgʻil", "ʻUmar"]
)
def test_what_unicode_calls_highly_restrictive_is_one_alphabet(name):
    assert accepted(name) == name


@pytest.mark.parametrize("name", ["Sаra", "Оlга", "Amina أمينة", "Σofia", "ひろ김", "Jan ٤", "Akyerε"])
def test_alphabets_that_are_not_written_together_are_refused(name):
    assert accepted(name) is None


@pytest.mark.parametrize("around", ["\u200e", "\u2068", "\ufeff", "\u200f\u200b", " \u00a0", "\u200c"])
def test_what_a_phone_puts_around_a_name_unseen_is_taken_off(around):
    assert accepted(f"{around}Sara{around}") == "Sara"


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
