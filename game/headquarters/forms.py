"""What a host types at the desk of the house."""

from flask_babel import lazy_gettext as _l

from core.forms import ClientKey, Form, Letters, Pick
from core.people.forms import JoinForm

NEEDS = _l("Type the six letters.")


class SeenForm(Form):
    """Whose card a host sees."""

    letters = Letters(NEEDS)


class CardForm(Form):
    """Who stands at the desk."""

    card = Letters(NEEDS)


class NewPlayerForm(JoinForm):
    """Somebody who gets a card of paper."""


class WitnessForm(Form):
    """Who met, and what they did together."""

    one = Letters(NEEDS)
    other = Letters(NEEDS)
    challenge = Pick(needs=_l("Choose what they did together."))
    client_key = ClientKey()
