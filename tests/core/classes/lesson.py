"""A small lesson for tests: two stops, three tasks, of which one may bring a photo. It needs no tours."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Flask
from markupsafe import Markup

from core import clock
from core.classes import service
from core.classes.activities import ACTIVITIES, Plan, Said, Stop, Task
from core.classes.models import Crew, SchoolClass
from core.people.models import Person
from core.refusal import Refusal

KIND, KEY = "small", "klank"
PLAN = Plan(
    KEY, "Hoe klonk de straat?",
    (
        Stop("Weversstraat 14",
              (Task("dier", "Welk dier zit boven de deur?"),
               Task("teken", "Teken de deur", True)),
             about="Zoek de groene deur.", care="Blijf op de stoep."),
        Stop("Brug", (Task("hoor", "Wat hoor je hier nu?", tells=True),), spot="bank"),
    ),
    minutes=90, level="Groep 6",
)  # fmt: skip


class Small:
    """Plans that lie in this file: each answer is a sentence."""

    def offered(self, neighbourhood_id: int, teacher: str) -> Sequence[Plan]:
        return [PLAN]

    def find(self, neighbourhood_id: int, key: str) -> Plan | None:
        return PLAN if key == KEY else None

    def draw(self, task: Task) -> str:
        field = '<label class="buurt-visually-hidden" for="f-{0}">{1}</label>' + (
            '<textarea class="buurt-input" id="f-{0}" name="words" dir="auto" maxlength="300"></textarea>'
        )
        return Markup(field).format(task.key, task.title)

    def read_answer(self, task: Task, form: Any) -> Said:
        words = str(form.get("words", "")).strip()
        if len(words) > 300:
            raise Refusal("Schrijf het korter.", "invalid", field="words")
        return {"words": words} if words else {}

    def told(self, task: Task, said: Said) -> str:
        return str(said.get("words", ""))


def in_force(app: Flask) -> None:
    """This lesson is there from now on."""
    with app.app_context():
        if ACTIVITIES.of(KIND) is None:
            ACTIVITIES.add(app, KIND, Small())


def opened(teacher: Person, crews: int = 3, newsrooms: int = 1, day: date | None = None) -> SchoolClass:
    """A class of today. Inside `writing()`."""
    return service.open_class(teacher, KIND, KEY, day or clock.today(), crews, newsrooms)


def on_the_way(here: SchoolClass) -> Crew:
    """A crew that joined. Inside `writing()`."""
    return service.join(here)
