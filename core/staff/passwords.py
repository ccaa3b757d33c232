"""Passwords: argon2id, the same work for a known and an unknown login (docs/security.md)."""

import unicodedata
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l

from core.refusal import Refusal, Sort

SHORTEST, LONGEST = 12, 200
TOO_COMMON = ("wachtwoord", "password", "welkom", "buurtspoor", "qwerty", "123456", "geheim", "utrecht", "letmein")


def hashed(password: str) -> str:
    """The argon2id hash of a new password. Raises Refusal for one that is too short, too long or easily guessed."""
    plain = _plain(password)
    if not SHORTEST <= len(plain) <= LONGEST:
        raise Refusal(_l("A password has at least 12 characters. A sentence is fine."), Sort.INVALID)
    if _is_easy(plain):
        raise Refusal(_l("That password is easy to guess. Choose other words."), Sort.INVALID)
    return str(_hasher().hash(plain))


def fits(password: str, known: str | None) -> bool:
    """Whether a password belongs to a hash. For no hash at all the same work is done, and the answer is no."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(known or _nobodys(), _plain(password[:LONGEST]))
    except (VerificationError, InvalidHashError):
        return False
    return known is not None


def _is_easy(plain: str) -> bool:
    """A common word with little around it, or hardly any different characters."""
    small = plain.casefold()
    rest = small
    for word in TOO_COMMON:
        rest = rest.replace(word, "")
    return len(set(small)) < 5 or (rest != small and len(rest) < 6)


def _plain(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


@cache
def _hasher() -> Any:  # argon2's class, loaded only where somebody signs in
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    return str(_hasher().hash("nobody has this password"))
