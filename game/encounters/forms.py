"""What people type on the pages of a meeting."""

from flask_babel import lazy_gettext as _l

from core.forms import Form, Letters, Passage
from game.encounters.talk import LONGEST


class TagForm(Form):
    """The six letters of a neighbour themselves; they may stay open where the other shows a code later."""

    tag = Letters()


class WordsForm(Form):
    """What somebody said at a talk card."""

    words = Passage(LONGEST, _l("Write something, in 280 signs at most."))
