"""What is typed to make a lesson."""

from typing import Any

from flask_babel import lazy_gettext as _l

from core import spelling
from core.forms import File, Form, Keyed, Line, Many, Misfit, Number, Passage, Pick, Prose, Tick
from tours.lessons.content import CREDIT, GOAL, LEAD, LINE, LISTS, MOST_INSIDE, MOST_LINES, TITLE
from tours.lessons.levels import LEVELS, TAGS
from tours.lessons.service import LEAST_MINUTES, MOST_MINUTES

NO_NUMBER = _l("Write a number, such as 90.")
CHOOSE = _l("Choose one of the list.")


class Minutes(Number):
    """A whole number of minutes, within bounds."""

    def __init__(self, least: int, most: int, **bound: Any) -> None:
        super().__init__(NO_NUMBER, NO_NUMBER, digits=0, **bound)
        self.least, self.most = least, most

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if not self.least <= self.data <= self.most:
            raise Misfit(_l("From %(least)s to %(most)s minutes.", least=self.least, most=self.most))


class Lines(Prose):
    """Some sentences, each on a line."""

    def __init__(self, **bound: Any) -> None:
        super().__init__(MOST_LINES * (LINE + 2), **bound)

    @property
    def lines(self) -> list[str]:
        """The sentences."""
        return [line for line in (spelling.line(one) for one in self.data.splitlines()) if line]

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if len(self.lines) > MOST_LINES:
            raise Misfit(_l("At most %(most)s lines.", most=MOST_LINES))
        if any(len(line) > LINE for line in self.lines):
            raise Misfit(_l("A line has at most %(most)s signs.", most=LINE))


class NewForm(Keyed):
    """Which walk, for whom, how long. Without a title it is called after the walk."""

    title = Line(TITLE)
    tour = Pick(needs=_l("Choose a walk."))
    level = Pick(LEVELS, CHOOSE)
    minutes = Minutes(LEAST_MINUTES, MOST_MINUTES)
    lang = Pick(needs=_l("Choose a language."))


class WordsForm(Form):
    """What a lesson says besides its tasks."""

    title = Line(TITLE, _l("Give the lesson a name."))
    lead = Passage(LEAD)
    goal = Passage(GOAL)
    level = Pick(LEVELS, CHOOSE)
    minutes = Minutes(LEAST_MINUTES, MOST_MINUTES)
    before_minutes = Minutes(0, MOST_INSIDE)
    after_minutes = Minutes(0, MOST_INSIDE)
    before = Lines()
    outside = Lines()
    after = Lines()
    meeting = Line(LINE)
    crossings = Lines()
    risks = Lines()
    tags = Many(TAGS)
    credit = Line(CREDIT)

    @property
    def words(self) -> dict[str, Any]:
        """As the kit keeps it."""
        said: Any = self
        texts = {name: self[name].data for name in ("title", "lead", "goal", "meeting", "credit")}
        minutes = {name: int(self[name].data) for name in ("before_minutes", "after_minutes")}
        return {**texts, **minutes, **{name: said[name].lines for name in LISTS}, "tags": self.tags.data or []}


class CopyForm(Keyed):
    """One's own of a lesson that is there."""


class PublishForm(Form):
    """What its maker says before everybody sees it."""

    names_nobody = Tick()


class FileForm(Form):
    """A file with a lesson."""

    file = File()
