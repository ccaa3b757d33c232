"""What a resident writes of a place, within bounds. Words stay words: markup in them is never interpreted."""

from typing import Any

from core.contributions.forms import ContributionForm
from core.forms import Passage
from core.places.forms import PlaceForm

DIGITS = 5  # of a degree: a pin is put to the metre


class ProposalForm(ContributionForm, PlaceForm):
    """A place, and what there is to know of it."""

    about = Passage(300)

    @property
    def content(self) -> dict[str, Any]:
        lat, lon = (round(one, DIGITS) for one in self.place)
        return {**super().content, "lat": lat, "lon": lon}
