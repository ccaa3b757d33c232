"""Ask a neighbour, and write down what they say: a recording would keep a neighbour's and a child's voice."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from tours.lessons.tasks.given import Given
from tours.lessons.tasks.kind import Kind, Said
from tours.lessons.tasks.task import SHORT, Task, some, words

MOST = 400  # signs of an answer


class Interview(Kind):
    """One to three questions to a neighbour."""

    name = "interview"
    label = _l("Ask a neighbour")
    icon = "praten"
    minutes = 10

    @classmethod
    def fit(cls, said: Mapping[str, object]) -> Said:
        questions = some(said, "questions", 1, 3)
        return {"questions": [words({"question": one}, "question", SHORT) for one in questions]}

    @classmethod
    def plain(cls) -> Said | None:
        return None

    @classmethod
    def read(cls, task: Task, given: Given) -> Said:
        answers = [given.words(f"answer-{at}", MOST) for at in range(len(task.said["questions"]))]
        return {"answers": answers} if any(answers) else {}

    @classmethod
    def tell(cls, task: Task, answer: Mapping[str, Any]) -> list[str]:
        pairs = zip(task.said["questions"], answer.get("answers", ()), strict=False)
        return [f"{question} {text}" for question, text in pairs if text]
