"""Founding a neighbourhood."""

import re

from flask_babel import lazy_gettext as _l

from core import spelling
from core.audit import service as audit
from core.database import db
from core.neighbourhoods import queries
from core.neighbourhoods.models import Neighbourhood, Zone
from core.places.models import Spot
from core.refusal import Refusal, Sort
from core.setting_up.outline import Area, is_legible

SLUG = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]")
FAR = 0.5  # degrees from the middle: beyond it something was swapped
STILL_TO_COME = "Ik kom hier wonen"  # the zone of who does not live here yet (docs/rules.md §2)


def found(
    slug: str, name: str, border: Area, zones: list[Area], house: tuple[str, str, float, float],
    languages: list[str] | None = None,
) -> Neighbourhood:  # fmt: skip
    """A neighbourhood with its zones, its house (name, street, latitude, longitude) and the languages it speaks.

    No languages: all that the site has. No name: that of the border. Raises Refusal for a slug that cannot stand in an
    address or is taken, where there is no name to read, for two zones of one name, and for a house without a name or
    far outside.
    """
    if not SLUG.fullmatch(slug):
        raise Refusal(_l("The short name has 3 to 40 small letters, figures and dashes."), Sort.INVALID)
    if queries.by_slug(slug):
        raise Refusal(_l("There is a neighbourhood with that short name already."), Sort.CONFLICT)
    refuse_same_names([*(zone.name for zone in zones), STILL_TO_COME])
    named = (spelling.line(name) or spelling.line(border.name))[:80]
    if not is_legible(named):
        raise Refusal(_l("A neighbourhood needs a name that people can read."), Sort.INVALID)
    lat, lon = border.centre
    here = Neighbourhood(
        slug=slug,
        name=named,
        lat=lat,
        lon=lon,
        border=border.corners,
        languages=languages,
    )
    here.zones = [Zone(name=zone.name, border=zone.corners) for zone in zones]
    here.zones.append(Zone(name=STILL_TO_COME, is_future=True))
    db.session.add(here)
    db.session.flush()
    db.session.add(_house(here, *house))
    db.session.flush()
    audit.record("neighbourhood.found", slug, here.id)
    return here


def refuse_same_names(names: list[str]) -> None:
    """Raises Refusal for two zones of one name."""
    if len({each.casefold() for each in names}) != len(names):
        raise Refusal(_l("Two zones have the same name."), Sort.INVALID)


def _house(here: Neighbourhood, name: str, street: str, lat: float, lon: float) -> Spot:
    if not is_legible(name):
        raise Refusal(_l("The house needs a name that people can read."), Sort.INVALID)
    if not (abs(lat - here.lat) <= FAR and abs(lon - here.lon) <= FAR):  # what is no number is not near either
        raise Refusal(
            _l("The house stands far from the neighbourhood. Did you swap latitude and longitude?"), Sort.INVALID
        )
    return Spot(
        neighbourhood_id=here.id, key="huis-van-de-wijk", kind="hq", name=name[:80], street=street[:80],
        texts={"nl": {"about": ""}}, lat=lat, lon=lon, facts={},
    )  # fmt: skip
