"""Short codes that people read aloud, and random keys that stand in URLs."""

import base64
import secrets

import qrcode
from markupsafe import Markup
from qrcode.image.svg import SvgPathImage

LETTERS = "2346789BCDFGHJKMNPQRTVWXYZ"  # no vowels (no words), none that look alike
LENGTH = 6
LONG_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32: 5 bits a letter, read without I, L, O and U
LONG_LENGTH = 26
FORGIVEN = str.maketrans("OIL", "011", " -\u2013\u2014\u00a0.\t\r\n")


def short_code() -> str:
    """Six letters, one of 308,915,776: for a code that lives ten minutes, or a tag that opens nothing."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_short_code(text: str) -> str | None:
    """What somebody typed or scanned as six letters, in its one spelling; None when it cannot be a code.

    Spaces and dashes are passed over, small letters are capital ones.
    """
    code = "".join(letter for letter in text.upper() if letter not in " -\u2013\u00a0")
    return code if len(code) == LENGTH and all(letter in LETTERS for letter in code) else None


def spaced(code: str) -> str:
    """A code as people read it: two threes."""
    return f"{code[:3]} {code[3:]}"


def long_code() -> str:
    """26 letters of 130 random bits: a secret that somebody keeps on paper."""
    return "".join(secrets.choice(LONG_LETTERS) for _ in range(LONG_LENGTH))


def read_long_code(text: str) -> str | None:
    """What somebody typed or scanned as such a secret, in its one spelling; None when it cannot be one.

    Small letters, spaces and dashes are fine; O reads as 0, I and L as 1.
    """
    code = text[:200].upper().translate(FORGIVEN)
    return code if len(code) == LONG_LENGTH and all(letter in LONG_LETTERS for letter in code) else None


def in_groups(code: str) -> list[str]:
    """Such a secret as people read it: four fives and a six."""
    return [*(code[start : start + 5] for start in range(0, 20, 5)), code[20:]]


def new_key() -> str:
    """128 random bits as 26 small base32 letters: an id that says nothing and cannot be guessed."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def qr(text: str) -> Markup:
    """A text as a QR code at level Q with its quiet zone, as SVG for inside a page."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_Q, border=4, image_factory=SvgPathImage)
    code.add_data(text)
    svg = code.make_image().to_string(encoding="unicode")
    return Markup(svg[svg.index("<svg") :])  # nosec: made by the library, of a path and numbers
