"""What staff type to sign in, to prove that it is them, and to become staff. Secrets never go back into a page."""

from typing import Any

from flask_babel import lazy_gettext as _l

from core.forms import Form, Misfit, Pick, Secret, Text
from core.people.forms import JoinForm
from core.staff import second_factor
from core.staff.labels import LABELS, NO_ROLE
from core.staff.passwords import LONGEST

NEEDS_LOGIN = _l("Type your name to sign in with.")
NEEDS_PASSWORD = _l("Type your password.")


class SecondCode(Text):
    """A code of the app, or one from paper; the sentence says what is wrong with anything else."""

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and (lacks := second_factor.lacks(self.data)):
            raise Misfit(lacks)


class EnterForm(Form):
    """Signing in."""

    login = Text(needs=NEEDS_LOGIN)
    password = Secret(LONGEST, NEEDS_PASSWORD)
    code = SecondCode(200)


class CodeForm(Form):
    """A code of the second factor."""

    code = SecondCode(200, _l("Type the code here."))


class PasswordForm(Form):
    """The password, once more."""

    password = Secret(LONGEST, NEEDS_PASSWORD)


class NewPasswordForm(PasswordForm):
    """Another password, for the one of now."""

    new = Secret(needs=NEEDS_PASSWORD)


class InviteForm(Form):
    """The role for the person they invite."""

    role = Pick([str(role) for role in LABELS], NO_ROLE)


class MineForm(Form):
    """An invitation on a device of somebody of the team: is it for them?"""

    token = Text(80, _l("Type the code of your invitation."))


class PlayersForm(MineForm):
    """An invitation on the phone of a player: with what they will sign in."""

    login = Text(needs=NEEDS_LOGIN)
    password = Secret(needs=NEEDS_PASSWORD)


class NewcomersForm(PlayersForm, JoinForm):
    """An invitation for somebody without a name in the game."""
