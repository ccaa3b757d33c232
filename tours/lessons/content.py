"""What a kit says, as JSON keeps it: read within bounds wherever it comes from."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from flask_babel import lazy_gettext as _l

from tours.lessons.levels import TAGS
from tours.lessons.tasks import Task, each, fit, some, words, wrong

TITLE, LEAD, GOAL, LINE, CREDIT = 80, 200, 300, 160, 80  # signs at most
MOST_LINES, MOST_TASKS, MOST_INSIDE = 8, 60, 120  # of a part of the plan; of a kit; minutes
LISTS = ("before", "outside", "after", "crossings", "risks")
TEXTS = {"title": TITLE, "lead": LEAD, "goal": GOAL, "meeting": LINE, "credit": CREDIT}
TWICE = _l("Two tasks in this file have the same name. Have the file made once more.")


@dataclass(frozen=True)
class Content:
    """A lesson in words: what it is for, how it goes, how the class stays safe, and what there is to do.

    `before_minutes`, `after_minutes`: inside. `meeting`: where the class meets outside. `tags`: names of levels.TAGS.
    """

    title: str
    lead: str = ""
    goal: str = ""
    meeting: str = ""
    credit: str = ""
    before: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    crossings: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    before_minutes: int = 15
    after_minutes: int = 15
    tasks: tuple[Task, ...] = field(default=())

    def written(self) -> dict[str, Any]:
        """As JSON has it."""
        lists = {name: list(getattr(self, name)) for name in (*LISTS, "tags")}
        return {**asdict(replace(self, tasks=())), **lists, "tasks": [task.written() for task in self.tasks]}

    def without(self, story: str) -> "Content":
        """The same without what is made of a story."""
        return replace(self, tasks=tuple(task for task in self.tasks if story not in task.of))


def read(said: Mapping[str, object]) -> Content:
    """What a kit or a file says. Raises Refusal with a sentence for what cannot be one."""
    texts: dict[str, Any] = {name: words(said, name, most, needed=name == "title") for name, most in TEXTS.items()}
    tasks = tuple(fit(each(one)) for one in some(said, "tasks", 0, MOST_TASKS))
    if len({task.key for task in tasks}) < len(tasks):
        raise wrong(TWICE)
    lists: dict[str, Any] = {name: _lines(said, name) for name in LISTS}
    minutes: dict[str, Any] = {name: _minutes(said, name) for name in ("before_minutes", "after_minutes")}
    tags = tuple(tag for tag in some(said, "tags", 0, 20) if isinstance(tag, str) and tag in TAGS)
    return Content(**texts, **lists, **minutes, tags=tags, tasks=tasks)


def _lines(said: Mapping[str, object], name: str) -> tuple[str, ...]:
    return tuple(words({"line": one}, "line", LINE) for one in some(said, name, 0, MOST_LINES))


def _minutes(said: Mapping[str, object], name: str) -> int:
    found = said.get(name, 15)
    if not isinstance(found, int) or not 0 <= found <= MOST_INSIDE:
        raise wrong()
    return found
