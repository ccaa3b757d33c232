"""Lessons as what a class does (core/classes): the stops with what a crew reads there, and each task drawn and read."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from core.classes.activities import Plan, Said, Stop
from core.classes.activities import Task as Doing
from tours.lessons import queries, tasks
from tours.lessons.lesson import Halt, Lesson, whole, wholes
from tours.lessons.levels import LEVELS
from tours.lessons.views import drawn_task
from tours.stories import text

KIND = "lesson"


class Drawn(NamedTuple):
    """A task and the lesson that it is of."""

    lesson: Lesson
    task: tasks.Task

    @property
    def prefix(self) -> str:
        """What the names of its fields begin with: several tasks stand on a page."""
        return f"{self.task.key}-"


class Lessons:
    """The kits of a neighbourhood, by their keys. A draft is found by who knows its key: whoever makes it."""

    def offered(self, neighbourhood_id: int, teacher: str) -> Sequence[Plan]:
        """Those that everybody sees and one's own, in as many questions for ten as for one."""
        return [_plan(lesson) for lesson in wholes(queries.to_teach(neighbourhood_id, teacher))]

    def find(self, neighbourhood_id: int, key: str) -> Plan | None:
        """One of them, with what a crew reads at each stop."""
        kit = queries.by_key(neighbourhood_id, key)
        return _plan(whole(kit), with_words=True) if kit else None

    def draw(self, task: Doing) -> str:
        """Its fields, and help behind a fold."""
        of: Drawn = task.of
        drawn = Markup(drawn_task(of.lesson, of.task, prefix=of.prefix))  # nosec: our templates
        return render_template("tours/lessons/drawn.html", drawn=drawn, task=of.task, spoken=of.lesson.kit.language)

    def read_answer(self, task: Doing, form: Any) -> Said:
        """What was filled in."""
        of: Drawn = task.of
        return tasks.read_answer(of.task, form, of.prefix)

    def told(self, task: Doing, said: Said) -> str:
        """An answer, a line for each of its parts."""
        of: Drawn = task.of
        return "\n".join(tasks.tell(of.task, said))


def _plan(lesson: Lesson, with_words: bool = False) -> Plan:
    kit = lesson.kit
    with force_locale(kit.language):
        care = _("Stay on the pavement. One holds the tablet, the others look.")
    stops = [_stop(lesson, halt, care, with_words) for halt in lesson.halts]
    level, sheets = str(LEVELS[kit.level].label), ["components/story"]
    return Plan(kit.key, kit.title, stops, kit.minutes, level, kit.language, sheets)


def _stop(lesson: Lesson, halt: Halt, care: str, with_words: bool) -> Stop:
    doing = [_doing(lesson, task) for task in halt.tasks]
    return Stop(halt.name, doing, _about(halt) if with_words else "", care, halt.shown.stop.spot.key)


def _doing(lesson: Lesson, task: tasks.Task) -> Doing:
    kind = tasks.kind_of(task)
    return Doing(task.key, task.ask, kind.takes_photo, kind.tells, Drawn(lesson, task))


def _about(halt: Halt) -> str:
    """The story that is told there, as HTML."""
    if halt.told is None:
        return ""
    words = text.shown(halt.told.story.words)
    return Markup(render_template("tours/lessons/told.html", told=halt.told, words=words))  # nosec: our template
