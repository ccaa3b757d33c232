"""Themes that neighbours thought up, for who makes a season: parts say which."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from core.menus import Line
from core.registry import Registry


class Suggestion(NamedTuple):
    """A theme in the words of a neighbour, the language of those, and where it stands."""

    theme: str
    language: str
    line: Line


SUGGESTED: Registry[Callable[[int], Sequence[Suggestion]]] = Registry("themes to choose from")
"""Each says which there are, by the id of a neighbourhood."""


def of(neighbourhood_id: int) -> list[Suggestion]:
    """All of them, in order."""
    return [one for suggest in SUGGESTED.all() for one in suggest(neighbourhood_id)]
