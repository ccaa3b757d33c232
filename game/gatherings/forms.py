"""What is typed about a gathering: where and when, why it is moved or not, who is there, and what was said."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from core.contributions.forms import ContributionForm
from core.forms import Day, Keyed, Letters, Line, Passage, Pick, Prose, Text, Tick, TimeOfDay

MOST = 600  # signs of a reason
SAY_WHY = _l("Say why, in one sentence or more.")
CHOOSE_SPOT = _l("Choose a place.")


class OpeningForm(ContributionForm):
    """A gathering that somebody opens."""

    title = Line(80, _l("Give it a name."), label=_l("What is it called?"))
    words = Prose(800, label=_l("What is it about?"))
    spot = Text(80, CHOOSE_SPOT)  # its key
    day = Day(_l("Choose a day."), label=_l("Which day?"))
    begins = TimeOfDay(_l("Say when it begins."), label=_l("From"))
    until = TimeOfDay(_l("Say when it ends."), label=_l("Until"))
    names = Tick()

    @property
    def content(self) -> dict[str, Any]:
        said = super().content
        return {**said, "day": said["day"].isoformat() if isinstance(said["day"], date) else ""}


class ReportForm(ContributionForm):
    """What was said."""

    words = Prose(1200, _l("Write a few sentences."), label=_l("In a few sentences"))
    gathering = Text(26)  # its key


class MoveForm(Keyed):
    """Another day, other hours or another place, and why."""

    spot = Pick(needs=CHOOSE_SPOT)
    day = Day(_l("Choose a day."), label=_l("Which day?"))
    begins = TimeOfDay(_l("Say when it begins."), label=_l("From"))
    until = TimeOfDay(_l("Say when it ends."), label=_l("Until"))
    words = Passage(MOST, SAY_WHY, label=_l("Why? Everybody reads it"))


class CancelForm(Keyed):
    """Why it does not go on."""

    words = Passage(MOST, SAY_WHY, label=_l("Why does it not go on? Everybody reads it"), id="cancel-words")


class ArriveForm(Keyed):
    """Whether one's name may stand there."""

    shows_name = Tick()


class OthersForm(Keyed):
    """One more without a phone, or one less."""

    more = Pick(("1", "-1"), needs=_l("Choose one of the list."))


class CardForm(Keyed):
    """The letters on the card of somebody who is there."""

    letters = Letters(_l("Type the six letters."), id="card-letters")


class LettersForm(Keyed):
    """The letters that lie on the table."""

    letters = Letters(_l("Type the six letters."), id="typed-letters")
