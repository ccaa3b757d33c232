"""What the place of a story can be chosen from: the list, the map, and addresses where an operator chose a service."""

from typing import TYPE_CHECKING, Any

from flask import current_app, g

from core import limits
from core.places import queries as places
from tours.stories.forms import StoryForm

if TYPE_CHECKING:
    from core.places import geocoding

MOST = "30 per hour"


def around() -> dict[str, Any]:
    """For the fields: the places of the list, with where they lie, and whether addresses can be looked up."""
    spots = places.of(g.neighbourhood.id)
    return {
        "spots": [(spot.key, spot.name, "nl") for spot in spots],
        "pinned": [(spot.key, spot.name, spot.lat, spot.lon) for spot in spots],
        "others": [(spot.name, spot.lat, spot.lon) for spot in spots],
        "looks_up": bool(current_app.config["BUURT"].geocoder),
    }


def looked_up(form: StoryForm) -> "geocoding.Answer | None":
    """The addresses that were found; or none, with the pin at the one that was chosen."""
    lat, comma, lon = form.pick.data.partition(",")
    if comma:
        form.lat.put(lat)
        form.lon.put(lon)
        return None
    if not (current_app.config["BUURT"].geocoder and form.address.data):
        return None
    limits.spend(limits.by_who("addresses of stories", MOST))
    from core.places import geocoding  # brings geopy: only where an operator chose a service

    return geocoding.find(form.address.data, geocoding.around(g.neighbourhood))
