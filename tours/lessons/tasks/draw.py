"""Draw something, or take a photo without faces."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from tours.lessons.tasks.given import Given
from tours.lessons.tasks.kind import Kind, Said
from tours.lessons.tasks.task import Task

MOST = 200  # signs of what is said beside it


class Draw(Kind):
    """A drawing on paper, photographed, or a photo on which nobody is to be recognised; and a line beside it."""

    name = "draw"
    label = _l("Draw, or a photo without faces")
    icon = "krijt"
    minutes = 8
    takes_photo = True

    @classmethod
    def read(cls, task: Task, given: Given) -> Said:
        text = given.words("words", MOST)
        return {"words": text} if text else {}

    @classmethod
    def tell(cls, task: Task, answer: Mapping[str, Any]) -> list[str]:
        return [answer["words"]] if answer.get("words") else []
