"""What the desk can decide about: a registry, one handler a kind of thing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask import Flask, current_app
from flask_babel import LazyString


@dataclass(frozen=True)
class Item:
    """A thing as the desk shows it. `who`: the player keys of those in it or behind it, who never decide about it."""

    kind: str
    key: str
    title: LazyString | str
    since: datetime
    who: frozenset[str]
    facts: Sequence[tuple[LazyString, LazyString | str]] = ()
    picture: str | None = None  # the key of a photo
    words: str | None = None  # what it says, where it says something
    is_childs: bool = False  # then a second editor says yes too
    is_public: bool = False
    logged: str | None = None  # what the audit log calls it, where its key tells who somebody is

    @property
    def name_in_log(self) -> str:
        """What the audit log, which keeps everything, calls it."""
        return f"{self.kind} {self.logged or self.key}"


class Handler(Protocol):
    """How a kind of thing waits, becomes public, and goes. What changes runs inside `writing()`."""

    kind: str
    label: LazyString
    icon: str

    def waiting(self, neighbourhood_id: int) -> Sequence[Item]:
        """What asks for a look, the oldest first; as many as a desk can show."""

    def get(self, neighbourhood_id: int, key: str) -> Item | None:
        """One of them, waiting or public; held until the end of the transaction."""

    def some(self, neighbourhood_id: int, keys: Collection[str]) -> Sequence[Item]:
        """Those of them that are still there, with one question."""

    def publish(self, key: str, editor: str) -> None:
        """It may be seen."""

    def hide(self, key: str, editor: str) -> None:
        """It may not be seen, for now or for good; also what undoes `publish`."""

    def take_away(self, key: str, editor: str) -> None:
        """It goes for everybody, also for its makers."""

    def bring_back(self, key: str, editor: str) -> None:
        """Undo `take_away`, a moment later."""


def add(app: Flask, handler: Handler) -> None:
    """Let the desk decide about a kind of thing. ValueError when the kind has a handler."""
    known = app.extensions.setdefault("desk", {})
    if handler.kind in known:
        raise ValueError(f"{handler.kind} has a handler already")
    known[handler.kind] = handler


def of(kind: str) -> Handler | None:
    """The handler of a kind."""
    found: Handler | None = current_app.extensions.get("desk", {}).get(kind)
    return found


def everyone() -> list[Handler]:
    """All handlers."""
    return list(current_app.extensions.get("desk", {}).values())
