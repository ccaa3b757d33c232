"""What two texts that look alike have in common, by Unicode's own tables of look-alikes (UTS 39)."""

import unicodedata
from functools import cache

import regex
from confusable_homoglyphs import utils

# what stands on a letter, such as an accent; not what makes another letter of a kana
ACCENT = regex.compile(r"(?![\u3099\u309a])\p{Script=Inherited}")
NO_LETTER = regex.compile(r"[^\p{L}\p{M}\p{N}]")
WORD = regex.compile(r"[\p{L}\p{M}\p{N}|]+")


def folded(text: str) -> str:
    """A text without capitals, accents and look-alikes of other alphabets; figures that look like a letter are one."""
    drawn = "".join(prototypes().get(sign, sign) for sign in _plain(text)).translate(_small_capitals())
    return str(NO_LETTER.sub("", _plain(drawn)))


def seen(text: str) -> str:
    """A text as it looks, in Latin letters as far as it can be: among small letters an I is an l, and a 1 an i."""
    return str(WORD.sub(_seen_word, text))


def _seen_word(found: regex.Match[str]) -> str:
    word, drawn = found[0], prototypes()
    if any(sign.islower() for sign in word):
        return "".join("i" if sign == "1" else drawn.get(sign, sign) for sign in word)
    return "".join("i" if folded(sign) == "i" else drawn.get(sign, sign) for sign in word)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", ACCENT.sub("", unicodedata.normalize("NFKD", text.casefold())))


@cache
def prototypes() -> dict[str, str]:
    """Sign → what Unicode draws it like; without m → rn, as names have both, and nothing that leaves no letter.

    Read at the first name: a process that sees none, as the clockwork, does not carry it.
    """
    table = utils.load("confusables.json")
    order = {sign: at for at, sign in enumerate(table)}
    found = {}
    for sign, others in table.items():
        drawn = others[0]["c"]  # a sign has one; what signs are drawn like has them all, and stands after the first
        if len(others) == 1 and (len(table[drawn]) > 1 or order[sign] < order[drawn]):
            found[sign.strip("\u200e")] = drawn.strip("\u200e")
    del found["m"]
    return {sign: drawn for sign, drawn in found.items() if not _is_letter(sign) or NO_LETTER.sub("", drawn)}


@cache
def _small_capitals() -> dict[int, str]:
    """What is a capital drawn small, by its name: ʙ → b. Unicode's table draws Cyrillic letters like them."""
    called = "LATIN LETTER SMALL CAPITAL "
    names = ((at, unicodedata.name(chr(at), "")) for at in range(0x250, 0xA800))
    rest = {at: name.removeprefix(called) for at, name in names if name.startswith(called)}
    return {at: letter.lower() for at, letter in rest.items() if len(letter) == 1}


def _is_letter(sign: str) -> bool:
    return sign.isalnum() and unicodedata.category(sign) != "Lm"  # an apostrophe that is a letter of its own falls away
