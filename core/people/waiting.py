"""What waits for an answer of the one who asks: a number in a strip on every page, instead of messages."""

from collections.abc import Callable

from flask import g

from core.people.models import Person
from core.registry import Registry

WAITING: Registry[Callable[[Person], int]] = Registry("what waits for somebody")
"""Each counts, for a person."""


def count() -> int:
    """How many things wait for the person who is asking."""
    person = g.get("person")
    return sum(waits(person) for waits in WAITING.all()) if person else 0
