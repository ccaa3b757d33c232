"""Pseudonyms: which are offered, and which somebody may choose."""

import json
import random
import re
import unicodedata
from pathlib import Path

from flask_babel import lazy_gettext as _l

from core.refusal import Refusal, Sort

WORDS = json.loads((Path(__file__).parent / "pseudonyms.json").read_text(encoding="utf-8"))
SHORTEST, LONGEST = 2, 24
STACK = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3}")  # accents piled on one letter
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "HANGUL", "TIFINAGH", "DEVANAGARI", "GEORGIAN")
# letters of other scripts, and figures, that pass for a Latin letter at a glance
ALIKE = str.maketrans("аеорсухіјѕԁһкмтвнαορνικτυ013458|$@iı", "aeopcyxljsdhkmtbhaopvlktuoleasblsall")


def offered() -> str:
    """A pseudonym to start with: "Blauwe Reiger"."""
    return f"{random.choice(WORDS['adjectives'])} {random.choice(WORDS['nouns'])}"


def tidy(name: str) -> str:
    """A chosen name in its one spelling (NFKC, single spaces).

    Raises Refusal for a name that is too short or long, has control characters or mixes alphabets.
    """
    tidied = " ".join(unicodedata.normalize("NFKC", name[:200]).split())
    if any(unicodedata.category(letter)[0] == "C" or letter == "\ufffd" for letter in name) or STACK.search(tidied):
        raise Refusal(_l("That name has a sign in it that nobody can see. Type it again."), Sort.INVALID)
    if not SHORTEST <= len(tidied) <= LONGEST or not any(letter.isalpha() for letter in tidied):
        raise Refusal(_l("A name has 2 to 24 letters."), Sort.INVALID)
    if len({_script(letter) for letter in tidied if letter.isalpha()}) > 1:
        raise Refusal(_l("That name mixes alphabets, so it could pass for another. Choose one alphabet."), Sort.INVALID)
    return tidied


def likeness(name: str) -> str:
    """What two names that look alike have in common: no capitals, accents, spaces, look-alike letters."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(ALIKE)
    return "".join(letter for letter in plain if letter.isalnum())


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    if name.startswith(("CJK", "HIRAGANA", "KATAKANA")):
        return "JAPANESE OR CHINESE"
    return next((script for script in SCRIPTS if name.startswith(script)), name.split(" ")[0])
