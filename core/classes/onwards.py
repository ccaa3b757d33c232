"""Where a work may go beyond its class, once its teacher let it into the gallery: another part says, no class knows.

A class tells it what happens to its works; what went on from there without the class is not its business any more.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from core.classes.models import SchoolClass, Work
from core.registry import Registry


@dataclass(frozen=True)
class Onward:
    """One way on. The last three run inside `writing()`, before the rows go.

    `beside`: by the key of a work, what its teacher reads and can do under it; as many questions for ten as for one.
    `written_anew`: a crew handed in other words for the task of these. `taken_out`: these left the gallery, or go.
    `ends`: all of a class goes, since its time is over or its teacher erases it.
    """

    beside: Callable[[SchoolClass, Sequence[Work]], Mapping[str, Markup]]
    written_anew: Callable[[Collection[int]], None]
    taken_out: Callable[[Collection[int]], None]
    ends: Callable[[SchoolClass], None]


ONWARDS: Registry[Onward] = Registry("where a work may go beyond its class")
