"""What is made of an extract beside the drawing: parts add what they need of the streets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.basemap.extract import Area, Node, Way
from core.registry import Registry


@dataclass(frozen=True)
class Read:
    """What an extract has in and around a neighbourhood, and the folder for what is made of it."""

    slug: str
    folder: Path
    things: Sequence[Node | Way | Area]


MAKERS: Registry[Callable[[Read], str]] = Registry("what is made of an extract")
"""Each makes its file (tmp, then rename) and says in a few English words what it made."""
