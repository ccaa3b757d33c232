"""What people type about themselves. The rules of names, letters and codes are those of the services."""

from flask_babel import lazy_gettext as _l

from core import codes
from core.forms import Form, Keyed, Letters, Pick, Text
from core.people.mail_links import NO_ADDRESS

STAY = "stay"


class NameForm(Form):
    """A name in the game."""

    name = Text(200, _l("A name has 2 to 24 letters."))


class JoinForm(NameForm, Keyed):
    """A name, and one of two buttons. Without a button they are taken as younger, the careful answer."""

    age = Text()

    @property
    def is_young(self) -> bool:
        """Whether they say that they are younger than 16."""
        return bool(self.age.data != "adult")


class LettersForm(Form):
    """Somebody's six letters."""

    letters = Letters(_l("Type the six letters."))


class CodeForm(Form):
    """The secret of a card or of a mail."""

    code = Letters(_l("Type the code here."), codes.LONG)


class BackForm(CodeForm):
    """Coming back, and what becomes of the other phones."""

    others = Pick(["end", "stay"], default="end")


class AddressForm(Keyed):
    """An e-mail address."""

    address = Text(254, NO_ADDRESS)


class EraseForm(Form):
    """The own name, to be sure; whether what they told goes too; the receipt that they saw before they went."""

    name = Text(200, _l("That is not your name. Type it as it stands above."))
    told = Pick(("go", STAY), default="go")
    receipt = Text(300)
