"""What a screen is called."""

from flask_babel import lazy_gettext as _l

from core.forms import ClientKey, Form, Line

NEEDS = _l("Say where it hangs, in at most 40 letters.")


class NameForm(Form):
    """Where it hangs."""

    name = Line(40, NEEDS)


class NewForm(NameForm):
    """The same of a new one."""

    client_key = ClientKey()
