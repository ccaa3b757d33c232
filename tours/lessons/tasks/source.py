"""Two tellers: what can be checked, and what is somebody's opinion? Nobody is told which teller is right."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tours.lessons.tasks.given import Given
from tours.lessons.tasks.kind import Kind, Said
from tours.lessons.tasks.task import SHORT, Task, each, some, words

MOST = 400  # signs of how to check it
CHECK, OPINION = "check", "opinion"


class Source(Kind):
    """Two to six sentences of tellers; each can be checked, or is an opinion. And how one would check it."""

    name = "source"
    label = _l("To check, or an opinion")
    icon = "zoek"
    minutes = 8
    quotes = True

    @classmethod
    def fit(cls, said: Mapping[str, object]) -> Said:
        return {"statements": [_statement(each(one)) for one in some(said, "statements", 2, 6)]}

    @classmethod
    def plain(cls) -> Said | None:
        return None

    @classmethod
    def read(cls, task: Task, given: Given) -> Said:
        sorts = [given.one_of(f"sort-{at}", (CHECK, OPINION)) for at in range(len(task.said["statements"]))]
        how = given.words("how", MOST)
        return {"sorts": sorts, "how": how} if any(sorts) or how else {}

    @classmethod
    def tell(cls, task: Task, answer: Mapping[str, Any]) -> list[str]:
        says = {CHECK: _("to check"), OPINION: _("an opinion")}
        pairs = zip(task.said["statements"], answer.get("sorts", ()), strict=False)
        sorted_ = [f"“{one['words']}” {says[sort]}" for one, sort in pairs if sort in says]
        return [*sorted_, *([answer["how"]] if answer.get("how") else [])]


def _statement(said: Mapping[str, object]) -> Said:
    return {"words": words(said, "words", SHORT), "story": words(said, "story", 26, needed=False)}
