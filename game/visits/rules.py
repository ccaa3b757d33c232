"""What shows that somebody is at a spot: a registry of small pieces, each worth points (docs/rules.md §4).

Two points make it count, so a plate and a question do without any position. Nothing ever takes points away.
"""

from collections.abc import Iterable
from dataclasses import dataclass

ENOUGH = 2


@dataclass(frozen=True)
class Piece:
    """One thing that shows it. `name` is what a yes stores: it never changes."""

    name: str
    points: int


VERIFIED = Piece("verified", 2)  # the phone's own fix, judged by core/places/presence.py
NEAR = Piece("near", 1)
PLATE = Piece("plate", 1)  # the plate there was scanned
ANSWER = Piece("answer", 1)  # the question that only who is there can answer
PARTNER = Piece("partner", 2)  # the other of the same encounter is verified
WITNESS = Piece("witness", 2)  # a host saw it

PIECES: dict[str, Piece] = {piece.name: piece for piece in (VERIFIED, NEAR, PLATE, ANSWER, PARTNER, WITNESS)}


def points(names: Iterable[str]) -> int:
    """What pieces are worth together; each counts once, one that we do not know is worth nothing."""
    return sum(PIECES[name].points for name in set(names) if name in PIECES)


def counts(names: Iterable[str]) -> bool:
    """Whether it is enough."""
    return points(names) >= ENOUGH


def written(names: Iterable[str]) -> str:
    """Pieces as a yes stores them: their names, in the order of the registry."""
    return " ".join(name for name in PIECES if name in set(names))


def read(stored: str) -> frozenset[str]:
    """The pieces that a yes stores."""
    return frozenset(stored.split())
