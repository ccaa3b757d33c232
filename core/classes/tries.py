"""Typing the code of a class: wrong ones are counted by address and over the site, never by class, so none is locked.

An address where a code was right today, or where a teacher has a class, is no longer refused for what others guess.
Who is refused scans the code from the teacher's screen: it has a proof that the letters lack (core/guesses.py).
"""

from collections.abc import Callable
from typing import TypeVar

from limits import parse

from core import codes, guesses, limits
from core.limits import Budget
from core.security import address, wider_address

HERE = (parse("60 per hour"), parse("120 per day"))  # of an address: thirty crews, each with two typos
SITE = (parse("1200 per day"),)  # of all addresses where nothing was right today
TODAY = parse("100000 per day")  # any number: it stands for "was right today"
WRONG, RIGHT = "wrong class codes", "right class codes"

Found = TypeVar("Found")


def look_up(text: str, find: Callable[[str], Found | None]) -> Found | None:
    """What a class code leads to, by `find`; None, for nothing, counts as wrong. Raises TooOften before it looks."""
    letters = codes.letters_of(text)
    if letters is None:
        return None
    if not (guesses.is_scanned(text) or limits.was_counted(TODAY, RIGHT, f"{address()} {letters}")):
        limits.refuse(_budgets(), guesses.SCAN)
    found = find(letters)
    limits.count(_right(letters) if found else _budgets())
    return found


def trust_here() -> None:
    """A teacher has a class at this address: what is guessed elsewhere does not stop who types there."""
    if not _is_trusted():
        limits.count([(TODAY, RIGHT, address())])


def _is_trusted() -> bool:
    return limits.was_counted(TODAY, RIGHT, address())


def _budgets() -> list[Budget]:
    here = [(most, WRONG, place) for place in sorted({address(), wider_address()}) for most in HERE]
    return here if _is_trusted() else here + [(most, WRONG, "the site") for most in SITE]


def _right(letters: str) -> list[Budget]:
    return [(TODAY, RIGHT, address()), (TODAY, RIGHT, f"{address()} {letters}")]
