"""What is typed at a choice: the question, a vote, letters at the desk, totals of paper, and what became of it."""

from collections.abc import Collection, Mapping

from flask_babel import lazy_gettext as _l

from core.forms import Day, File, Form, Keyed, Letters, Line, Misfit, Number, Passage, Pick, Tick
from core.photos.prepare import Prepared
from core.refusal import Refusal, Sort
from game.choices.models import OPEN, SECRET
from game.choices.service import Offered

WORDS = 400  # signs of what is said of a choice
LIST = _l("Choose one of the list.")
WHOLE = _l("Type a whole number, such as 14.")
WHY = _l("Say why, in one sentence or more.")


class OpenForm(Keyed):
    """A question with two to five options."""

    title = Line(100, _l("Type the question."), label=_l("The question"))
    fixed = Passage(WORDS, _l("Say what is decided already."), label=_l("What is fixed?"))
    undecided = Passage(WORDS, _l("Say what neighbours decide."), label=_l("What is open?"))
    option_1 = Line(60, _l("Type at least two options."))
    words_1 = Passage(WORDS)
    picture_1, seen_1 = File(), Line(200)
    option_2 = Line(60, _l("Type at least two options."))
    words_2 = Passage(WORDS)
    picture_2, seen_2 = File(), Line(200)
    option_3 = Line(60)
    words_3 = Passage(WORDS)
    picture_3, seen_3 = File(), Line(200)
    option_4 = Line(60)
    words_4 = Passage(WORDS)
    picture_4, seen_4 = File(), Line(200)
    option_5 = Line(60)
    words_5 = Passage(WORDS)
    picture_5, seen_5 = File(), Line(200)
    nobody = Tick()
    mode = Pick((OPEN, SECRET), _l("Choose open or secret."))
    closes_on = Day(_l("Choose the last day."), label=_l("The last day to choose"))

    pictured: Collection[int] = ()  # the numbers of the options with which a file came

    def validate_nobody(self, field: Tick) -> None:
        """A picture of people asks each of them; here none is shown."""
        if self.pictured and not field.data:
            raise Misfit(_l("Choose pictures without people who can be recognised. Then tick this."))

    def must_fit(self) -> None:
        """Raise Refusal also where words and pictures do not go together."""
        super().must_fit()
        for number in range(1, 6):
            title, seen, has = self[f"option_{number}"].data, self[f"seen_{number}"].data, number in self.pictured
            if (has or seen or self[f"words_{number}"].data) and not title:
                raise Refusal(_l("Give this option a name."), Sort.INVALID, field=f"option_{number}")
            if has and not seen:
                raise Refusal(_l("Say what is in the picture."), Sort.INVALID, field=f"seen_{number}")
            if seen and not has:
                raise Refusal(_l("Choose the picture too."), Sort.INVALID, field=f"picture_{number}")

    def offered(self, pictures: Mapping[int, Prepared]) -> list[Offered]:
        """Those that have a name, in their order."""
        said = [
            (number, *(self[f"{of}_{number}"].data for of in ("option", "words", "seen"))) for number in range(1, 6)
        ]
        return [Offered(title, words, seen, pictures.get(number)) for number, title, words, seen in said if title]


class VoteForm(Form):
    """What somebody chooses, and whether their name may stand there."""

    option = Pick(needs=_l("Tap what you choose."))
    shows_name = Tick()


class SheetForm(Keyed):
    """Who gets a sheet of paper."""

    letters = Letters(_l("Type the six letters."))


class Whole(Number):
    """A number of people."""

    def spelled(self, text: str) -> float | None:
        found = super().spelled(text)
        if found is not None and (found < 0 or found % 1):
            raise ValueError(self.wrong)
        return found


class CountForm(Keyed):
    """How often each option was chosen on paper, in their order."""

    votes_1 = Whole(WHOLE, WHOLE, 6)
    votes_2 = Whole(WHOLE, WHOLE, 6)
    votes_3 = Whole(WHOLE, None, 6)
    votes_4 = Whole(WHOLE, None, 6)
    votes_5 = Whole(WHOLE, None, 6)

    def votes(self, options: int) -> list[int]:
        """Of each option; 0 where nothing was typed."""
        return [int(self[f"votes_{number}"].data or 0) for number in range(1, options + 1)]


class OutcomeForm(Keyed):
    """What it becomes, why, and when that is looked at again."""

    option = Pick(needs=LIST)
    because = Passage(600, WHY, label=_l("Because: everybody reads it"))
    review_on = Day(_l("Choose a day."), label=_l("When is it looked at again?"))


class VoidForm(Keyed):
    """Why it does not count."""

    because = Passage(600, WHY, label=_l("Why does it not count?"))
