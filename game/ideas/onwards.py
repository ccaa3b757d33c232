"""What becomes of an idea that goes ahead: parts above say what begins, and where it is found."""

from typing import Protocol

from core.menus import Line
from core.registry import Registry
from game.ideas.models import Idea


class Onward(Protocol):
    """What one part makes of ideas."""

    def begin(self, idea: Idea) -> None:
        """It goes ahead: begin what comes of it, once. Inside `writing()`."""

    def line(self, idea: Idea) -> Line | None:
        """Where that is found; None where nothing came of it that everybody reads."""


ONWARDS: Registry[Onward] = Registry("what becomes of an idea")
"""Each begins what it makes of an idea."""
