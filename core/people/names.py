"""Pseudonyms: which are offered, and which somebody may choose."""

import json
import random
import re
import unicodedata
from pathlib import Path

from flask_babel import lazy_gettext as _l

from core.people.word_filter import objection
from core.refusal import Refusal, Sort

WORDS = json.loads((Path(__file__).parent / "pseudonyms.json").read_text(encoding="utf-8"))
SHORTEST, LONGEST = 2, 24
STACK = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3}")  # accents piled on one letter
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "HANGUL", "TIFINAGH", "DEVANAGARI", "GEORGIAN")
# what passes for a Latin letter at a glance, after casefold and NFKD: letters of other scripts, rare ones, figures
LOOKS_LIKE = {
    "a": "аαɑᴀ4@", "b": "вьβʙ8", "c": "сϲᴄɔ", "d": "ԁđðᴅ", "e": "еεᴇəɛ3€", "f": "ƒꜰ", "g": "ɡցɢ", "h": "һнհħʜ",
    "j": "јϳᴊ", "k": "кκᴋ", "l": "iıӏіι1|!łɪʟɩ", "m": "мᴍ", "n": "пηոɴ", "o": "оοσօø0ᴏ", "p": "рρᴘ", "q": "ԛզ",
    "r": "гʀ", "s": "ѕꜱ5$", "t": "тτŧᴛ7", "u": "υսᴜ", "v": "νѵᴠ", "w": "ԝωᴡ", "x": "хχ", "y": "уүγʏ", "z": "ᴢ2",
    "ae": "æ", "oe": "œ", "th": "þ",
}  # fmt: skip
ALIKE = {ord(other): latin for latin, others in LOOKS_LIKE.items() for other in others}
PAIRS = (("rn", "m"), ("vv", "w"))  # two letters that look like one


def offered() -> str:
    """A pseudonym to start with: "Blauwe Reiger"."""
    return f"{random.choice(WORDS['adjectives'])} {random.choice(WORDS['nouns'])}"


def tidy(name: str) -> str:
    """A chosen name in its one spelling (NFKC, single spaces).

    Raises Refusal for a name that is too short or long, has control characters, mixes alphabets, or says what no name
    may (core/people/word_filter.py).
    """
    tidied = " ".join(unicodedata.normalize("NFKC", name[:200]).split())
    if any(unicodedata.category(letter)[0] == "C" or letter == "\ufffd" for letter in name) or STACK.search(tidied):
        raise Refusal(_l("That name has a sign in it that nobody can see. Type it again."), Sort.INVALID)
    if not SHORTEST <= len(tidied) <= LONGEST or not any(letter.isalpha() for letter in tidied):
        raise Refusal(_l("A name has 2 to 24 letters."), Sort.INVALID)
    if len({_script(letter) for letter in tidied if letter.isalpha()}) > 1:
        raise Refusal(_l("That name mixes alphabets, so it could pass for another. Choose one alphabet."), Sort.INVALID)
    if why := objection(tidied, likeness):
        raise Refusal(why, Sort.INVALID)
    return tidied


def likeness(name: str) -> str:
    """What two names that look alike have in common: no capitals, accents, spaces, look-alike letters."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(ALIKE)
    plain = "".join(letter for letter in plain if letter.isalnum())
    for two, one in PAIRS:
        plain = plain.replace(two, one)
    return plain


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    if name.startswith(("CJK", "HIRAGANA", "KATAKANA")):
        return "JAPANESE OR CHINESE"
    return next((script for script in SCRIPTS if name.startswith(script)), name.split(" ")[0])
