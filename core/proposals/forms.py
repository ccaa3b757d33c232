"""What a resident writes of a place, within bounds. Words stay words: markup in them is never interpreted."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l

from core import i18n, spelling
from core.places import degrees
from core.proposals.service import Place
from core.refusal import Refusal, Sort

LONGEST = {"name": 80, "street": 80, "about": 300}
MOST = 2000  # signs of a field that are looked at, and kept in a form that comes back
TYPED = {**dict.fromkeys(LONGEST, MOST), "lat": 60, "lon": 60, "lang": 8}
DIGITS = 5  # of a degree: a pin is put to the metre


def place() -> Place:
    """The place of the form. Raises Refusal naming what does not fit."""
    said = {name: _line(name) for name in LONGEST}
    if not any(letter.isalnum() for letter in said["name"]):
        raise Refusal(_l("Give the place a name, as people say it."), Sort.INVALID)
    place = degrees.read(request.form.get("lat", ""), request.form.get("lon", ""))
    lat, lon = (round(one, DIGITS) for one in place)
    return Place(**said, language=_language(), lat=lat, lon=lon)


def typed() -> dict[str, Any]:
    """The fields as they were just typed, to go on with."""
    kept = {name: request.form.get(name, "")[:most] for name, most in TYPED.items()}
    return {**kept, "named": "named" in request.form}


def _line(name: str) -> str:
    """A field on one line, without signs that nobody can see. Raises Refusal for one that is too long."""
    line = spelling.line(request.form.get(name, "")[:MOST])
    if len(line) > LONGEST[name]:
        raise Refusal(_l("That is too long. A field says how many signs it takes."), Sort.INVALID)
    return line


def _language() -> str:
    code = request.form.get("lang", "")
    return code if code in i18n.languages() else "nl"
