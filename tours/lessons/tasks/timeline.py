"""Put stories in order, from long ago to now."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from tours.lessons.tasks.given import Given
from tours.lessons.tasks.kind import Kind, Said
from tours.lessons.tasks.task import Task, each, some, words


class Timeline(Kind):
    """Three to six events, each of which gets a number. They stand in the task in no order of time."""

    name = "timeline"
    label = _l("Put in order")
    icon = "lijst"
    minutes = 6
    quotes = True

    @classmethod
    def fit(cls, said: Mapping[str, object]) -> Said:
        return {"events": [_event(each(one)) for one in some(said, "events", 3, 6)]}

    @classmethod
    def plain(cls) -> Said | None:
        return None

    @classmethod
    def read(cls, task: Task, given: Given) -> Said:
        numbers = [str(number) for number in range(1, len(task.said["events"]) + 1)]
        places = [int(given.one_of(f"place-{at}", numbers) or 0) for at in range(len(numbers))]
        return {"places": places} if any(places) else {}

    @classmethod
    def tell(cls, task: Task, answer: Mapping[str, Any]) -> list[str]:
        placed = sorted(zip(answer.get("places", ()), (one["words"] for one in task.said["events"]), strict=False))
        return [f"{place}. {text}" for place, text in placed if place]


def _event(said: Mapping[str, object]) -> Said:
    return {"words": words(said, "words", 80), "story": words(said, "story", 26, needed=False)}
