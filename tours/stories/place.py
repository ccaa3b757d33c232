"""Where a story was: as its teller put it, and as everybody may know it (docs/rules.md §6).

A pin is put by its teller and moved until it is right: it says where the story was, and not where anybody stood.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from core.places import geo

DIGITS = 5  # of a degree: a pin is put to the metre
SQUARE = 100.0  # metres: within such a square everybody's home looks the same
YES, NO = "yes", "no"
ORDINAL = re.compile(r"\d+(?:e|de|ste|st|nd|rd|th)\b", re.IGNORECASE)
LEADING = re.compile(r"^\d\S*[\s,]+")
AFTER = re.compile(r"^(.*?[^\W\d_]{3,}\D*?)[\s,./-]*\d.*$", re.DOTALL)


class Place(NamedTuple):
    """Where everybody may know a story to be: WGS 84 degrees, None without a pin; and its street, "" for none."""

    lat: float | None
    lon: float | None
    address: str


def public(said: Mapping[str, Any]) -> Place:
    """What of the place in the content of a story may be seen.

    Of a home and of a child's story: the middle of a square of a hundred metres, and no house number. The square goes
    by the point alone, so that asking often, or telling often of one house, says no more than asking once.
    """
    point, address = said.get("point"), str(said.get("address") or "")
    if is_home(said):
        point, address = geo.blurred(point[0], point[1], SQUARE) if point else None, without_number(address)
    lat, lon = point or (None, None)
    return Place(lat, lon, address)


def is_home(said: Mapping[str, Any]) -> bool:
    """Whether it is somebody's home: as the teller says; unsaid, where there is a house number. A child's story is."""
    if said.get("young") or said.get("home") == YES:
        return True
    address = str(said.get("address") or "")
    return said.get("home") != NO and without_number(address) != address


def without_number(address: str) -> str:
    """A street without what comes from its house number on."""
    words = address.strip()
    if LEADING.match(words) and not ORDINAL.match(words):
        words = LEADING.sub("", words)
    found = AFTER.match(words)
    return found[1].strip(" ,.-/") if found else words


def fields(said: Mapping[str, Any]) -> dict[str, str]:
    """The pin of a content as the fields of its form."""
    point = said.get("point")
    return {"lat": f"{point[0]:.5f}", "lon": f"{point[1]:.5f}"} if point else {}
