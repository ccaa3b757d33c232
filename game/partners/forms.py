"""What a partner's page says."""

from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l

from core.forms import Keyed, Line, Misfit, Passage
from game.partners.service import Page


class PartnerForm(Keyed):
    """Its page."""

    name = Line(60, _l("Type a name, at most 60 letters."), label=_l("What is it called?"))
    about = Passage(600, _l("Say it in one sentence or more."), label=_l("What does it do here?"))
    gives = Passage(400, label=_l("What does it bring?"))
    website = Line(200, label=_l("Address on the web"))

    def validate_website(self, field: Line) -> None:
        """Raises Misfit for anything but https to a host: it is only ever a link that people follow themselves."""
        said = field.data or ""
        if said and (" " in said or not said.startswith("https://") or not _host(said)):
            raise Misfit(_l("Type an address that begins with https://, or nothing."))

    def page(self, language: str) -> Page:
        """As it was typed."""
        return Page(self.name.data, self.about.data, self.gives.data, self.website.data, language)


def _host(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        return None if parts.username or parts.password else parts.hostname
    except ValueError:  # a bracket that is not closed
        return None
