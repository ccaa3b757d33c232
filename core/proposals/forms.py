"""What a resident writes of a place, within bounds. Words stay words: markup in them is never interpreted."""

from core import i18n
from core.forms import Passage, Text, Tick
from core.places.forms import PlaceForm
from core.proposals.models import SpotProposal
from core.proposals.service import Place

DIGITS = 5  # of a degree: a pin is put to the metre


class ProposalForm(PlaceForm):
    """A place, what there is to know of it, and whether its player's name may stand there."""

    about = Passage(300)
    lang = Text(8)
    named = Tick()

    @property
    def written(self) -> Place:
        """The place as they wrote it."""
        lat, lon = (round(one, DIGITS) for one in self.place)
        language = self.lang.data if self.lang.data in i18n.languages() else "nl"
        return Place(self.name.data, self.street.data, self.about.data, language, lat, lon)


def filled(proposal: SpotProposal) -> ProposalForm:
    """What was proposed as the fields of its form."""
    return ProposalForm(obj=proposal, lang=proposal.language)
