"""A walk out of a file: what would come of it, and the draft that it becomes. Nobody sees it before an editor's yes.

Its new places are drafts too: off the map until its maker puts them there.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from core import clock, i18n
from core.database import db
from core.neighbourhoods import queries as neighbourhoods
from core.neighbourhoods.models import Neighbourhood
from core.places import geo
from core.places import queries as places
from core.places import service as spots
from core.places.models import Spot
from tours.stories import queries as stories
from tours.stories.models import Story
from tours.walks import from_csv, from_gpx, from_json, reading, service
from tours.walks.models import Stop, Tour
from tours.walks.reading import Tally
from tours.walks.written import Halt, Written, head, row

NEAR = 25.0  # metres within which a stop is at a place that is there
DRAFT = "draft"  # among the facts of a place: Spot.is_draft


@dataclass(frozen=True)
class File:
    """What was read. `digest`: SHA-256 of its bytes."""

    digest: str
    written: Written
    tally: Tally

    def carried(self) -> dict[str, Any]:
        """What its second step needs, and no word of a story."""
        rows = [{**row(halt), "words": "", "lat": halt.lat, "lon": halt.lon} for halt in self.written.halts]
        return {"digest": self.digest, "head": head(self.written), "rows": rows}


@dataclass
class Planned:
    """A stop that it would have: at a place that is there, or at a new one (its number in the plan)."""

    halt: Halt
    spot: Spot | None
    new: int | None
    story: Story | None = None


@dataclass
class Plan:
    """What would come of a file. `known`: the walk that the same file became already."""

    stops: list[Planned] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    known: Tour | None = None

    @property
    def new_places(self) -> int:
        """How many places are not there yet."""
        return len({one.new for one in self.stops if one.new is not None})


def read(raw: bytes) -> File:
    """What a file says, whatever it is called. Raises Refusal for what cannot be read."""
    text, tally = reading.text_of(raw), Tally()
    start = text.lstrip()[:1]
    reads = from_gpx.read if start == "<" else from_json.read if start in "{[" else from_csv.read
    return File(hashlib.sha256(raw).hexdigest(), reads(text, tally), tally)


def again(carried: dict[str, Any]) -> File:
    """What `File.carried` said."""
    tally = Tally()
    halts = [reading.halt(tally, (one["lat"], one["lon"]), one) for one in carried["rows"]]
    return File(carried["digest"], reading.written(tally, carried["head"], halts), tally)


def plan(here: Neighbourhood, file: File) -> Plan:
    """What would come of it here, in as many questions for forty stops as for two."""
    made = Plan(left=Counter(file.tally.left), changed=Counter(file.tally.changed), known=_known(here.id, file.digest))
    there, offered, new = places.of(here.id), _offered(here, file.written.halts), list[Halt]()
    for halt in file.written.halts:
        if max(abs(halt.lat - here.lat), abs(halt.lon - here.lon)) > spots.FAR:
            made.left["far"] += 1
            continue
        story = offered.pop(_key(here, halt), None)
        spot = story.spot if story and story.spot else _nearest(there, halt)
        at = None if spot else _among(new, halt)
        last = made.stops[-1] if made.stops else None
        if story is None and last and last.story is None and (last.spot, last.new) == (spot, at):
            made.left["again"] += 1
            continue
        made.changed["told"] += bool(halt.story and not story)
        made.stops.append(Planned(halt, spot, at, story))
    return made


def land(here: Neighbourhood, file: File, maker: str) -> tuple[Tour, bool]:
    """The draft that it becomes, and whether it is new: the same file becomes one walk."""
    neighbourhoods.lock(here.id)
    planned = plan(here, file)
    if planned.known:
        return planned.known, False
    said, languages = file.written, here.languages or i18n.languages()
    tour = service.make(
        here.id, said.title or _("A walk from a file"), said.lang if said.lang in languages else languages[0], maker
    )
    tour.file = file.digest
    made: dict[int, Spot] = {}
    for number, one in enumerate(planned.stops, 1):
        spot = one.spot or made.get(one.new or 0) or _new_spot(here.id, one.halt, number)
        if one.new is not None:
            made[one.new] = spot
        tour.stops.append(_stop(number, one, spot))
    words: dict[str, Any] = {"intro": said.intro, "ending": said.ending, "credit": said.credit}
    if said.is_loop is not None:
        words["is_loop"] = said.is_loop
    service.write(tour, {**words, **({"profile": said.profile} if said.profile else {})})
    tour.past = []
    db.session.flush()
    return tour, True


def put_on_map(tour: Tour) -> None:
    """Its new places are on the map from now on."""
    for spot in {stop.spot for stop in tour.stops if stop.spot.is_draft}:
        spot.removed_at = None
        spot.facts = {name: fact for name, fact in spot.facts.items() if name != DRAFT}
    db.session.flush()
    service.look_again(tour)


def _known(neighbourhood_id: int, digest: str) -> Tour | None:
    return db.session.scalar(select(Tour).where(Tour.neighbourhood_id == neighbourhood_id, Tour.file == digest))


def _offered(here: Neighbourhood, halts: Sequence[Halt]) -> dict[str, Story]:
    """The stories of this neighbourhood that a file names and whose tellers allow walks."""
    keys = stories.walk_keys([key for halt in halts if (key := _key(here, halt))])
    return {story.key: story for story in stories.some(keys) if story.neighbourhood_id == here.id}


def _key(here: Neighbourhood, halt: Halt) -> str:
    found = re.search(rf"/w/{re.escape(here.slug)}/stories/([a-z0-9]+)$", halt.story.story_url) if halt.story else None
    return found[1] if found else ""


def _nearest(there: Sequence[Spot], halt: Halt) -> Spot | None:
    measured = [(geo.distance(halt.lat, halt.lon, spot.lat, spot.lon), spot.id, spot) for spot in there]
    far, _id, spot = min(measured, default=(NEAR + 1, 0, None), key=lambda one: one[:2])
    return spot if far <= NEAR else None


def _among(new: list[Halt], halt: Halt) -> int:
    """Which of the new places it is at; another one where none is near."""
    for at, one in enumerate(new):
        if geo.distance(halt.lat, halt.lon, one.lat, one.lon) <= NEAR:
            return at
    new.append(halt)
    return len(new) - 1


def _new_spot(neighbourhood_id: int, halt: Halt, number: int) -> Spot:
    name = halt.place or halt.name or _("Place %(number)s", number=number)
    said: dict[str, Any] = {"name": name, "street": halt.street, "texts": {}, "lat": halt.lat, "lon": halt.lon}
    spot = spots.put_on_map(neighbourhood_id, {**said, **({"radius": halt.radius_m} if halt.radius_m else {})})
    spot.removed_at, spot.facts = clock.now(), {DRAFT: True}
    db.session.flush()
    return spot


def _stop(number: int, one: Planned, spot: Spot) -> Stop:
    halt = one.halt
    other = one.story.title if one.story else spot.name
    leg = {"metres": halt.leg_m, "remark": halt.leg_remark, "step_free": halt.leg_step_free}
    return Stop(
        number=number, spot=spot, story=one.story, title=halt.name if halt.name != other else "", intro=halt.intro,
        bridge=halt.bridge, leg={name: value for name, value in leg.items() if value} or None,
    )  # fmt: skip
