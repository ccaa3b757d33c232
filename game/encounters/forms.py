"""What people type on the pages of a meeting."""

from flask_babel import lazy_gettext as _l

from core.forms import Form, Passage
from game.encounters.talk import LONGEST


class WordsForm(Form):
    """What somebody said at a talk card."""

    words = Passage(LONGEST, _l("Write something, in 280 signs at most."))
