"""What a kind of task is: what it keeps, what it takes for an answer, and how that reads (docs/add-a-task.md).

How one looks stands in `templates/tours/lessons/tasks/screen/<name>.html` and `…/paper/<name>.html`.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import LazyString

from tours.lessons.tasks.given import Given
from tours.lessons.tasks.task import Task

Said = dict[str, Any]


class Kind:
    """A sort of task. `minutes`: how long it takes where nobody says otherwise. `quotes`: a teller's own words or
    pictures stand in it. `takes_photo`: a photo without faces, or one of a drawing, may go with the answer; its field
    is not of the task (core/classes). `tells`: the answer is words of their own, which may go on as a story.
    """

    name: ClassVar[str]
    label: ClassVar[LazyString]
    icon: ClassVar[str]  # of static/icons, without "i-"
    minutes: ClassVar[int] = 5
    quotes: ClassVar[bool] = False
    takes_photo: ClassVar[bool] = False
    tells: ClassVar[bool] = False

    @classmethod
    def fit(cls, said: Mapping[str, object]) -> Said:
        """What a task of this kind has besides its question, within bounds. Raises Refusal."""
        return {}

    @classmethod
    def plain(cls) -> Said | None:
        """The same for a maker who writes one of their own; None where it needs more than a question."""
        return {}

    @classmethod
    def read(cls, task: Task, given: Given) -> Said:
        """The answer as JSON keeps it. Raises Refusal for a text that is too long; nothing else is refused."""
        raise NotImplementedError

    @classmethod
    def tell(cls, task: Task, answer: Mapping[str, Any]) -> list[str]:
        """An answer in lines that people read; none for what was left open. What a crew wrote is in their language."""
        raise NotImplementedError
