"""Proposing a place, and what becomes of it (docs/rules.md §3, "make spots, challenges, tours")."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time
from functools import partial

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from core import clock, codes
from core.database import db
from core.desk import queries as desk
from core.neighbourhoods.models import Neighbourhood
from core.people import queries as people
from core.people.models import Person
from core.places import degrees, geo
from core.places import service as places
from core.places.models import Spot
from core.proposals import queries
from core.proposals.models import SpotProposal, State
from core.refusal import Refusal, Sort

MOST_A_DAY = 5  # that a resident sends to the editors
FAR = 2000.0  # metres from the middle of a neighbourhood that has no border
STAYS = _l("Something hangs on this place by now. Take it off the map on the page of places.")


@dataclass(frozen=True)
class Place:
    """A place as somebody writes it."""

    name: str
    street: str
    about: str
    language: str
    lat: float  # WGS 84 degrees
    lon: float


def propose(person: Person, place: Place, named: bool) -> SpotProposal:
    """A place, to the editors; sent twice it is one, with or without their name as they said last.

    One that came back and is proposed in the same words waits anew. Raises Refusal after five a day, and for one that
    is not in the neighbourhood.
    """
    _must_lie_in(person.neighbourhood, place)
    people.lock([person.player_key])
    mine = select(SpotProposal).where(SpotProposal.player == person.player_key)
    same = (SpotProposal.state == State.WAITING, *(getattr(SpotProposal, on) == of for on, of in asdict(place).items()))
    if found := db.session.scalar(mine.where(*same).limit(1)):
        found.named = named and not person.is_young
        if desk.came_back(queries.DESK_KIND, found.key, found.asks):
            found.ask_anew()
        return found
    midnight = datetime.combine(clock.today(), time(), clock.AMSTERDAM)
    today = select(func.count()).select_from(mine.where(SpotProposal.sent_at >= midnight).subquery())
    if (db.session.scalar(today) or 0) >= MOST_A_DAY:
        raise Refusal(_l("Five a day is the most. Come back tomorrow."))
    made = SpotProposal(
        key=codes.new_key(), neighbourhood_id=person.neighbourhood_id, player=person.player_key, sent_at=clock.now(),
        named=named and not person.is_young, **asdict(place),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def send_again(proposal: SpotProposal, person: Person, place: Place, named: bool) -> None:
    """Other words, or another pin, for what still waits or came back. Raises Refusal once it is on the map or gone."""
    _must_wait(proposal)
    _must_lie_in(person.neighbourhood, place)
    for name, value in asdict(place).items():
        setattr(proposal, name, value)
    proposal.named = named and not person.is_young
    proposal.ask_anew()
    db.session.flush()


def withdraw(proposal: SpotProposal) -> None:
    """Its player takes it back, and nothing of it stays. Raises Refusal once it is on the map or gone."""
    _must_wait(proposal)
    db.session.delete(proposal)
    db.session.flush()


def put_on_map(proposal: SpotProposal) -> None:
    """An editor said yes: it becomes a spot, as makers make them. Again changes nothing."""
    if proposal.state == State.WAITING:
        proposal.spot = places.put_on_map(proposal.neighbourhood_id, proposal.as_spot)
        proposal.state = State.TAKEN
        db.session.flush()


def take_off_map(proposal: SpotProposal) -> None:
    """An editor thought again: the spot goes, and the proposal waits.

    Raises Refusal where something hangs on the spot by now, or a maker changed it: then it goes as any other spot, and
    once it did it stays with those that were taken off.
    """
    if proposal.state != State.TAKEN:
        return
    spot = db.session.scalar(select(Spot).where(Spot.id == proposal.spot_id).with_for_update())
    proposal.spot, proposal.state = None, State.WAITING
    db.session.flush()
    if spot is None:
        return
    if spot.id in places.used([spot.id], but=SpotProposal) or _was_changed(proposal, spot):
        if spot.removed_at is not None:
            return
        raise Refusal(STAYS)
    db.session.delete(spot)
    db.session.flush()


def staying(proposals: Sequence[SpotProposal]) -> set[str]:
    """The keys of those that `take_off_map` would refuse. One question, none where none is on the map."""
    there = {one.spot.id: one for one in proposals if one.is_on_the_map and one.spot}
    used = places.used(there.keys(), but=SpotProposal)
    return {one.key for spot, one in there.items() if spot in used or (one.spot and _was_changed(one, one.spot))}


def _was_changed(proposal: SpotProposal, spot: Spot) -> bool:
    return any(getattr(spot, name) != value for name, value in proposal.as_spot.items())


def part_of(here: Neighbourhood, lat: float, lon: float) -> str | None:
    """In which zone a point lies."""
    return next((zone.name for zone in here.zones if zone.border and geo.is_inside(zone.border, lat, lon)), None)


def _must_lie_in(here: Neighbourhood, place: Place) -> None:
    outside = _l("That lies outside this neighbourhood. Put the pin inside its border.")
    degrees.must_lie((place.lat, place.lon), partial(_lies_in, here), outside)
    places.must_be_put(here, place.lat, place.lon)


def _lies_in(here: Neighbourhood, lat: float, lon: float) -> bool:
    if not (abs(lat) <= 90 and abs(lon) <= 180):  # once round it would be the same place, found by none
        return False
    return geo.is_inside(here.border, lat, lon) if here.border else geo.distance(here.lat, here.lon, lat, lon) <= FAR


def _must_wait(proposal: SpotProposal) -> None:
    if not proposal.waits:
        raise Refusal(_l("That is not here (any more)."), Sort.UNKNOWN)
