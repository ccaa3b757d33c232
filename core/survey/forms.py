"""The seven statements as a form, sheets of paper as lines of figures, and when a wave is held."""

import re

from flask_babel import lazy_gettext as _l

from core.forms import Keyed, Misfit, Pick, Prose, Text
from core.survey.items import ANSWERS, ITEMS, Sheet
from core.survey.models import Moment
from core.survey.service import BATCH

OPEN = "-"  # what is typed for a statement that somebody left open
MOST = 100  # sheets in one go
VALUES = tuple(map(str, ANSWERS))
MOMENTS = {Moment.BEFORE.value: _l("Before the season"), Moment.AFTER.value: _l("After the season")}
SHEET = re.compile(rf"[1-5{OPEN}]{{{len(ITEMS)}}}")


class SurveyForm(Keyed):
    """A statement a field; each may be left open."""

    @property
    def sheet(self) -> Sheet:
        """What was ticked."""
        return {name: int(self[name].data) for name in ITEMS if self[name].data}


for name, item in ITEMS.items():
    setattr(SurveyForm, name, Pick(VALUES, label=item.words))


class PaperForm(Keyed):
    """A line a sheet: a figure for each statement, in the order of the paper."""

    lines = Prose(MOST * 20, _l("Type a line for each sheet."), label=_l("The sheets"))

    def validate_lines(self, field: Text) -> None:
        """Lines that are no sheet are named by their number, and fewer than a batch is refused."""
        typed = self._lines()
        wrong = next((number for number, line in enumerate(typed, start=1) if not SHEET.fullmatch(line)), None)
        if wrong is not None:
            raise Misfit(
                _l(
                    "Sheet %(number)s does not fit: %(many)s signs, each 1 to 5 or a dash.", number=wrong,
                    many=len(ITEMS),
                )
            )  # fmt: skip
        if any(not line.strip(OPEN) for line in typed):
            raise Misfit(_l("Leave out sheets on which nothing is ticked."))
        if len(typed) < BATCH:
            raise Misfit(_l("Wait until there are %(few)s sheets or more.", few=BATCH))
        if len(typed) > MOST:
            raise Misfit(_l("At most %(most)s sheets in one go.", most=MOST))

    @property
    def sheets(self) -> list[Sheet]:
        """What they say."""
        return [
            {name: int(sign) for name, sign in zip(ITEMS, line, strict=True) if sign != OPEN} for line in self._lines()
        ]

    def _lines(self) -> list[str]:
        without_spaces = (re.sub(r"\s", "", line) for line in str(self.lines.data).splitlines())
        return [line for line in without_spaces if line]


class OpenForm(Keyed):
    """Which wave it is."""

    moment = Pick(MOMENTS, needs=_l("Choose one of the two."))
