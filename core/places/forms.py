"""What is typed of a place: by makers, and by residents who propose one."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.widgets import HiddenInput

from core.forms import Keyed, Line, Misfit, Number, Passage, Text
from core.places import degrees
from core.places.models import LARGEST, SMALLEST, Spot
from core.refusal import Refusal

USUAL = 40  # metres: how close one has to be, when a maker says nothing else
WRITTEN = ("nl", "en")  # what makers write; what another language says stays beside it
NEEDS_NAME = _l("Give the place a name, as people say it.")
REACHES = _l("How close one has to be is 25 to 150 metres.")


class PlaceForm(Keyed):
    """What a place is called, and where it is."""

    name = Line(80, NEEDS_NAME)
    street = Line(80)
    lat = Text(60)
    lon = Text(60)

    place: degrees.Place

    def validate_name(self, field: Line) -> None:
        """Something that people can say."""
        if not any(letter.isalnum() for letter in field.data):
            raise Misfit(NEEDS_NAME)

    def validate_lat(self, field: Text) -> None:
        """Where it is, by the numbers of both fields or of the one that holds both."""
        try:
            self.place = degrees.read(field.data, self.lon.data)
        except Refusal as refusal:
            raise Misfit(refusal.sentence) from None


class SpotForm(PlaceForm):
    """A place as makers make it. `looked`: the address that was looked up; `pick`: the numbers of one found."""

    radius = Number(REACHES, REACHES, default=USUAL)
    about_nl = Passage(300, name="about-nl")
    about_en = Passage(300, name="about-en")
    address = Line(160)
    looked = Line(160, widget=HiddenInput())
    look = Text()
    pick = Text(60)

    def validate_radius(self, field: Number) -> None:
        """As close as a phone can tell, as far as one can see."""
        if not SMALLEST <= field.data <= LARGEST:
            raise Misfit(REACHES)

    @property
    def looks_up(self) -> bool:
        """Whether it comes to look an address up, or with one that was found, and not to be saved."""
        is_new = self.look.data or self.address.data != self.looked.data
        return bool(self.pick.data or (self.address.data and is_new))

    @property
    def said(self) -> dict[str, Any]:
        """What a spot keeps of it."""
        abouts = {"nl": self.about_nl.data, "en": self.about_en.data}
        texts = {code: {"about": about} for code, about in abouts.items() if about} or {"nl": {"about": ""}}
        lat, lon = self.place
        return {
            "name": self.name.data, "street": self.street.data, "texts": texts, "lat": lat, "lon": lon,
            "radius": self.radius.data,
        }  # fmt: skip


def filled(spot: Spot) -> SpotForm:
    """A spot as the fields of its form."""
    abouts = {f"about_{code}": (spot.texts or {}).get(code, {}).get("about", "") for code in WRITTEN}
    place = {"name": spot.name, "street": spot.street, "lat": spot.lat, "lon": spot.lon}
    return SpotForm(data={**place, **abouts, "radius": int(spot.radius)})
