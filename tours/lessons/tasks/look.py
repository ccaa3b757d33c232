"""Look up and choose."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tours.lessons.tasks.given import Given
from tours.lessons.tasks.kind import Kind, Said
from tours.lessons.tasks.task import Task, each, some, words, wrong

DRAWINGS = ("cock", "door", "fish", "horse", "lamp", "number", "ship", "stone", "tree", "water", "window")
NOT_SEEN = "none"


class Look(Kind):
    """Look around you and choose what you see. The last choice is always that you do not see it."""

    name = "look"
    label = _l("Look and choose")
    icon = "oog"
    minutes = 4

    @classmethod
    def fit(cls, said: Mapping[str, object]) -> Said:
        return {"options": [cls._option(each(one)) for one in some(said, "options", 2, 6)]}

    @classmethod
    def _option(cls, said: Mapping[str, object]) -> Said:
        drawing = words(said, "drawing", 20, needed=False)
        if drawing and drawing not in DRAWINGS:
            raise wrong()
        return {"words": words(said, "words", 40), "drawing": drawing}

    @classmethod
    def plain(cls) -> Said | None:
        return None

    @classmethod
    def read(cls, task: Task, given: Given) -> Said:
        numbers = [str(number) for number in range(len(task.said["options"]))]
        picked = given.one_of("choice", [*numbers, NOT_SEEN])
        return {"choice": picked} if picked else {}

    @classmethod
    def tell(cls, task: Task, answer: Mapping[str, Any]) -> list[str]:
        picked = str(answer.get("choice", ""))
        if picked == NOT_SEEN:
            return [_("We do not see it")]
        options = task.said["options"]
        return [options[int(picked)]["words"]] if picked.isdecimal() and int(picked) < len(options) else []
