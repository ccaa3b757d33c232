"""What a coordinator answers to a question about points."""

from flask_babel import lazy_gettext as _l

from core.forms import Keyed, Pick
from game.scoring.corrections import REASONS


class Answer(Keyed):
    """That it stays, or comes back."""


class TakeAway(Keyed):
    """Why both lose them."""

    reason = Pick(list(REASONS), _l("Choose a reason. Those it is about read it."))
