"""Gardens of two people, which two surfaces copy: a thing that is no photo."""

import pytest
from flask import Flask

from core.consent import queries, service
from core.consent.surfaces import SURFACES, Gone, Surface
from core.consent.things import KINDS, Kind
from core.database import writing

GARDEN, PAPER, WEB = "garden", "paper", "web"
KEY = "garden".ljust(26, "a")


class Copies:
    """A surface with what it was told to drop; it fails while it is `broken`."""

    def __init__(self) -> None:
        self.dropped: list[Gone] = []
        self.broken = False

    def drop(self, gone: Gone) -> None:
        if self.broken:
            raise OSError("the printer is away")
        self.dropped.append(gone)


class Gardens:
    """What the owner of gardens does: ask who allows what, and note where one may be seen."""

    def __init__(self, here: int) -> None:
        self.here, self.booklet, self.feed, self.wall = here, Copies(), Copies(), Copies()

    @property
    def surfaces(self) -> dict[str, Surface]:
        return {
            "booklet": Surface({GARDEN: {PAPER, WEB}}, self.booklet.drop),
            "feed": Surface({GARDEN: {WEB}}, self.feed.drop),
            "wall": Surface({"another kind": {WEB}}, self.wall.drop),
        }

    def look(self, garden: int = 1) -> None:
        seen = {use for use in (PAPER, WEB) if queries.may_be_seen(GARDEN, garden, use, people=2)}
        service.note(GARDEN, garden, KEY, self.here, seen)

    def allow(self, *people: str, uses: set[str] = frozenset({WEB}), **more: object) -> None:
        with writing():
            for who in people:
                service.give(GARDEN, 1, who, uses, **more)
            self.look()

    def withdraw(self, who: str, uses: set[str] = frozenset({WEB})) -> None:
        with writing():
            service.end(GARDEN, 1, who, uses, by=who)
            self.look()


@pytest.fixture
def gardens(app: Flask, here, monkeypatch) -> Gardens:
    gardens = Gardens(here.id)
    kind = Kind(lambda things: dict.fromkeys(things, KEY), lambda garden: gardens.look(garden))
    registries = app.extensions["registries"]
    for registry, more in ((KINDS, {GARDEN: kind}), (SURFACES, gardens.surfaces)):
        kept = registries.get(registry.name, {})
        monkeypatch.setitem(registries, registry.name, kept | {name: (50, one) for name, one in more.items()})
    return gardens
