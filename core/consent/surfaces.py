"""Where copies are that no question reaches: packs, prints, feeds. Each drops what ceased to be shown."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from core.registry import Registry


@dataclass(frozen=True)
class Gone:
    """A thing that may not be seen in one of its uses any more, by the public key that it had there."""

    kind: str
    thing: int
    key: str
    use: str


@dataclass(frozen=True)
class Surface:
    """Somewhere that keeps copies: which uses it shows of which kind, and how it drops one.

    `drop` is called in a transaction of its own, until it once returns: it may be called twice for the same thing.
    """

    shows: Mapping[str, Collection[str]]
    drop: Callable[[Gone], None]


SURFACES: Registry[Surface] = Registry("what drops what was withdrawn")
"""A page that asks at each request needs none."""
