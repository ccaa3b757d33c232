"""What is typed of a promise: what, for whom, by when; and what became of it."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from core.contributions.forms import ContributionForm
from core.forms import Day, Keyed, Letters, Line, Passage, Pick, Text, Tick
from game.promises.course import BROKEN, CHANGED, KEPT, RELEASED

MOST = 600  # signs of what is said with a step


class VowForm(ContributionForm):
    """Something that somebody promises."""

    what = Line(120, _l("Say what you promise, in one sentence."), label=_l("What do you promise?"))
    to_whom = Line(60, _l("Say for whom it is."), label=_l("For whom? The neighbourhood, or a group"))
    tag = Letters(label=_l("For one neighbour? The six letters of their card"))
    due_on = Day(_l("Choose a day."), label=_l("By when?"))
    decided_by = Line(120, label=_l("Who decided it? A group or an organisation"))
    organisation = Line(60, label=_l("Which organisation promises it?"))
    gathering = Text(26)  # the key of where it was made

    @property
    def content(self) -> dict[str, Any]:
        said = super().content
        return {**said, "due_on": said["due_on"].isoformat() if isinstance(said["due_on"], date) else ""}


class StepForm(Keyed):
    """What became of it, in words; with another day where it was changed."""

    to = Pick((KEPT, CHANGED, BROKEN, RELEASED), needs=_l("Choose one of the list."))
    day = Day(label=_l("The new day"))
    words = Passage(MOST, _l("Say why, in one sentence or more."), label=_l("In your words: everybody reads it"))


class NameForm(Keyed):
    """Whether one's name may stand there."""

    shows_name = Tick()


class SuccessorForm(Keyed):
    """Who keeps it from now on."""

    letters = Letters(_l("Type the six letters."), label=_l("The six letters on the card of who keeps it from now on"))
