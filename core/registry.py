"""The one way in which a part plugs into what lies below it: entries by name, in order, added while the app is made.

docs/architecture.md lists every registry; a test compares.
"""

from typing import Generic, TypeVar

from flask import Flask, current_app

T = TypeVar("T")
ALL: dict[str, "Registry[object]"] = {}  # those of the program; what was added to them lies with each app


class Registry(Generic[T]):
    """What parts add of one sort."""

    def __init__(self, name: str) -> None:
        if name in ALL:
            raise ValueError(f"there is a registry {name!r} already")
        self.name = name
        ALL[name] = self  # type: ignore[assignment]  # read back for their names alone

    def add(self, app: Flask, name: str, entry: T, order: int = 50) -> None:
        """Add an entry to an app; lower `order` comes first, and of two the one added first.

        ValueError when the name is taken.
        """
        known = self._of(app)
        if name in known:
            raise ValueError(f"{self.name} has {name!r} already")
        known[name] = (order, entry)

    def of(self, name: str) -> T | None:
        """The entry of this name, None for none."""
        found = self._of(current_app).get(name)
        return found[1] if found else None

    def all(self) -> list[T]:
        """The entries of the app at work, in order."""
        return list(self.named().values())

    def named(self) -> dict[str, T]:
        """The same, each with its name."""
        in_order = sorted(self._of(current_app).items(), key=lambda known: known[1][0])
        return {name: entry for name, (_order, entry) in in_order}

    def _of(self, app: Flask) -> dict[str, tuple[int, T]]:
        held: dict[str, tuple[int, T]] = app.extensions.setdefault("registries", {}).setdefault(self.name, {})
        return held
