"""What people type about themselves. The rules of a name are those of core/people/names.py."""

from flask_babel import lazy_gettext as _l

from core.forms import Form, Text


class NameForm(Form):
    """A name in the game."""

    name = Text(200, _l("A name has 2 to 24 letters."))
