"""How acts read in the log: a registry that each part fills with what it records, since the log lies below them all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask, current_app
from flask_babel import LazyString

Labels = Mapping[str, LazyString]


@dataclass(frozen=True)
class Acts:
    """What one part records. `labels`: what was done, by action.

    `on_players`: the actions whose `about` is a player key. `kinds`: what the first word of `about` stands for;
    `reasons`: what a reason stands for. What is in none of these is not shown.
    """

    part: str  # in addresses
    name: LazyString
    labels: Labels
    on_players: frozenset[str] = frozenset()
    kinds: Callable[[], Labels] = lambda: {}
    reasons: Callable[[], Labels] = lambda: {}


def add(app: Flask, acts: Acts) -> None:
    """Say how the acts of a part read. ValueError when one of them has a label already."""
    known = app.extensions.setdefault("acts", {})
    if acts.part in known or acts.labels.keys() & {action for one in known.values() for action in one.labels}:
        raise ValueError(f"{acts.part} has labels already")
    known[acts.part] = acts


def everything() -> Mapping[str, Acts]:
    """All of them, by part, in the order in which the parts were registered."""
    known: Mapping[str, Acts] = current_app.extensions.get("acts", {})
    return known


def by_action() -> Mapping[str, Acts]:
    """Whose each action is."""
    return {action: acts for acts in everything().values() for action in acts.labels}
