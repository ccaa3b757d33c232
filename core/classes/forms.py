"""What is typed: a class code, and by a teacher what a class is."""

from flask_babel import lazy_gettext as _l

from core.classes.models import MOST_CREWS
from core.forms import Day, Keyed, Letters, Pick


class JoinForm(Keyed):
    """The code of a class."""

    code = Letters(_l("Type the six letters of your class."))


class OpenForm(Keyed):
    """Which lesson, on which day, and how many crews."""

    plan = Pick(needs=_l("Choose a lesson of the list."))
    day = Day(_l("Say on which day."))
    crews = Pick([str(number) for number in range(1, MOST_CREWS + 1)], _l("Say how many crews."), default="7")
    newsrooms = Pick([str(number) for number in range(MOST_CREWS + 1)], default="0")
