"""Drawing a neighbourhood anew: its border and its zones. Who lives in a zone keeps it, under whatever name."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from math import ceil

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from core.database import db
from core.neighbourhoods.models import Neighbourhood, Zone
from core.people.models import Person
from core.refusal import Refusal
from core.setting_up.outline import BORDER, LONGEST_NAME, Area
from core.setting_up.service import refuse_same_names

STEP = 5  # people are counted up to the next five: nobody reads who moved


def drawn(here: Neighbourhood) -> list[Area]:
    """The border, under the neighbourhood's name, and the zones that one can live in, as areas."""
    zones = [
        Area(zone.name, _ring(zone.border), "", zone.id, here.slug, zone.name)
        for zone in here.zones
        if not zone.is_future
    ]
    return [Area(here.name[:LONGEST_NAME], _ring(here.border), BORDER), *zones]


def living_in(here: Neighbourhood) -> Mapping[int, int]:
    """How many people chose each zone, by its id, up to the next five; a zone that nobody chose is not in it."""
    count = select(Person.zone_id, func.count()).where(Person.neighbourhood_id == here.id, Person.zone_id.is_not(None))
    counted = db.session.execute(count.group_by(Person.zone_id)).all()
    return {zone: ceil(people / STEP) * STEP for zone, people in counted if zone}


def redraw(neighbourhood_id: int, areas: list[Area], with_zones: bool = True, *, from_file: bool = False) -> None:
    """Lay the border of `areas` where they have one, and put their zones in the place of those that were.

    A zone stays the same one when it names the zone it was, or else by its name. What stands `from_file` is believed
    there only of a zone of this neighbourhood that is still called as the file says it was: another site numbers its
    zones otherwise. Without `with_zones` the zones stay as they are. Raises Refusal for two zones of one name, and for
    a zone left out that somebody chose or played in.
    """
    wanted = select(Neighbourhood).where(Neighbourhood.id == neighbourhood_id).with_for_update()
    here = db.session.scalars(wanted.execution_options(populate_existing=True)).one()
    border = next((area for area in areas if area.part == BORDER and area.ring), None)
    if border:
        here.border = border.corners
        if not here.is_made_up:  # its drawing lies around its middle
            here.lat, here.lon = border.centre
    if with_zones:
        zones = [area for area in areas if area.part != BORDER]
        _lay(here, [_believed(here, zone) for zone in zones] if from_file else zones)
    db.session.flush()


def _believed(here: Neighbourhood, area: Area) -> Area:
    """An area of a file, without the zone that it says it is where that may be another's."""
    is_ours = any(area.zone == zone.id and area.was == zone.name for zone in here.zones)
    return area if is_ours and area.neighbourhood == here.slug else replace(area, zone=None)


def _lay(here: Neighbourhood, areas: list[Area]) -> None:
    were = {zone.id: zone for zone in here.zones if not zone.is_future}
    kept = _matched(were, areas)
    refuse_same_names([area.name for area in areas] + [zone.name for zone in here.zones if zone.is_future])
    for zone in were.values():
        if zone not in kept.values():
            _remove(here, zone)
    for index, zone in kept.items():
        if zone.name != areas[index].name:
            zone.name = f"{zone.id} {secrets.token_hex(8)}"  # out of the way, so that two can swap their names
    db.session.flush()
    for index, area in enumerate(areas):
        zone = kept.get(index) or Zone()
        zone.name, zone.border = area.name, area.corners
        if index not in kept:
            here.zones.append(zone)


def _matched(were: Mapping[int, Zone], areas: list[Area]) -> dict[int, Zone]:
    """Which area is which zone, by the area's place in the list: first those that say so, then by name."""
    free = dict(were)
    kept = {index: free.pop(area.zone) for index, area in enumerate(areas) if area.zone in free}
    by_name = {zone.name.casefold(): zone for zone in free.values()}
    for index, area in enumerate(areas):
        if index not in kept and area.name.casefold() in by_name:
            kept[index] = by_name.pop(area.name.casefold())
    return kept


def _remove(here: Neighbourhood, zone: Zone) -> None:
    name = zone.name
    try:
        with db.session.begin_nested():
            here.zones.remove(zone)
            db.session.flush()
    except IntegrityError:
        people = living_in(here).get(zone.id)
        if not people:  # meetings of people who lived there then
            met = _l("People of %(zone)s have met. You can rename it or draw it anew, not leave it out.", zone=name)
            raise Refusal(met) from None
        raise Refusal(
            _l(
                "People live in %(zone)s: at most %(number)s. You can rename it or draw it anew, not leave it out.",
                zone=name, number=people,
            )
        ) from None  # fmt: skip


def _ring(border: list[list[float]] | None) -> tuple[tuple[float, float], ...]:
    return tuple((lat, lon) for lat, lon in border or [])
