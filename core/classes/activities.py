"""What a class does: another part declares it, since a class knows no tours. It says what there is to do at each stop.

A class keeps the kind and the key of its plan, and each answer as the plan read it; it never looks inside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from core.registry import Registry

Said = Mapping[str, Any]
"""An answer as it is kept: what JSON takes."""


@dataclass(frozen=True)
class Task:
    """One thing to do. Its key stays the same as long as classes do it, and is one in the whole plan."""

    key: str
    title: str
    takes_photo: bool = False
    tells: bool = False  # words of their own, which may go on as a story (onwards.py)
    of: Any = None  # what its own part needs to draw it


@dataclass(frozen=True)
class Stop:
    """Where something is to be done. `about`: what a crew reads there, also as HTML; `care`: how they stay safe.

    `spot`: the key of its place, "" for none.
    """

    title: str
    tasks: Sequence[Task]
    about: str = ""
    care: str = ""
    spot: str = ""


@dataclass(frozen=True)
class Plan:
    """What a class does, stop after stop. `level`: for whom, as a teacher says it; `lang`: of all its words.

    `sheets`, `scripts`: what its pages need of static/css and static/js, without endings.
    """

    key: str
    title: str
    stops: Sequence[Stop]
    minutes: int = 90
    level: str = ""
    lang: str = "nl"
    sheets: Sequence[str] = ()
    scripts: Sequence[str] = ()

    def task(self, key: str) -> tuple[int, Task] | None:
        """A task with the number of its stop, the first being 1."""
        found = ((at, task) for at, stop in enumerate(self.stops, 1) for task in stop.tasks if task.key == key)
        return next(found, None)

    @property
    def tasks(self) -> int:
        """How many there are."""
        return sum(len(stop.tasks) for stop in self.stops)


class Activity(Protocol):
    """A sort of plans."""

    def offered(self, neighbourhood_id: int, teacher: str) -> Sequence[Plan]:
        """The plans that a teacher can open a class with, their own drafts too; stops may be left out here."""

    def find(self, neighbourhood_id: int, key: str) -> Plan | None:
        """One of them, also while it is not on offer any more; None where it is gone."""

    def draw(self, task: Task) -> str:
        """What a crew fills in, as HTML for inside a form; without the field for a photo."""

    def read_answer(self, task: Task, form: Any) -> Said:
        """What was filled in. Raises Refusal at a field; nothing filled in is an empty answer."""

    def told(self, task: Task, said: Said) -> str:
        """An answer in words, for the gallery, a line for each part; "" where it has none."""


ACTIVITIES: Registry[Activity] = Registry("what classes do")
"""By kind."""


def offered(neighbourhood_id: int, teacher: str) -> list[tuple[str, Plan]]:
    """All plans that a teacher can open a class with, each with its kind."""
    every = ACTIVITIES.named().items()
    return [(kind, plan) for kind, one in every for plan in one.offered(neighbourhood_id, teacher)]
