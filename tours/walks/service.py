"""Making a walk: its words, its stops and their order, on foot, to the desk, and back (docs/rules.md §6)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core import clock, spelling
from core.database import db
from core.places.models import Spot
from core.refusal import Refusal, Sort
from tours.stories.models import Story
from tours.walks import past, queries, solving, standing
from tours.walks.models import FEWEST, MOST_STOPS, PUBLIC, State, Stop, Tour

MOST_MINUTES = 600


class Left(NamedTuple):
    """A stop that a walk of so many minutes has no room for, and how many minutes it would add."""

    stop: Stop
    minutes: int


def make(neighbourhood_id: int, title: str, language: str, maker: str) -> Tour:
    """A new walk, without stops. Its key is made of its title, and stays."""
    tour = Tour(
        neighbourhood_id=neighbourhood_id, key=_key(neighbourhood_id, title), title=title, language=language,
        maker=maker, legs=[], past=[],
    )  # fmt: skip
    db.session.add(tour)
    db.session.flush()
    return tour


def write(tour: Tour, words: Mapping[str, Any]) -> None:
    """Its title, words, language, and who walks it: `past.OF_TOUR`. Another profile or shape is to be walked again."""
    _begin(tour)
    was = (tour.is_loop, tour.profile)
    for name in set(past.OF_TOUR) & set(words):
        setattr(tour, name, words[name])
    _changed(tour, another_way=was != (tour.is_loop, tour.profile))


def add(tour: Tour, spot: Spot, story: Story | None = None) -> Stop:
    """A stop at the end. Raises Refusal for a story whose teller does not allow it in walks, or not in this one."""
    _begin(tour)
    if len(tour.stops) >= MOST_STOPS:
        raise Refusal(_l("A walk has 40 stops at most."), Sort.CONFLICT)
    if story and any(stop.story_id == story.id for stop in tour.stops):
        raise Refusal(_l("This story is in the walk already."), Sort.CONFLICT)
    if story is None and tour.stops and (tour.stops[-1].story_id, tour.stops[-1].spot_id) == (None, spot.id):
        raise Refusal(_l("This place is the last stop already."), Sort.CONFLICT)
    if story and (not standing.is_offered(story) or story.id in queries.refused(tour.id)):
        raise Refusal(_l("The teller does not allow this story in this walk."), Sort.CONFLICT)
    stop = Stop(number=len(tour.stops) + 1, spot=spot, story=story)
    tour.stops.append(stop)
    _changed(tour)
    return stop


def remove(tour: Tour, stop_id: int) -> None:
    """A stop goes; those after it move up."""
    _begin(tour)
    tour.stops.remove(_stop(tour, stop_id))
    _numbered(tour, tour.stops)
    _changed(tour)


def move(tour: Tour, stop_id: int, number: int) -> None:
    """A stop comes to stand at this number; beyond the first or the last it is that."""
    _begin(tour)
    stop = _stop(tour, stop_id)
    others = [one for one in tour.stops if one is not stop]
    others.insert(max(number - 1, 0), stop)
    _numbered(tour, others)
    _changed(tour)


def lock(tour: Tour, stop_id: int, locked: bool) -> None:
    """The next stop always follows this one, or no longer."""
    _begin(tour)
    _stop(tour, stop_id).locked = locked
    _changed(tour, another_way=False)


def write_stop(tour: Tour, stop_id: int, words: Mapping[str, str], leg: Mapping[str, Any] | None) -> None:
    """The walk's own words at a stop (`title`, `intro`, `bridge`), and what its maker says of the way to the next."""
    _begin(tour)
    stop = _stop(tour, stop_id)
    another_way = (stop.leg or None) != (leg or None)
    for name in ("title", "intro", "bridge"):
        setattr(stop, name, words[name])
    stop.leg = dict(leg) if leg else None
    _changed(tour, another_way)


def make_loop(tour: Tour, order: str, minutes: int | None = None) -> list[Left]:
    """The best order from the first stop; of more than fits in so many minutes the rest goes, and is named.

    What cannot be shown now stays at the end, where its maker sees why.
    """
    _begin(tour)
    tour.order = order
    db.session.flush()
    live = {shown.stop.id for shown in queries.live([tour.id]).get(tour.id, [])}
    stops = [stop for stop in tour.stops if stop.id in live]
    found = solving.best(tour, stops, minutes)
    by_id = {str(stop.id): stop for stop in stops}
    left = [Left(by_id[one.key], max(1, round(min(one.minutes, MOST_MINUTES)))) for one in found.dropped]
    kept = [*(by_id[key] for key in found.order), *(stop for stop in tour.stops if stop.id not in live)]
    for stop, _minutes in left:
        tour.stops.remove(stop)
    _numbered(tour, kept)
    _changed(tour)
    return left


