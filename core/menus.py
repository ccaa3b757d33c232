"""What parts add to the menus of core, and where the things are done that core's pages lead to.

Core names no page of a part: a part says in its `init_app` which lines it has, and which purposes it serves. Without
parts the pages of core stand without them (tests/core/test_alone.py).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from flask import Flask, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core.guard import may_open
from core.registry import Registry


class Group(StrEnum):
    """Under which heading lines stand together, in this order; what has none stands first, without one."""

    NONE = ""
    HOUSE = "house"
    TOGETHER = "together"
    MAKE = "make"
    SEASON = "season"
    MEANS = "means"
    OWN = "own"


HEADINGS: Mapping[Group, LazyString] = {
    Group.HOUSE: _l("In the house"),
    Group.TOGETHER: _l("Together here"),
    Group.MAKE: _l("To make"),
    Group.SEASON: _l("The season"),
    Group.MEANS: _l("What it does"),
    Group.OWN: _l("What is yours"),
}
FEW = 8  # lines that need no headings


@dataclass(frozen=True)
class Line:
    """A line of a menu: the page it opens, its drawing (static/icons) and its words; `name` is what the page says."""

    endpoint: str
    drawing: str
    label: LazyString
    arguments: Mapping[str, object] = field(default_factory=dict)
    name: str = ""
    group: Group = Group.NONE

    @property
    def url(self) -> str:
        """Where it leads."""
        return url_for(self.endpoint, **self.arguments)  # type: ignore[arg-type]  # names of arguments, no options


def always(line: Line) -> Callable[[], Line | None]:
    """An entry that is there for whoever looks."""
    return lambda: line


MAIN: Registry[Callable[[bool], Line]] = Registry("the main menu")
"""At the thumb, on every page; asked with whether who looks can only search (they may not meet anybody)."""
ME: Registry[Callable[[], Line | None]] = Registry("links on Ik")
"""The rows of the page about oneself; None where this site has no use for it."""
TEAM: Registry[Callable[[], Line | None]] = Registry("links of the team")
"""The rows of the team's page; each is there for who may open it."""


class Waits(NamedTuple):
    """How many wait, and in a sentence which waits longest."""

    many: str
    longest: LazyString | str


COUNTS: Registry[Callable[[], object]] = Registry("how many wait on the page of the team")
"""By the endpoint of a line of the team: what stands at its end."""
Tile = tuple[object, object, str]  # its words, what stands at the end of its row, and where it leads
TILES: Registry[Callable[[Any], Tile | None]] = Registry("tiles on Ik")
"""Each says what it has for a person; None says nothing."""


class Turn(NamedTuple):
    """What waits for who looks, on every page: a sentence, what its link says, and where it leads."""

    sentence: LazyString
    action: LazyString
    url: str


TURNS: Registry[Callable[[], Turn | None]] = Registry("whose turn it is")
"""Each says what now waits for who looks, also without an account; None says nothing."""
PURPOSES: Registry[Callable[..., str | None]] = Registry("where things are done")
"""By purpose, the address where it is done; None where who asks cannot do it."""


def init_app(app: Flask) -> None:
    """Let templates ask."""
    app.add_template_global(way_to)
    app.add_template_global(main_menu)
    app.add_template_global(turns)


def main_menu(searches: bool, elsewhere: bool) -> list[Line]:
    """The lines of the main menu; who plays in another neighbourhood looks around, and no more."""
    lines = [entry(searches) for entry in MAIN.all()]
    return lines[:2] if elsewhere else lines


def of_me() -> list[Line]:
    """The rows of the page about oneself."""
    return [line for entry in ME.all() if (line := entry())]


def tiles_of(person: object) -> list[Tile]:
    """The tiles of a person, in order."""
    return [tile for say in TILES.all() if (tile := say(person))]


def turns() -> list[Turn]:
    """What waits for who looks, in order."""
    return [turn for say in TURNS.all() if (turn := say())]


def of_team() -> list[Line]:
    """The rows of the team's page that who asks may open."""
    return [line for entry in TEAM.all() if (line := entry()) and may_open(line.endpoint)]


def grouped(lines: Sequence[Line]) -> list[tuple[LazyString | None, list[Line]]]:
    """Lines under their headings, in order; a few stand together without any."""
    if len(lines) <= FEW:
        return [(None, list(lines))]
    groups = ((HEADINGS.get(group), [line for line in lines if line.group == group]) for group in Group)
    return [(heading, some) for heading, some in groups if some]


def way_to(purpose: str, **arguments: object) -> str | None:
    """Where something is done; None where no part does it, or who asks cannot."""
    entry = PURPOSES.of(purpose)
    return entry(**arguments) if entry else None


def page(endpoint: str) -> Callable[..., str | None]:
    """A purpose that one page serves, for whoever asks."""
    return lambda **arguments: url_for(endpoint, **arguments)
