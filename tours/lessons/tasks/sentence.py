"""An own sentence or a story, in any language."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from tours.lessons.tasks.given import Given
from tours.lessons.tasks.kind import Kind, Said
from tours.lessons.tasks.task import SHORT, Task, words

MOST = 1200  # signs


class Sentence(Kind):
    """Write something yourself. `begin`: the first words, for who does not know how to start."""

    name = "sentence"
    label = _l("Your own sentence or story")
    icon = "tekst"
    minutes = 6
    tells = True

    @classmethod
    def fit(cls, said: Mapping[str, object]) -> Said:
        return {"begin": words(said, "begin", SHORT, needed=False)}

    @classmethod
    def plain(cls) -> Said | None:
        return {"begin": ""}

    @classmethod
    def read(cls, task: Task, given: Given) -> Said:
        text = given.words("words", MOST)
        return {"words": text} if text else {}

    @classmethod
    def tell(cls, task: Task, answer: Mapping[str, Any]) -> list[str]:
        return [answer["words"]] if answer.get("words") else []
