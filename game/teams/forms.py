"""What people type of a letter, and what a coordinator types to make teams and letters."""

from flask_babel import lazy_gettext as _l

from core.forms import Keyed, Letters, Line, Pick
from core.people.forms import JoinForm
from game.teams.letters import SHAPE
from game.teams.service import MANY

NEEDS = _l("Type the ten letters of your letter.")


class LetterForm(Keyed):
    """The code of a letter, of somebody who plays already."""

    code = Letters(NEEDS, SHAPE)


class LetterJoinForm(JoinForm):
    """The same of somebody who joins by it."""

    code = Letters(NEEDS, SHAPE)


class TeamForm(Keyed):
    """A team."""

    name = Line(40, _l("Give the team a name."))


class SheetForm(Keyed):
    """How many letters, and for which team."""

    many = Pick([str(number) for number in MANY], _l("Choose how many."), default=str(MANY[0]))
    team = Pick()
