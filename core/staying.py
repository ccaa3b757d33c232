"""What may stay of somebody who is erased, under a receipt of its own: whose it was, nothing says any more.

A part whose things may outlive an account adds its Staying in `init_app`. core/people asks and core/receipts makes the
receipt, which is the first of these entries: neither knows what the others keep (docs/decisions/0032-what-stays.md).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString

from core.registry import Registry

Before = dict[str, Any]


@dataclass(frozen=True)
class Heir:
    """Under what it stays: a new key in the place of a player's, and the secret of the receipt that opens it."""

    neighbourhood_id: int
    subject: str
    code: str


@dataclass(frozen=True)
class Staying:
    """What one part may leave there, in the caller's transaction.

    `move`: hand what they have to the heir, without their name; what `back` has to know, as plain JSON values.
    `back`: from this subject to that player again, as it was. `settle`: nobody can undo it any more. `many`: how many
    things of a player may stay, which the page names by `label`.
    """

    move: Callable[[str, Heir], Before]
    back: Callable[[str, str, Before], None]
    settle: Callable[[str], None] = lambda _subject: None
    many: Callable[[str], int] = lambda _player: 0
    label: LazyString | None = None


STAYING: Registry[Staying] = Registry("what may stay under a receipt")
"""By name, in the order in which it is handed over."""


def choices(player: str) -> list[tuple[LazyString | None, int]]:
    """What may stay of a player and how much of it; nothing where there is nothing to ask."""
    return [(one.label, many) for one in STAYING.all() if (many := one.many(player))]


def move(player: str, heir: Heir) -> Before:
    """Hand it all over; what `back` has to know."""
    return {name: one.move(player, heir) for name, one in STAYING.named().items()}


def back(subject: str, player: str, before: Before) -> None:
    """It is theirs again, as `move` found it."""
    for name, one in reversed(STAYING.named().items()):
        one.back(subject, player, before.get(name, {}))


def settle(subject: str) -> None:
    """It stays there for good."""
    for one in STAYING.all():
        one.settle(subject)
