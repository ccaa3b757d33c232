"""What a name may not say: rude words, roles that somebody could be taken for, and ways to reach somebody.

Whole words are compared, so that Erkan Kerem is a name; those of "anywhere" also stand inside a longer one. Real names
that a word of the lists stands in are listed beside them (refused_words.json).
"""

import json
from functools import cache
from itertools import groupby
from pathlib import Path

import regex
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core.alike import folded, seen

LISTS = json.loads((Path(__file__).parent / "refused_words.json").read_text(encoding="utf-8"))
MOST_FIGURES = 5  # more could be a telephone number
LONG = 5  # letters: a word of so many is recognised with l for i or rn for m, and in two halves
CONTACT = regex.compile(r"@|https?|www\.?|://|(?<=\w\w)\.(nl|com|net|org|be|eu|info|de|nu)\b", regex.IGNORECASE)
BETWEEN = regex.compile(r"[^\p{L}\p{M}]+")
HUMP = regex.compile(r"(?<=\p{Ll})(?=\p{Lu})")
NUMBER = regex.compile(r"(?<!\S)\d{2,}(?!\S)")
FIGURES = str.maketrans("4@3€5$87+02", "aaeessbttoz")  # read as letters; 1, ! and | as an i or as an l
READINGS = [{**FIGURES, **dict.fromkeys(map(ord, "1!|"), letter)} for letter in "il"]
ALIKE = (("rn", "m"), ("vv", "w"), ("l", "i"))

ROLE = _l("With that name you could be taken for somebody official. Choose another.")
RUDE = _l("That name could hurt somebody. Choose another.")
CONTACT_IN_IT = _l("A name has no number or address to reach you by. Choose another.")


def objection(name: str) -> LazyString | None:
    """Why a tidy name may not be used, or None."""
    if sum(letter.isdecimal() for letter in name) > MOST_FIGURES or CONTACT.search(name):
        return CONTACT_IN_IT
    readings = _readings(name)
    words = {word for reading in readings for word in _words(reading)}
    halves = {half for reading in readings for half in _put_together(reading)}
    for sort, sentence in (("rude", RUDE), ("roles", ROLE)):
        if _says(sort, words, halves):
            return sentence
    return None


def _says(sort: str, words: set[str], halves: set[str]) -> bool:
    anywhere, by_itself = (_listed(sort, where) for where in ("anywhere", "word"))
    long = {word for word in by_itself if len(word) >= LONG}
    blurred = {_blurred(word) for word in words}
    return bool(
        words & by_itself
        or {word for word in blurred if len(word) >= LONG} & {_blurred(word) for word in long}
        or halves & (long | anywhere)
        or any(_blurred(bad) in word for bad in anywhere for word in blurred)
    )


def _readings(name: str) -> set[str]:
    """A name as it is, as it looks, and with its figures read as letters."""
    plain = {name, seen(name)}
    return plain | {NUMBER.sub("", one).translate(figures) for one in plain for figures in READINGS}


def _words(reading: str) -> set[str]:
    """Its words but real names, those that a capital begins, and what single letters spell."""
    whole = [word for word in BETWEEN.split(reading) if word]
    spelled_out = ["".join(run) for is_one, run in groupby(whole, lambda word: len(word) == 1) if is_one]
    every = {*whole, *spelled_out, *_humps(reading)}
    return {folded(word) for word in every if word.casefold() not in LISTS["real"]}


def _put_together(reading: str) -> set[str]:
    """Words that follow each other as if they were one."""
    parts = [folded(part) for part in _humps(reading)]
    return {"".join(parts[at:to]) for at in range(len(parts)) for to in range(at + 2, len(parts) + 1)}


def _humps(reading: str) -> list[str]:
    return [part for word in BETWEEN.split(reading) for part in HUMP.split(word) if part]


def _blurred(word: str) -> str:
    for two, one in ALIKE:
        word = word.replace(two, one)
    return word


@cache
def _listed(sort: str, where: str) -> frozenset[str]:
    return frozenset(map(folded, LISTS[sort][where]))
