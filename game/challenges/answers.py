"""The question that only who stands there can answer, and whether an answer is right. The answers never leave us."""

import unicodedata
from collections.abc import Mapping
from typing import Any

Asked = Mapping[str, Mapping[str, Any]]  # language → {"question": sentence, "answers": [what counts as right]}

LONGEST = 80  # signs of an answer that are looked at
ARTICLES = {"de", "het", "een", "the", "a", "an"}
COUNTED = {
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien twintig",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty",
    "tr": "sifir bir iki uc dort bes alti yedi sekiz dokuz on",
    "ar": "صفر واحد اثنان ثلاثة اربعة خمسة ستة سبعة ثمانية تسعة عشرة",
}
NUMBERS = {word: str(number) for words in COUNTED.values() for number, word in enumerate(words.split())}


def is_right(asked: Asked, said: str) -> bool:
    """Whether an answer is one of those that count, in any language: people answer in their own."""
    ours = {spelled(answer) for texts in asked.values() for answer in texts["answers"]}
    given = spelled(said)
    return bool(given) and given in ours


def spelled(answer: str) -> str:
    """An answer in its one spelling: no capitals, accents, signs or articles, and numbers as figures."""
    letters = unicodedata.normalize("NFKD", answer[:LONGEST]).casefold().replace("ı", "i")
    plain = "".join(_plain(letter) for letter in letters if not unicodedata.combining(letter))
    words = plain.split()
    said = [word for word in words if word not in ARTICLES] or words  # "een" alone is a number
    return " ".join(NUMBERS.get(word, word) for word in said)


def _plain(letter: str) -> str:
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return letter if letter.isalnum() else " "
