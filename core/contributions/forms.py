"""The form with which somebody hands something in: each kind adds its fields. Words stay words, markup is not read."""

from typing import Any

from flask_babel import lazy_gettext as _l

from core.forms import Keyed, Line, Pick, Tick

AROUND = ("client_key", "lang", "named", "called")  # what every such form has beside what it says


class ContributionForm(Keyed):
    """In which language it is written, and whether the name of who hands it in may stand there."""

    lang = Pick(needs=_l("Choose one of the list."))
    named = Tick()
    called = Line(60)  # of a kind that visitors hand in too: any name, open for who stays anonymous

    @property
    def content(self) -> dict[str, Any]:
        """What it says, as JSON: by field."""
        return {field.short_name: field.data for field in self.of_its_own}

    @property
    def of_its_own(self) -> list[Any]:
        """The fields that its kind adds."""
        return [field for field in self if field.short_name not in AROUND]
