"""Who waits for an answer from the reader: a strip on every page says so, instead of messages."""

from collections.abc import Callable, Sequence

from flask import g

from core.people import queries
from core.people.models import Person
from core.registry import Registry

WAITING: Registry[Callable[[Person], Sequence[str]]] = Registry("what waits for somebody")
"""Each gives the player keys of people who wait for a person, once for each question."""


def who() -> tuple[int, str]:
    """How many neighbours wait for the person who is asking, and the name of the only one, "" for more."""
    person = g.get("person")
    keys = {key for waits in WAITING.all() for key in waits(person)} if person else set()
    found = queries.by_player_keys(keys) if len(keys) == 1 else {}
    return len(keys), "".join(other.name for other in found.values())
