"""What is typed at an hour, a card, a question and a table."""

from flask_babel import lazy_gettext as _l

from core.forms import Day, Keyed, Letters, Line, Passage, Pick, Text, Tick, TimeOfDay
from game.dialogues.cards import THEMES, every
from game.dialogues.course import CANNOT, DONE, HEARD, TAKEN_UP
from game.dialogues.talks import LONGEST

CHOOSE = _l("Choose one of the list.")
WHY = 600  # signs of a step


class HourForm(Keyed):
    """Who sits where, when, and about what."""

    professional = Pick(needs=CHOOSE)
    spot = Pick(needs=CHOOSE)
    theme = Pick(THEMES, needs=CHOOSE)
    day = Day(_l("Choose a day."))
    begins = TimeOfDay(_l("From when?"))
    ends = TimeOfDay(_l("Until when?"))


class AnswerForm(Keyed):
    """What somebody answers to a card."""

    card = Pick(every(), needs=CHOOSE)
    words = Passage(LONGEST, _l("Write a few words."), label=_l("Your answer"))


class ReplyForm(Keyed):
    """What the professional answers to the same card."""

    words = Passage(LONGEST, _l("Write a few words."), label=_l("Your answer"))


class InsightForm(Keyed):
    """What they learned."""

    words = Passage(LONGEST, _l("Write it down in a sentence or two."), label=_l("What did you learn?"))


class SignForm(Keyed):
    """Yes to the version that was seen, and whether one's name may stand there."""

    seen = Text(64)
    shows_name = Tick()


class StepForm(Keyed):
    """How a question stands from now on, in words, and by when there is more."""

    to = Pick((HEARD, TAKEN_UP, DONE, CANNOT), needs=CHOOSE)
    words = Passage(WHY, _l("Say it in one sentence or more."), label=_l("Your words: everybody reads them"))
    reply_by = Day(label=_l("By when do you say more?"))


class NotYetForm(Keyed):
    """What is still wanting."""

    words = Passage(WHY, _l("Say it in one sentence or more."), label=_l("What is still wanting?"))


class AppointForm(Keyed):
    """Who works here, for whom, and as what."""

    letters = Letters(_l("Type the six letters."))
    organisation = Line(60, _l("Which organisation?"), label=_l("Organisation"))
    role = Line(60, _l("What do they do there?"), label=_l("Role"))


class HandOverForm(Keyed):
    """Who answers a question from now on."""

    professional = Pick(needs=CHOOSE)


class TableForm(Keyed):
    """Which card lies on the table, and where."""

    spot = Pick(needs=CHOOSE)
    card = Pick(every(), needs=CHOOSE)