def undo(tour: Tour) -> bool:
    """As it was before its last change; whether there was one. What tellers said meanwhile stands."""
    _must_be_open(tour)
    if not past.restore(tour):
        return False
    _changed(tour)
    return True


def check_on_foot(tour: Tour, on: date, by: str) -> None:
    """Somebody walked it, exactly so. Raises Refusal for a day that is not over, and for a walk of one stop."""
    _must_be_open(tour)
    if on > clock.today():
        raise Refusal(_l("That day is still to come."), Sort.INVALID, field="checked_on")
    if len(tour.stops) < FEWEST:
        raise Refusal(_l("A walk has two stops or more that people can see."), Sort.CONFLICT)
    tour.checked_on, tour.checked_by, tour.state = on, by, State.CHECKED
    db.session.flush()


def send(tour: Tour) -> None:
    """To the editors. Raises Refusal for what nobody walked, and for what must be mended first."""
    _must_be_open(tour)
    if tour.state != State.CHECKED:
        raise Refusal(_l("Walk it first, and write down when."), Sort.CONFLICT)
    if not standing.whole(tour).is_fit:
        raise Refusal(_l("Something is still missing. The warnings say what."), Sort.CONFLICT)
    if tour.sent_at is None:
        tour.sent_at, tour.asks = clock.now(), tour.asks + 1
    db.session.flush()


def open_again(tour: Tour) -> None:
    """Its maker changes what people could see: from now on nobody sees it, until an editor said yes again."""
    if tour.state in (*PUBLIC, State.RETIRED):
        tour.state, tour.sent_at = State.CHECKED, None
        _settle_state(tour)


def go_on(tour: Tour) -> None:
    """Without the stops that cannot be shown: what editors saw, and less. Raises Refusal where too little is left."""
    if tour.state != State.NEEDS_ATTENTION:
        return
    seen = standing.whole(tour)
    if len(seen.live) < FEWEST:
        raise Refusal(_l("A walk has two stops or more that people can see."), Sort.CONFLICT)
    past.remember(tour)
    for before, stop in zip(seen.stops, seen.stops[1:], strict=False):
        if stop.id not in seen.live:
            before.bridge = ""  # it led there
    for stop in [stop for stop in tour.stops if stop.id not in seen.live]:
        tour.stops.remove(stop)
    _numbered(tour, tour.stops)
    tour.state, tour.version = State.PUBLISHED, tour.version + 1
    solving.solve(tour)


def retire(tour: Tour) -> None:
    """Nobody sees it any more; its address is given to no other."""
    tour.state, tour.sent_at = State.RETIRED, None
    db.session.flush()


def look_again(tour: Tour) -> None:
    """What the sweep does with a walk: its line anew, and whether its maker has to look at it."""
    seen = standing.whole(tour)
    if tour.state in PUBLIC:
        is_whole = all(stop.id in seen.live for stop in seen.stops)
        tour.state = State.PUBLISHED if is_whole else State.NEEDS_ATTENTION
        tour.version += 1
    solving.solve(tour)
    db.session.flush()


def _begin(tour: Tour) -> None:
    _must_be_open(tour)
    past.remember(tour)


def _must_be_open(tour: Tour) -> None:
    if not tour.is_open:
        raise Refusal(_l("Say first that you want to change it."), Sort.CONFLICT)


def _changed(tour: Tour, another_way: bool = True) -> None:
    """No editor saw it so; another way was walked by nobody yet."""
    tour.version, tour.sent_at = tour.version + 1, None
    if another_way:
        tour.state, tour.checked_on, tour.checked_by = State.DRAFT, None, ""
    solving.solve(tour)
    db.session.flush()


def _settle_state(tour: Tour) -> None:
    if tour.checked_on is None:
        tour.state = State.DRAFT
    db.session.flush()


def _numbered(tour: Tour, stops: Sequence[Stop]) -> None:
    for number, stop in enumerate(stops, 1):
        stop.number = number
    tour.stops.sort(key=lambda stop: stop.number)


def _stop(tour: Tour, stop_id: int) -> Stop:
    found = next((stop for stop in tour.stops if stop.id == stop_id), None)
    if found is None:
        raise Refusal(_l("That stop is not in this walk (any more)."), Sort.UNKNOWN)
    return found


def _key(neighbourhood_id: int, title: str) -> str:
    plain = spelling.slug(title, "walk")
    taken = set(db.session.scalars(select(Tour.key).where(Tour.neighbourhood_id == neighbourhood_id)))
    return next(key for key in _keys(plain) if key not in taken)


def _keys(plain: str) -> Iterable[str]:
    yield plain
    yield from (f"{plain}-{number}" for number in range(2, 10_000))
