"""What a name may not say: rude words, roles that somebody could be taken for, and ways to reach somebody."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

LISTS = json.loads((Path(__file__).parent / "refused_words.json").read_text(encoding="utf-8"))
MOST_FIGURES = 5  # more could be a telephone number
CONTACT = re.compile(r"@|https?|www\.?|://|\.(nl|com|net|org|be|eu|info|de|nu)\b", re.IGNORECASE)
BETWEEN = re.compile(r"[\W_]+")

ROLE = _l("With that name you could be taken for somebody official. Choose another.")
RUDE = _l("That name could hurt somebody. Choose another.")
CONTACT_IN_IT = _l("A name has no number or address to reach you by. Choose another.")


def objection(name: str, likeness: Callable[[str], str]) -> LazyString | None:
    """Why a tidy name may not be used, or None. `likeness` gives what two spellings have in common."""
    if sum(letter.isdecimal() for letter in name) > MOST_FIGURES or CONTACT.search(name):
        return CONTACT_IN_IT
    words = {likeness(word) for word in BETWEEN.split(name)} | {likeness(name)}
    for sort, sentence in (("rude", RUDE), ("roles", ROLE)):
        if words & _alike(sort, "word", likeness) or any(
            bad in whole for bad in _alike(sort, "anywhere", likeness) for whole in words
        ):
            return sentence
    return None


def _alike(sort: str, where: str, likeness: Callable[[str], str]) -> set[str]:
    return {likeness(word) for word in LISTS[sort][where]}
