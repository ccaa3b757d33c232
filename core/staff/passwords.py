"""Passwords: argon2id, the same work for a known and an unknown login (docs/security.md)."""

import unicodedata
from collections.abc import Collection
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l

from core.refusal import Refusal, Sort

SHORTEST, LONGEST = 12, 200
LOOKED_AT = 72  # signs that the judge of passwords takes; all of them are hashed
FEWEST_GUESSES = 10**10  # what is guessed sooner is refused: zxcvbn's highest score begins there
EASY = _l("That password is easy to guess. Take three or four words that do not belong together.")
DUTCH = """
wachtwoord welkom geheim geheimpje toegang inloggen computer internet sleutel buurtspoor buurt buurthuis buurtje
wijk wijkcentrum huisvandewijk huis thuis bewoner bewoners gemeente vereniging school juf meester team redactie
beheerder coordinator redacteur gastvrouw gastheer vrijwilliger koffie thee taart gezellig hallo hoi doei dankjewel
liefde liefje schatje schat lieverd mama papa mamma moeder vader oma opa kinderen dochter zoon familie vrienden
vriendin hond poes kat konijn paard vogel bloem bloemen zon maan ster sterren regenboog vakantie feest kerst
sinterklaas verjaardag lente zomer herfst winter januari februari maart april juni juli augustus september oktober
november december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag voetbal ajax feyenoord psv fcutrecht
utrecht oranje fiets amsterdam rotterdam denhaag eindhoven groningen tilburg almere breda nijmegen arnhem haarlem
leeuwarden zwolle maastricht nederland holland
"""


def hashed(password: str, *own: str) -> str:
    """The argon2id hash of a new password; nothing is cut off. `own`: words that whoever knows them would try first.

    Raises Refusal for one that is too short, too long or easily guessed.
    """
    plain = _plain(password)
    if not SHORTEST <= len(plain) <= LONGEST:
        raise Refusal(_l("A password has at least 12 characters. A sentence is fine."), Sort.INVALID)
    if _is_easy(plain, own):
        raise Refusal(
            _l("That password is easy to guess. Take three or four words that do not belong together."), Sort.INVALID
        )
    return str(_hasher().hash(plain))


def fits(password: str, known: str | None) -> bool:
    """Whether a password belongs to a hash. For no hash at all the same work is done, and the answer is no."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(known or _nobodys(), _plain(password[:LONGEST]))
    except (VerificationError, InvalidHashError):
        return False
    return known is not None


def _is_easy(plain: str, own: Collection[str]) -> bool:
    """Much used, Dutch ones too, or hardly more than words about its owner or this place."""
    from zxcvbn import zxcvbn  # it brings lists of much used passwords, and takes 14 MB: loaded where one is chosen

    small = plain.casefold()
    words = {
        word for text in own for word in (*text.casefold().split(), "".join(text.casefold().split())) if len(word) > 2
    }
    rest = small
    for word in sorted({*words, "buurtspoor"}, key=len, reverse=True):
        rest = rest.replace(word, "")
    if rest != small and len("".join(filter(str.isalpha, rest))) < 6:
        return True
    return bool(zxcvbn(small[:LOOKED_AT], user_inputs=[*DUTCH.split(), *sorted(words)])["guesses"] < FEWEST_GUESSES)


def _plain(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


@cache
def _hasher() -> Any:  # argon2's class, loaded only where somebody signs in
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    return str(_hasher().hash("nobody has this password"))
