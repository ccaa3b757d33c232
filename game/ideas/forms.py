"""What is said of an idea: that one wants it too, why an editor decides so, and why that should be looked at again."""

from flask_babel import lazy_gettext as _l

from core.forms import Keyed, Passage, Pick, Text, Tick
from game.ideas.course import ADOPTED, MERGED, NOT_NOW, REVERSED, UPHELD
from game.ideas.kind import IdeaForm
from game.ideas.models import DESK, PAPER

MOST = 600  # signs of a reason
CHANNELS = {DESK: _l("Somebody said it here"), PAPER: _l("It is on an idea card")}


class SignForm(Keyed):
    """Whether one's name may stand there."""

    shows_name = Tick()


class AppealForm(Keyed):
    """Why somebody else should look."""

    words = Passage(MOST, _l("Say why, in one sentence or more."), label=_l("Why do you ask that?"))


class DecisionForm(Keyed):
    """What an editor decides, and why."""

    to = Pick((ADOPTED, NOT_NOW, MERGED, REVERSED, UPHELD), needs=_l("Choose one of the list."))
    into = Text(26)  # the key of the idea in which it goes on
    words = Passage(MOST, _l("Say why, in one sentence or more."), label=_l("Your reason: everybody reads it"))


class EntryForm(IdeaForm):
    """What somebody said at the desk or wrote on a card, as a host types it in for them."""

    channel = Pick(CHANNELS, needs=_l("Choose how it came in."))
