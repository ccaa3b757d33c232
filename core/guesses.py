"""Six letters that people type or scan: wrong ones are counted, right ones cost nothing.

A player has a number of wrong ones of their own, after which they wait. What many share (an address, the /48 around
it, the whole site) asks for something else once it is used up: to scan the code, which holds a proof that the letters
lack. Who plays since before today shares with others who do, so newcomers cannot use that up. docs/security.md has the
reckoning, and tests/core/test_guesses.py computes it.
"""

import base64
import hmac
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from flask import current_app, g
from flask_babel import lazy_gettext as _l
from limits import parse

from core import clock, codes, limits
from core.limits import Budget
from core.security import address, wider_address

OWN = (parse("30 per hour"), parse("60 per day"))  # of one player
SHARED = (parse("400 per hour"), parse("800 per day"))  # of an address: 150 people in a hall, each with a typo or two
SITE = (parse("1900 per day"),)
LONG = (parse("300 per hour"),)  # of an address, for codes of 130 bits: nobody finds one, it only costs us work
REMEMBERED = parse("100 per hour")  # any number: it stands for "was right"
WRONG, RIGHT = "wrong letters", "right letters"

SCAN = _l("Many letters were guessed just now. Scan the code with the camera. Typing works again %(when)s.")

Found = TypeVar("Found")


def look_up(text: str, find: Callable[[str], Found | None]) -> Found | None:
    """What six letters lead to, by `find`, with or without their proof. None, for what leads nowhere, counts as wrong.

    What cannot be six letters leads nowhere, and is no guess. What was right once goes on working for an hour. Raises
    TooOften before anything is looked up.
    """
    letters = codes.letters_of(text)
    if letters is None:
        return None
    must_be_able_to_try(text)
    found = find(letters)
    if found is None:
        count_own()
        limits.count(_shared())
    else:
        limits.count(_right(letters))
    return found


def must_be_able_to_try(text: str) -> None:
    """Raises TooOften for who was wrong too often, unless the proof is right, or these letters were a moment ago."""
    if is_scanned(text) or any(limits.was_counted(*budget) for budget in _right(codes.letters_of(text))):
        return
    refuse_own()
    limits.refuse(_shared(), SCAN)


def refuse_own() -> None:
    """Raises TooOften for a player who was wrong too often, about whatever."""
    limits.refuse(_own())


def count_own() -> None:
    """A player was wrong about something that nobody else has to pay for."""
    limits.count(_own())


def of_long_codes() -> AbstractContextManager[None]:
    """A code of 130 bits is looked up inside, and counts when it is refused. Raises TooOften before that."""
    return limits.counted([(most, "wrong long codes", place) for place in _places() for most in LONG])


def scannable(letters: str) -> str:
    """Six letters with the proof that they were read from a code, for its address."""
    return letters + _proof(letters)


def is_scanned(text: str) -> bool:
    """Whether six letters came with their proof."""
    letters, code = codes.letters_of(text), codes.typed(text)
    return letters is not None and hmac.compare_digest(code.encode(), scannable(letters).encode())


def _proof(letters: str) -> str:
    secret = current_app.config["BUURT"].secret.encode()
    digest = hmac.digest(secret, f"scanned {letters}".encode("utf-8", "replace"), "sha256")
    return base64.b32encode(digest).decode()[: codes.PROOF]


def _own() -> list[Budget]:
    return [(most, WRONG, g.person.player_key) for most in OWN] if g.get("person") else []


def _shared() -> list[Budget]:
    """What is shared with whoever else plays since before today, or else with all others."""
    person = g.get("person")
    since = "known" if person and clock.day_of(person.joined_at) < clock.today() else "new"
    of_places = [(most, WRONG, f"{since} {place}") for place in _places() for most in SHARED]
    return of_places + [(most, WRONG, since) for most in SITE]


def _right(letters: str | None) -> list[Budget]:
    """Where it stands that these letters were right: with the player, and with the address, for who joins next."""
    who = [address(), g.person.player_key] if g.get("person") else [address()]
    return [(REMEMBERED, RIGHT, f"{one} {letters}") for one in who]


def _places() -> list[str]:
    """The address, and the /48 around it where that is another."""
    return sorted({address(), wider_address()})
