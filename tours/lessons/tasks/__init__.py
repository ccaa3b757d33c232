"""The registry of task kinds: a small class each, and one line in KINDS (docs/add-a-task.md).

A crew sees `screen`, a sheet of paper shows `paper`; both are given `task`, `said` (its `task.said`), `told` (what its
stories are, by key: told.Told), and the screen also `answer` (as `read_answer` left it, or {}) and `prefix`.
"""

from collections.abc import Mapping
from typing import Any

from tours.lessons.tasks.count import Count
from tours.lessons.tasks.difference import Difference
from tours.lessons.tasks.draw import Draw
from tours.lessons.tasks.given import Given
from tours.lessons.tasks.interview import Interview
from tours.lessons.tasks.kind import Kind
from tours.lessons.tasks.look import Look
from tours.lessons.tasks.sentence import Sentence
from tours.lessons.tasks.source import Source
from tours.lessons.tasks.task import ASK, HELP, LONGEST_MINUTES, Task, each, some, words, wrong
from tours.lessons.tasks.timeline import Timeline

__all__ = [
    "ASK",
    "KINDS",
    "LONGEST_MINUTES",
    "Task",
    "each",
    "fit",
    "kind_of",
    "paper",
    "read_answer",
    "screen",
    "some",
    "tell",
    "words",
    "wrong",
]
KINDS: dict[str, type[Kind]] = {
    kind.name: kind for kind in (Look, Difference, Count, Draw, Interview, Sentence, Timeline, Source)
}


def kind_of(task: Task) -> type[Kind]:
    """What sort of task it is."""
    return KINDS[task.kind]


def fit(said: Mapping[str, object]) -> Task:
    """A task of what a kit or a file says of it. Raises Refusal for what cannot be one."""
    kind = KINDS.get(words(said, "kind", 20)) or None
    if kind is None:
        raise wrong()
    minutes = said.get("minutes", kind.minutes)
    if not isinstance(minutes, int) or not 1 <= minutes <= LONGEST_MINUTES:
        raise wrong()
    return Task(
        key=words(said, "key", 12), kind=kind.name, at=words(said, "at", 40), ask=words(said, "ask", ASK),
        help=words(said, "help", HELP, needed=False), minutes=minutes, offer=words(said, "offer", 60, needed=False),
        of=tuple(words({"story": one}, "story", 26) for one in some(said, "of", 0, 12)),
        said=kind.fit(each(said.get("said", {}))),
    )  # fmt: skip


def read_answer(task: Task, form: Mapping[str, str], prefix: str = "") -> dict[str, Any]:
    """What a crew answered, as JSON keeps it; {} for nothing. Raises Refusal for a text that is too long.

    `prefix`: what the names of its fields begin with, where several tasks stand on one form.
    """
    return kind_of(task).read(task, Given(form, prefix))


def tell(task: Task, answer: Mapping[str, Any]) -> list[str]:
    """An answer in lines, for a board, a gallery and paper."""
    return kind_of(task).tell(task, answer)


def screen(task: Task) -> str:
    """The template that asks it on a screen: its fields, without a form around them."""
    return f"tours/lessons/tasks/screen/{task.kind}.html"


def paper(task: Task) -> str:
    """The template of the same on paper."""
    return f"tours/lessons/tasks/paper/{task.kind}.html"
