"""Finding walks. What of one may be shown is asked here, at every question: its teller allows walks, and not no to it.

Whatever shows a walk to anybody but its maker asks `live` for its stops, and nothing else.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from core.consent import queries as consents
from core.database import db
from core.places.models import Spot
from tours.stories import index
from tours.stories import queries as stories
from tours.stories.models import Story
from tours.stories.uses import KIND
from tours.walks.models import FEWEST, PUBLIC, Refused, State, Stop, Tour

DESK_KIND = "tour"
OFFERED = 60  # stories that the page of a maker shows


@dataclass(frozen=True)
class Shown:
    """A stop as it may be shown now. `bridge` leads to the stop that follows it now: "" where another followed."""

    number: int
    stop: Stop
    bridge: str

    @property
    def title(self) -> str:
        """The walk's own words for it, else what its story is called, else its place."""
        return self.stop.title or (self.stop.story.title if self.stop.story else "") or self.stop.spot.name


def is_live() -> ColumnElement[bool]:
    """Of a Stop joined with its Spot and (outer) Story: it may be shown."""
    no = select(Refused.tour_id).where(Refused.tour_id == Stop.tour_id, Refused.story_id == Stop.story_id)
    may_walk = and_(stories.can_be_in_walks(), ~no.correlate(Stop).exists())
    return and_(Spot.removed_at.is_(None), or_(Stop.story_id.is_(None), may_walk))


def live(tours: Collection[int]) -> dict[int, list[Shown]]:
    """What may be shown of these walks, by id: as many questions for ten as for one."""
    found = (
        select(Stop).join(Stop.spot).outerjoin(Stop.story).where(Stop.tour_id.in_(tours), is_live())
        .order_by(Stop.tour_id, Stop.number)
        .options(contains_eager(Stop.spot), contains_eager(Stop.story).selectinload(Story.pictures))
    )  # fmt: skip
    of: dict[int, list[Stop]] = {}
    for stop in db.session.scalars(found):
        of.setdefault(stop.tour_id, []).append(stop)
    return {tour: [_shown(at, stops) for at in range(len(stops))] for tour, stops in of.items()}


def _shown(at: int, stops: Sequence[Stop]) -> Shown:
    stop, after = stops[at], stops[at + 1] if at + 1 < len(stops) else None
    follows = after is not None and after.number == stop.number + 1
    return Shown(at + 1, stop, stop.bridge if follows else "")


def stands() -> ColumnElement[bool]:
    """Of a Tour: everybody may see it, published and with two stops that may be shown (I10)."""
    shown = select(func.count(Stop.id)).join(Stop.spot).outerjoin(Stop.story).where(Stop.tour_id == Tour.id, is_live())
    return and_(Tour.state.in_(PUBLIC), shown.correlate(Tour).scalar_subquery() >= FEWEST)


def one(neighbourhood_id: int, key: str) -> Tour | None:
    """A walk that everybody may see."""
    return db.session.scalar(select(Tour).where(Tour.neighbourhood_id == neighbourhood_id, Tour.key == key, stands()))


def everywhere(key: str) -> Sequence[Tour]:
    """The walks of this key that everybody may see, of all neighbourhoods."""
    return db.session.scalars(select(Tour).where(Tour.key == key, stands()).order_by(Tour.id)).all()


def of(neighbourhood_id: int) -> Sequence[Tour]:
    """The walks that everybody may see, the newest first."""
    here = select(Tour).where(Tour.neighbourhood_id == neighbourhood_id, stands())
    return db.session.scalars(here.order_by(Tour.published_at.desc(), Tour.id.desc()).limit(100)).all()


def at(spot_id: int) -> Sequence[tuple[Tour, int]]:
    """The walks that everybody may see and that stop at a spot, with the number that the stop has now."""
    there = select(Tour).where(Tour.id.in_(select(Stop.tour_id).where(Stop.spot_id == spot_id)), stands())
    tours = db.session.scalars(there.order_by(Tour.title, Tour.id)).all()
    shown = live([tour.id for tour in tours])
    return [
        (tour, first.number)
        for tour in tours
        if (first := next((one for one in shown[tour.id] if one.stop.spot_id == spot_id), None))
    ]


# ---- other sites


