"""What an editor answers, and what anybody reports."""

from flask_babel import lazy_gettext as _l

from core.desk import reasons
from core.desk.models import Verdict
from core.desk.service import LONGEST_NOTE
from core.forms import Form, Passage, Pick, Text


class AnswerForm(Form):
    """A verdict; its reason, and a word to those it is about. `shown`: the digest of what the editor saw."""

    verdict = Pick(tuple(Verdict), _l("Choose one of the answers."))
    reason = Text()  # which there are, the kind of thing says
    note = Passage(LONGEST_NOTE)
    shown = Text()


class ReportForm(Form):
    """What is wrong with a thing."""

    reason = Pick(reasons.WRONG, _l("Choose what is wrong."))
