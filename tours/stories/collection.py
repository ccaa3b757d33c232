"""The stories of a neighbourhood as a collection: what somebody asks to see, a page of it, how many of which time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from core import clock
from core.database import db
from core.neighbourhoods.models import Neighbourhood
from core.places import geo
from core.places.models import Spot
from tours.stories import index, queries
from tours.stories.models import Story
from tours.stories.period import FIRST

PAGE = 30
MOST = 500  # pages
DECADES = 10  # that stand each by themselves, before this one
OLDER, NO_TIME = "older", "none"  # periods that are no decade
Tally = Mapping[str, int]
"""How many stories each period has: "1970", "older" and "none"."""


@dataclass(frozen=True)
class Asked:
    """What somebody asks to see; "" asks nothing, and what is asked holds together."""

    words: str = ""
    period: str = ""  # the first year of a decade, OLDER or NO_TIME: when a story begins
    theme: str = ""
    language: str = ""
    heard: bool = False  # only with a voice
    zone: str = ""  # its name
    spot: str = ""  # its key


def page(here: Neighbourhood, asked: Asked, number: int = 1) -> Sequence[Story]:
    """One page of them, the oldest time first and those without one last."""
    order = (Story.first_year.is_(None), Story.first_year, Story.id)
    those = select(Story.id).where(*_all(here, asked)).order_by(*order).limit(PAGE).offset((number - 1) * PAGE)
    found = select(Story).where(Story.id.in_(those)).order_by(*order)  # ids are sorted sooner than whole stories
    return db.session.scalars(found.options(joinedload(Story.spot))).all()


def tally(here: Neighbourhood, asked: Asked) -> Tally:
    """How many of each period there are of what is asked, whichever period that is."""
    decade = (Story.first_year // 10 * 10).label("decade")
    counted = select(decade, func.count(Story.id)).where(*_all(here, replace(asked, period=""))).group_by(decade)
    by_period: dict[str, int] = {}
    for first, many in db.session.execute(counted):
        name = NO_TIME if first is None else str(first) if first >= _oldest() else OLDER
        by_period[name] = by_period.get(name, 0) + many
    return by_period


def languages(here: Neighbourhood) -> dict[str, tuple[int, int | None]]:
    """By the language how many stories there are in it, and the year of the oldest: one question for all of that."""
    years = func.min(Story.first_year).filter(Story.first_year > FIRST)
    counted = select(Story.language, func.count(Story.id), years).group_by(Story.language).order_by(Story.language)
    rows = db.session.execute(counted.where(Story.neighbourhood_id == here.id, queries.can_be_read()))
    return {language: (many, oldest) for language, many, oldest in rows}


def decades(tally: Tally) -> list[str]:
    """The decades from the oldest that has a story until now, also those between of which nobody told."""
    told = [int(name) for name in tally if name.isdecimal()]
    return [str(year) for year in range(min(told), _now() + 10, 10)] if told else []


def spot(here: Neighbourhood, key: str) -> Spot | None:
    """The spot of which the stories are asked."""
    this = (Spot.neighbourhood_id == here.id, Spot.key == key, Spot.removed_at.is_(None))
    return db.session.scalar(select(Spot).where(*this)) if key else None


def zones(here: Neighbourhood) -> list[str]:
    """The parts of the neighbourhood of which one knows where they are."""
    return [zone.name for zone in here.zones if zone.border]


def _all(here: Neighbourhood, asked: Asked) -> Iterator[ColumnElement[bool]]:
    yield Story.neighbourhood_id == here.id
    yield queries.can_be_read()
    yield index.has(asked.words)
    if asked.period:
        yield _in(asked.period)
    for column, value in ((Story.theme, asked.theme), (Story.language, asked.language)):
        if value:
            yield column == value
    if asked.heard:
        yield queries.has_a_voice()
    if asked.spot:
        yield Story.spot_id.in_(select(Spot.id).where(Spot.neighbourhood_id == here.id, Spot.key == asked.spot))
    if asked.zone:
        yield Story.spot_id.in_(_spots_in(here, asked.zone))


def _in(period: str) -> ColumnElement[bool]:
    if period == NO_TIME:
        return Story.first_year.is_(None)
    if period == OLDER:
        return Story.first_year < _oldest()
    first = int(period) if period.isdecimal() and len(period) == 4 else 0  # else nothing is of it
    return Story.first_year.between(first, first + 9)


def _spots_in(here: Neighbourhood, zone: str) -> list[int]:
    """The ids of the spots in a part of the neighbourhood."""
    border = next((one.border for one in here.zones if one.name == zone and one.border), None)
    if border is None:
        return []
    lats, lons = zip(*border, strict=True)
    within = (Spot.lat.between(min(lats), max(lats)), Spot.lon.between(min(lons), max(lons)))
    near = select(Spot.id, Spot.lat, Spot.lon).where(Spot.neighbourhood_id == here.id, *within)
    return [id_ for id_, lat, lon in db.session.execute(near) if geo.is_inside(border, lat, lon)]


def _now() -> int:
    return clock.today().year // 10 * 10


def _oldest() -> int:
    return _now() - 10 * DECADES
