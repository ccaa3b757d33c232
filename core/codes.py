"""Short codes that people read aloud, and random keys that stand in URLs."""

import base64
import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import unquote

from flask_babel import LazyString, lazy_ngettext
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _p
from markupsafe import Markup

from core.alike import prototypes

LETTERS = "2346789BCDFGHJKMNPQRTVWXYZ"  # no vowels (no words), none that look alike
LENGTH = 6
LONG_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32: 5 bits a letter, read without I, L, O and U
LONG_LENGTH = 26
PROOF = 10  # signs of base32 behind scanned letters: 50 bits (core/guesses.py)
MOST = 400  # signs that are looked at: a whole address with a sentence around it
IN_ADDRESS = re.compile(r"(?:/(?:e|q|with)/|#)(\w+)")
NUMBERS = [
    _p("number", "none"), _p("number", "one"), _p("number", "two"), _p("number", "three"), _p("number", "four"),
    _p("number", "five"), _p("number", "six"), _p("number", "seven"), _p("number", "eight"), _p("number", "nine"),
    _p("number", "ten"), _p("number", "eleven"), _p("number", "twelve"),
]  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """What codes of a sort look like: which signs, and how many. `reads`: what passes for another sign."""

    signs: str
    length: int
    reads: dict[str, str] = field(default_factory=dict)

    def read(self, text: str) -> str | None:
        """What somebody typed, scanned or pasted as such a code, in its one spelling; None when it cannot be one."""
        tries = (
            self._signs_of(text),
            self._signs_of(text, out_of_address=False),
        )  # a Q of its own
        return next((code for code in tries if len(code) == self.length and not self._strange(code)), None)

    def lacks(self, text: str) -> LazyString:
        """What is wrong with a text that cannot be such a code."""
        code = self._signs_of(text)
        if strange := self._strange(code):
            return _l("There is no %(sign)s in this kind of code. Look once more.", sign=strange)
        have, more = len(code), len(code) - self.length
        if more < 0:
            return lazy_ngettext(
                "One sign is missing, you have %(have)s.", "%(lacking)s signs are missing, you have %(have)s.",
                -more, lacking=_in_words(-more), have=_in_words(have),
            )  # fmt: skip
        return lazy_ngettext(
            "One sign too many, a code has %(length)s.", "%(more)s signs too many, a code has %(length)s.",
            more, more=_in_words(more), length=_in_words(self.length),
        )  # fmt: skip

    def _signs_of(self, text: str, out_of_address: bool = True) -> str:
        return "".join(self.reads.get(sign, sign) for sign in typed(text, out_of_address))

    def _strange(self, code: str) -> str | None:
        return next((sign for sign in code if sign not in self.signs), None)


SHORT = Shape(LETTERS, LENGTH)
LONG = Shape(LONG_LETTERS, LONG_LENGTH, {"O": "0", "I": "1", "L": "1"})


def typed(text: str, out_of_address: bool = True) -> str:
    """The capitals and figures of a code as somebody typed, scanned or pasted it.

    Out of a whole address comes its code. Figures of any script are figures, and letters that look like Latin ones are
    those; spaces, dashes, quotes, dots and what nobody sees are passed over.
    """
    plain = unicodedata.normalize("NFKC", unquote(text[:MOST]))
    found = IN_ADDRESS.search(plain) if out_of_address else None
    return "".join(_sign(letter) for letter in (found[1] if found else plain).upper() if letter.isalnum())


def letters_of(text: str) -> str | None:
    """The six letters of what was typed, or scanned with its proof; None when they can be none."""
    code = typed(text)
    return SHORT.read(code[:LENGTH] if len(code) == LENGTH + PROOF else text)


def short_code() -> str:
    """Six letters, one of 308,915,776: for a code that lives ten minutes, or a tag that opens nothing."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def spaced(code: str) -> str:
    """A code as people read it: two threes."""
    return f"{code[:3]} {code[3:]}"


def long_code() -> str:
    """26 letters of 130 random bits: a secret that somebody keeps on paper."""
    return "".join(secrets.choice(LONG_LETTERS) for _ in range(LONG_LENGTH))


def in_groups(code: str) -> list[str]:
    """Such a secret as people read it: four fives and a six."""
    return [*(code[start : start + 5] for start in range(0, 20, 5)), code[20:]]


def new_key() -> str:
    """128 random bits as 26 small base32 letters: an id that says nothing and cannot be guessed."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def qr(text: str) -> Markup:
    """A text as a QR code at level Q with its quiet zone, as SVG for inside a page.

    It carries its own white ground: what a browser darkens around it, it leaves alone.
    """
    import qrcode  # brings Pillow: only where codes are drawn

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_Q, border=4)
    code.add_data(text)
    rows = code.get_matrix()
    runs = (f"M{at} {y}h{long}v1h-{long}z" for y, row in enumerate(rows) for at, long in _dark(row))
    ground, size = Markup('<rect fill="#fff" width="100%" height="100%"/>'), len(rows)
    svg = '<svg class="buurt-qr" viewBox="0 0 {0} {0}" width="{0}mm" height="{0}mm">{1}<path d="{2}"/></svg>'
    return Markup(svg).format(size, ground, "".join(runs))


def _dark(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Where each dark run of a row begins, and how long it is: a third of the bytes of a path a module."""
    at = 0
    for is_dark, run in groupby(row):
        long = len(list(run))
        if is_dark:
            yield at, long
        at += long


def _sign(letter: str) -> str:
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return letter if letter.isascii() else prototypes().get(letter, letter).upper()


def _in_words(number: int) -> object:
    return NUMBERS[number] if number < len(NUMBERS) else number