def elsewhere(shown: Collection[Shown]) -> list[Shown]:
    """Those of these stops that may stand on other sites: without a story, or with its teller's yes to that."""
    allowed = stories.embed_keys([one.stop.story.key for one in shown if one.stop.story])
    return [one for one in shown if one.stop.story is None or one.stop.story.key in allowed]


def gone(neighbourhood_id: int) -> Sequence[str]:
    """The keys of walks that everybody saw once and nobody can see now."""
    here = select(Tour.key).where(Tour.neighbourhood_id == neighbourhood_id, Tour.published_at.is_not(None), ~stands())
    return db.session.scalars(here.order_by(Tour.id.desc()).limit(100)).all()


def left_at(neighbourhood_id: int) -> datetime | None:
    """When a story last left other sites, or a walk here: what copied a walk may hold more than it says now."""
    refused = select(func.max(Refused.since)).join(Tour).where(Tour.neighbourhood_id == neighbourhood_id)
    withdrawn = [at for _key, _use, at in consents.revocations(neighbourhood_id, KIND)[:1]]
    return max(filter(None, (*withdrawn, db.session.scalar(refused))), default=None)


# ---- makers'


def offered(
    neighbourhood_id: int, words: str = "", theme: str = "", first: int | None = None, last: int | None = None,
    heard: bool = False,
) -> Sequence[Story]:  # fmt: skip
    """The stories whose tellers allow walks, the oldest time first: with all of these words, of these years."""
    found = select(Story).where(Story.neighbourhood_id == neighbourhood_id, stories.can_be_in_walks(), index.has(words))
    if theme:
        found = found.where(Story.theme == theme)
    if first is not None:
        found = found.where(Story.first_year >= first)
    if last is not None:
        found = found.where(Story.first_year <= last)
    if heard:
        found = found.where(stories.has_a_voice())
    ordered = found.order_by(Story.first_year.is_(None), Story.first_year, Story.id).limit(OFFERED)
    return db.session.scalars(ordered.options(joinedload(Story.spot))).all()


def was_here(neighbourhood_id: int, key: str) -> Tour | None:
    """A walk of makers, or one that once was here."""
    this = (Tour.neighbourhood_id == neighbourhood_id, Tour.key == key)
    return db.session.scalar(select(Tour).where(*this))


def locked(neighbourhood_id: int, key: str) -> Tour | None:
    """The same, held until the end of the transaction, with all its stops."""
    this = (Tour.neighbourhood_id == neighbourhood_id, Tour.key == key)
    return db.session.scalar(select(Tour).where(*this).with_for_update().execution_options(populate_existing=True))


def of_makers(neighbourhood_id: int) -> Sequence[Tour]:
    """All walks of a neighbourhood, those that need somebody first, then the newest."""
    here = select(Tour).where(Tour.neighbourhood_id == neighbourhood_id).options(selectinload(Tour.stops))
    needy = (Tour.state == State.NEEDS_ATTENTION).desc()
    return db.session.scalars(here.order_by(needy, (Tour.state == State.RETIRED), Tour.id.desc()).limit(200)).all()


def stops_of(tour_id: int) -> Sequence[Stop]:
    """All stops, also those that may not be shown, with place and story."""
    all_ = select(Stop).where(Stop.tour_id == tour_id).order_by(Stop.number)
    return db.session.scalars(all_.options(joinedload(Stop.spot), joinedload(Stop.story))).all()


def refused(tour_id: int) -> set[int]:
    """The stories whose tellers do not want them in this walk."""
    return set(db.session.scalars(select(Refused.story_id).where(Refused.tour_id == tour_id)))


def with_story(story_id: int) -> Sequence[tuple[Tour, bool]]:
    """The walks that a story is a stop of, or was and its teller said no to; and whether they did."""
    said_no = select(Refused.tour_id).where(Refused.story_id == story_id)
    stops = select(Stop.tour_id).where(Stop.story_id == story_id)
    found = select(Tour).where(or_(Tour.id.in_(said_no), Tour.id.in_(stops)), Tour.state != State.RETIRED)
    no = set(db.session.scalars(said_no))
    return [(tour, tour.id in no) for tour in db.session.scalars(found.order_by(Tour.title, Tour.id))]
