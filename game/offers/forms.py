"""Which two a host brings together, and what each says of it."""

from flask_babel import lazy_gettext as _l

from core.forms import Keyed, Pick, Text

YES, NO = "yes", "no"


class MatchForm(Keyed):
    """One of each."""

    offer = Text(26, _l("Choose one of each."))
    wish = Text(26, _l("Choose one of each."))


class AnswerForm(Keyed):
    """Whether it fits for who is asked."""

    says = Pick((YES, NO), needs=_l("Say yes or no."))
