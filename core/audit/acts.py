"""How acts read in the log: each part says it of what it records, since the log lies below them all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask_babel import LazyString

from core.registry import Registry

Labels = Mapping[str, LazyString]


@dataclass(frozen=True)
class Acts:
    """What one part records. `labels`: what was done, by action.

    `on_players`: the actions whose `about` is a player key. `kinds`: what the first word of `about` stands for;
    `reasons`: what a reason stands for; `who`: as what somebody did it whom the log does not know. What is in none of
    these is not shown.
    """

    part: str  # in addresses
    name: LazyString
    labels: Labels
    on_players: frozenset[str] = frozenset()
    kinds: Callable[[], Labels] = lambda: {}
    reasons: Callable[[], Labels] = lambda: {}
    who: Labels = field(default_factory=dict)


PARTS: Registry[Acts] = Registry("how acts read in the log")
"""By the name in addresses. No two parts have a label for the same action."""


def by_action() -> Mapping[str, Acts]:
    """Whose each action is."""
    return {action: acts for acts in PARTS.all() for action in acts.labels}
