"""Find what changed: an old and a new picture, or what a story says of then and what stands there now."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tours.lessons.tasks.given import Given
from tours.lessons.tasks.kind import Kind, Said
from tours.lessons.tasks.task import SHORT, Task, words

MOST = 300  # signs


class Difference(Kind):
    """What is gone, and what is new? With `pair` the story of that key shows its pictures of then and now."""

    name = "difference"
    label = _l("Find what changed")
    icon = "toen"
    minutes = 6
    quotes = True

    @classmethod
    def fit(cls, said: Mapping[str, object]) -> Said:
        return {"pair": words(said, "pair", 26, needed=False), "then": words(said, "then", SHORT, needed=False)}

    @classmethod
    def plain(cls) -> Said | None:
        return {"pair": "", "then": ""}

    @classmethod
    def read(cls, task: Task, given: Given) -> Said:
        found = {name: given.words(name, MOST) for name in ("gone", "new")}
        return {name: text for name, text in found.items() if text}

    @classmethod
    def tell(cls, task: Task, answer: Mapping[str, Any]) -> list[str]:
        asked = {"gone": _("This is gone:"), "new": _("This is new:")}
        return [f"{label} {answer[name]}" for name, label in asked.items() if answer.get(name)]
