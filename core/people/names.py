"""Pseudonyms: which are offered, and which somebody may choose."""

import json
import random
import unicodedata
from pathlib import Path

import regex
from confusable_homoglyphs import utils
from flask_babel import lazy_gettext as _l

from core import alike, spelling
from core.people.word_filter import objection
from core.refusal import Refusal, Sort

WORDS = json.loads((Path(__file__).parent / "pseudonyms.json").read_text(encoding="utf-8"))
SHORTEST, LONGEST, KEPT = 2, 24, 80
WHOLE = regex.compile(r"[\p{Ideographic}가-힣]")  # one such sign is a name
NOT_SHOWN = regex.compile(r"[\p{Co}\p{Cn}\ufffd]")
STACK = regex.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3}")  # accents piled on one letter
TOGETHER = (("Latin", "Han", "Hiragana", "Katakana"), ("Latin", "Han", "Bopomofo"), ("Latin", "Han", "Hangul"))


def offered() -> str:
    """A pseudonym to start with: "Blauwe Reiger"."""
    return f"{random.choice(WORDS['adjectives'])} {random.choice(WORDS['nouns'])}"


def spelled(name: str) -> str:
    """A name in its one spelling: NFKC, single spaces, nothing that nobody can see."""
    return spelling.line(unicodedata.normalize("NFKC", spelling.line(name[:200])))


def tidy(name: str) -> str:
    """A chosen name in its one spelling.

    Raises Refusal for a name that is too short or long, has signs that cannot be shown, mixes alphabets (more than UTS
    39 calls highly restrictive), or says what no name may (core/people/word_filter.py).
    """
    tidied = spelled(name)
    if NOT_SHOWN.search(tidied) or STACK.search(tidied):
        raise Refusal(_l("That name has a sign in it that we cannot show. Type it again."), Sort.INVALID)
    shortest = 1 if WHOLE.search(tidied) else SHORTEST
    if not shortest <= len(tidied) <= LONGEST or not any(letter.isalpha() for letter in tidied):
        raise Refusal(_l("A name has 2 to 24 letters."), Sort.INVALID)
    if not ONE_ALPHABET.fullmatch(tidied):
        raise Refusal(_l("That name mixes alphabets, so it could pass for another. Choose one alphabet."), Sort.INVALID)
    if why := objection(tidied):
        raise Refusal(why, Sort.INVALID)
    return tidied


def likeness(name: str) -> str:
    """What two names have in common that differ in capitals, accents, spaces or by letters of another alphabet."""
    return alike.folded(name)[:KEPT]


def look(name: str) -> str:
    """What two names have in common that look the same as they are written: BIauw, with a capital I, and Blauw."""
    return alike.folded(alike.seen(name))[:KEPT]


def _one_alphabet() -> regex.Pattern[str]:
    """Signs of one script and what all scripts share, by Unicode's Script_Extensions; those of Japan are one."""
    every = set(utils.load("categories.json")["iso_15924_aliases"]) - {"COMMON", "INHERITED"}
    sets = [*TOGETHER, *((script,) for script in sorted(every))]
    signs = ("".join(rf"\p{{scx={script}}}" for script in (*scripts, "Common", "Inherited")) for scripts in sets)
    return regex.compile("|".join(f"[{one}]*" for one in signs))


ONE_ALPHABET = _one_alphabet()
