"""The form with which somebody hands something in: each kind adds its fields. Words stay words, markup is not read."""

from typing import Any

from flask_babel import lazy_gettext as _l

from core.forms import Keyed, Pick, Tick

AROUND = ("client_key", "lang", "named")  # what every such form has beside what it says


class ContributionForm(Keyed):
    """In which language it is written, and whether the name of who hands it in may stand there."""

    lang = Pick(needs=_l("Choose one of the list."))
    named = Tick()

    @property
    def content(self) -> dict[str, Any]:
        """What it says, as JSON: by field."""
        return {name: said for name, said in self.data.items() if name not in AROUND}
