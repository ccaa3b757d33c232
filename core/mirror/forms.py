"""What a team says of one of the seven."""

from flask_babel import lazy_gettext as _l

from core.forms import Keyed, Line, Passage, Pick

DOES, DOES_NOT = "yes", "no"
WAYS = {DOES: _l("We do this"), DOES_NOT: _l("We do not do this yet")}


class AnswerForm(Keyed):
    """Whether they do it, why they say so, and what comes of it."""

    does = Pick(WAYS, needs=_l("Choose one of the two."))
    why = Passage(600, _l("Say why, in one sentence or more."), label=_l("How come? Give an example."))
    to_do = Line(160, label=_l("What do we do about it? Who, and by when?"))
