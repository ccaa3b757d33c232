"""What is said of an initiative: whether one takes part, what it is, what it needs, and how it stands."""

from flask_babel import lazy_gettext as _l

from core.forms import Day, Keyed, Line, Misfit, Number, Passage, Pick, Text, Tick
from game.initiatives.course import DONE, RESTING, RUNNING

MOST = 600  # signs of what became of it
HERE, NEEDED = "there", "needed"
SORTS = {NEEDED: _l("We still need it"), HERE: _l("We have it already")}


class JoinForm(Keyed):
    """Whether one's name may stand there, and whether one would lead it."""

    shows_name = Tick()
    would_lead = Tick()


class WriteForm(Keyed):
    """What it is, and when its people meet next."""

    title = Line(80, _l("Say it in one sentence."), label=_l("What is it called?"))
    words = Passage(800, label=_l("What do you do together?"))
    next_on = Day(label=_l("The next day"))
    next_words = Line(160, label=_l("What, at what time and where?"))

    def validate_next_words(self, field: Line) -> None:
        """A day says what happens on it."""
        if self.next_on.data and not field.data:
            raise Misfit(_l("Say what happens on that day."))


class NeedForm(Keyed):
    """What it needs or has, and of what it needs how much."""

    need = Line(120, _l("Say what it is."), label=_l("What is it?"))
    sort = Pick(SORTS, needs=_l("Choose one of the list."), default=NEEDED)
    many = Number(_l("Write a number from 1 to 99."), longest=2, default=1, label=_l("How many people or things?"))

    def validate_many(self, field: Number) -> None:
        """Some, and not a crowd."""
        if field.data is None or not 1 <= field.data <= 99:
            raise Misfit(_l("Write a number from 1 to 99."))


class StepForm(Keyed):
    """How it stands from now on, and what became of it."""

    to = Pick((RUNNING, RESTING, DONE), needs=_l("Choose one of the list."))
    words = Passage(MOST, _l("Say why, in one sentence or more."), label=_l("What happened? Everybody reads it"))


class AppointForm(Keyed):
    """Who leads it from now on: the key of one who takes part."""

    participant = Text(26)
