"""What makers fill in about a walk and its stops."""

from typing import Any

from flask_babel import lazy_gettext as _l

from core.forms import Day, File, Form, Keyed, Line, Misfit, Number, Passage, Pick
from tours.routing.legs import PROFILES, StepFree
from tours.routing.order import Mode
from tours.walks.models import CREDIT, INTRO, REMARK, TITLE, WORDS

NO_NUMBER = _l("Write a number, such as 45.")
FARTHEST = 5000  # metres from a stop to the next
WHO = {
    "walk": _l("Most people, 4 kilometres an hour"),
    "children": _l("Children, 3 kilometres an hour"),
    "slow": _l("People who walk slowly, 2.5 kilometres an hour"),
    "step-free": _l("People who cannot take a step"),
}
ORDERS = {Mode.SHORTEST.value: _l("The shortest way"), Mode.CHRONOLOGICAL.value: _l("From long ago to now")}
STEPS = {
    StepFree.YES.value: _l("without a step"), StepFree.NO.value: _l("there is a step"),
    StepFree.UNKNOWN.value: _l("nobody knows"),
}  # fmt: skip
SHAPES = {"loop": _l("A round: back to the first stop"), "line": _l("From the first stop to the last")}


class NewForm(Keyed):
    """A new walk."""

    title = Line(TITLE, _l("Give the walk a name."))
    lang = Pick(needs=_l("Choose a language."))


class FileForm(Form):
    """A file with a walk."""

    file = File()


class WordsForm(Form):
    """What a walk says, and who walks it."""

    title = Line(TITLE, _l("Give the walk a name."))
    intro = Passage(INTRO)
    ending = Passage(WORDS)
    credit = Line(CREDIT)
    shape = Pick(SHAPES, _l("Choose one of the list."))
    profile = Pick(PROFILES, _l("Choose one of the list."))

    @property
    def words(self) -> dict[str, Any]:
        """As the walk keeps it."""
        said = {name: self[name].data for name in ("title", "intro", "ending", "credit", "profile")}
        return {**said, "is_loop": self.shape.data == "loop"}


class StopForm(Form):
    """The walk's own words at a stop, and what its maker saw of the way to the next."""

    title = Line(TITLE)
    intro = Passage(INTRO)
    bridge = Passage(WORDS)
    metres = Number(NO_NUMBER, digits=0)
    remark = Line(REMARK)
    step_free = Pick(STEPS)

    def validate_metres(self, field: Number) -> None:
        """A way that one can walk."""
        if field.data is not None and not 1 <= field.data <= FARTHEST:
            raise Misfit(_l("From 1 to 5,000 metres."))

    @property
    def words(self) -> dict[str, str]:
        """The walk's own."""
        return {name: self[name].data for name in ("title", "intro", "bridge")}

    @property
    def leg(self) -> dict[str, Any] | None:
        """What its maker says of the way; None for nothing."""
        said = {name: self[name].data for name in ("metres", "remark", "step_free") if self[name].data}
        return said or None


class LoopForm(Form):
    """How stops are put in order, and in how many minutes it must fit."""

    order = Pick(ORDERS, _l("Choose one of the list."))
    minutes = Number(NO_NUMBER, digits=0)

    def validate_minutes(self, field: Number) -> None:
        """A time that a walk can take."""
        if field.data is not None and not 10 <= field.data <= 600:
            raise Misfit(_l("From 10 to 600 minutes."))


class CheckForm(Form):
    """Who walked it, and when."""

    checked_on = Day(_l("Fill in the day."))
    checked_by = Line(60, _l("Fill in who walked it."))
