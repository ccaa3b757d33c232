"""All of a lesson on paper, in parts: how many sheets each is."""

from math import ceil

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from tours.lessons.lesson import Lesson

PLAN, TASKS, CODES, MAP, LETTER, CARE = "plan", "tasks", "codes", "map", "letter", "care"
SHEETS: dict[str, tuple[str, LazyString, LazyString]] = {  # a drawing, its name, what is on it
    PLAN: ("tekst", _l("Plan of the lesson"), _l("with times and questions")),
    TASKS: ("krijt", _l("Tasks"), _l("the same as on a tablet, for when one fails")),
    CODES: ("code", _l("Sheets with codes"), _l("to hang up at the stops")),
    MAP: ("kaart", _l("Map"), _l("where you meet and where you cross")),
    LETTER: ("praten", _l("Letter to parents"), _l("Dutch and English")),
    CARE: ("waarschuwing", _l("What to look out for"), _l("traffic, water, weather")),
}
SIGNS = 4  # codes on a sheet


def counted(lesson: Lesson) -> dict[str, int]:
    """How many sheets of A4 each part is."""
    with_tasks = sum(1 for halt in lesson.halts if halt.tasks)
    return {PLAN: 1, TASKS: with_tasks, CODES: ceil(len(lesson.halts) / SIGNS), MAP: 1, LETTER: 2, CARE: 1}
