"""Count or measure."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from tours.lessons.tasks.given import Given
from tours.lessons.tasks.kind import Kind, Said
from tours.lessons.tasks.task import Task, some, words, wrong

MOST = 100_000


class Count(Kind):
    """One to four numbers, each with what it counts: "deuren", "meter"."""

    name = "count"
    label = _l("Count or measure")
    icon = "meten"

    @classmethod
    def fit(cls, said: Mapping[str, object]) -> Said:
        counts = some(said, "counts", 1, 4)
        if not all(isinstance(one, str) for one in counts):
            raise wrong()
        return {"counts": [words({"what": one}, "what", 40) for one in counts]}

    @classmethod
    def plain(cls) -> Said | None:
        return None

    @classmethod
    def read(cls, task: Task, given: Given) -> Said:
        numbers = [given.number(f"number-{at}", MOST) for at in range(len(task.said["counts"]))]
        return {"numbers": numbers} if any(one is not None for one in numbers) else {}

    @classmethod
    def tell(cls, task: Task, answer: Mapping[str, Any]) -> list[str]:
        pairs = zip(answer.get("numbers", ()), task.said["counts"], strict=False)
        return [f"{number:g} {what}" for number, what in pairs if number is not None]
