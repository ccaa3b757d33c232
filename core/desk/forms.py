"""What an editor answers, what anybody reports, and the pause that somebody gets."""

from flask_babel import lazy_gettext as _l

from core.desk import pauses, reasons
from core.desk.models import Verdict
from core.desk.service import LONGEST_NOTE
from core.desk.suspending import LENGTHS
from core.forms import Form, Passage, Pick, Text
from core.guard import Role
from core.people.forms import LettersForm


class AnswerForm(Form):
    """A verdict; its reason, and a word to those it is about. `shown`: the digest of what the editor saw."""

    verdict = Pick(tuple(Verdict), _l("Choose one of the answers."))
    reason = Text()  # which there are, the kind of thing says
    note = Passage(LONGEST_NOTE)
    shown = Text()


class PauseForm(LettersForm):
    """Whose six letters, for how long and why, and a word to them."""

    days = Pick([str(number) for number in LENGTHS[Role.COORDINATOR]], _l("Choose how long."))
    reason = Pick(pauses.REASONS, _l("Choose a reason. Those it is about read it."))
    note = Passage(LONGEST_NOTE)


class ReportForm(Form):
    """What is wrong with a thing."""

    reason = Pick(reasons.WRONG, _l("Choose what is wrong."))
