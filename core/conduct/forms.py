"""The pause that somebody gets."""

from flask_babel import lazy_gettext as _l

from core.conduct import pauses
from core.conduct.suspending import LENGTHS
from core.desk.service import LONGEST_NOTE
from core.forms import Passage, Pick
from core.guard import Role
from core.people.forms import LettersForm


class PauseForm(LettersForm):
    """Whose six letters, for how long and why, and a word to them."""

    days = Pick([str(number) for number in LENGTHS[Role.COORDINATOR]], _l("Choose how long."))
    reason = Pick(pauses.REASONS, _l("Choose a reason. Those it is about read it."))
    note = Passage(LONGEST_NOTE)
