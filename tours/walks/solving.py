"""A walk's line: asks the route engine, and keeps what it said on the walk.

`Tour.legs` is a list, a leg after each stop that can be shown (a loop has one back): `from` and `to` are ids of stops,
`metres`, `seconds`, `line` ([[lat, lon], …], or None where nobody knows the way), `step_free` ("yes", "no", "unknown"),
`source` (which tier) and `remarks`.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from core import clock
from core.database import db
from core.neighbourhoods.models import Neighbourhood
from tours.routing import tiers
from tours.routing.asked import Settings
from tours.routing.asked import Stop as Halt
from tours.routing.legs import PROFILES, ByHand, Leg, Legs, StepFree
from tours.routing.order import Mode
from tours.routing.plan import Plan, plan
from tours.stories import queries as stories
from tours.stories import text
from tours.walks import queries
from tours.walks.models import Stop, Tour

ANSWERS = {StepFree.YES: True, StepFree.NO: False, StepFree.UNKNOWN: None}


def solve(tour: Tour) -> None:
    """Keep the line past the stops that can be shown, in the order that they stand in."""
    db.session.flush()
    stops = [shown.stop for shown in queries.live([tour.id]).get(tour.id, [])]
    found = asked(tour, stops, replace(_settings(tour, stops), mode=Mode.AUTHOR, locked=()))
    pairs = zip(found.order, [*found.order[1:], *found.order[:1]], found.legs, strict=False)
    tour.legs = [_kept(int(start), int(end), leg) for start, end, leg in pairs]
    tour.metres, tour.minutes = round(found.metres), round(found.minutes)
    tour.step_free = _step_free(found, stops)
    tour.due_at = None


def best(tour: Tour, stops: Sequence[Stop], minutes: int | None) -> Plan:
    """The best order of these stops, from the first of them; those that fit in so many minutes.

    Raises Refusal where what is locked together contradicts itself.
    """
    return asked(tour, stops, replace(_settings(tour, stops), minutes=minutes))


def asked(tour: Tour, stops: Sequence[Stop], settings: Settings) -> Plan:
    """What the route engine says of these stops."""
    by_hand = {
        (str(stop.id), str(after.id)): hand for stop, after in _pairs(tour, stops) if (hand := _by_hand(stop.leg))
    }
    here = db.session.get_one(Neighbourhood, tour.neighbourhood_id)
    heard = stories.heard([stop.story_id for stop in stops if stop.story_id])
    halts = [_halt(stop, stop.story_id in heard) for stop in stops]
    return plan(halts, settings, Legs(tiers(here.slug), by_hand), clock.today())


def _settings(tour: Tour, stops: Sequence[Stop]) -> Settings:
    start = str(stops[0].id) if stops else None
    locked = tuple((str(stop.id), str(after.id)) for stop, after in pairwise(stops) if stop.locked)
    mode = Mode.CHRONOLOGICAL if tour.order == Mode.CHRONOLOGICAL else Mode.SHORTEST
    end = str(stops[-1].id) if len(stops) > 1 and not tour.is_loop else None
    kept = frozenset(str(stop.id) for stop in stops if stop.story_id is None)  # a welcome, a place to sit
    return Settings(mode, tour.is_loop, start, end, locked, PROFILES[tour.profile], kept=kept)


def _halt(stop: Stop, is_heard: bool) -> Halt:
    """Without its teller's yes to the voice, a story is read."""
    story = stop.story
    words = text.word_count(f"{stop.intro} {stop.bridge}")
    if story is None:
        return Halt(str(stop.id), stop.spot.lat, stop.spot.lon, words=words)
    voice = story.milliseconds if is_heard else None
    told = words if voice else words + text.word_count(story.words)
    heard = voice / 1000 + words / text.READ_A_MINUTE * 60 if voice else None
    return Halt(
        str(stop.id), stop.spot.lat, stop.spot.lon, heard, told, teller=story.called or story.key, year=story.first_year
    )


def _pairs(tour: Tour, stops: Sequence[Stop]) -> list[tuple[Stop, Stop]]:
    return list(zip(stops, [*stops[1:], *(stops[:1] if tour.is_loop else ())], strict=False))


def _by_hand(said: dict[str, object] | None) -> ByHand | None:
    """What its maker said of the way from a stop to the next."""
    if not said:
        return None
    metres, remark, answer = said.get("metres"), said.get("remark"), said.get("step_free")
    return ByHand(
        metres=float(str(metres)) if metres else None,
        step_free=StepFree(str(answer)) if answer else None,
        remarks=(str(remark),) if remark else (),
        evidence="maker",
    )


def _kept(start: int, end: int, leg: Leg) -> dict[str, object]:
    line = [[round(lat, 6), round(lon, 6)] for lat, lon in leg.line] if leg.line else None
    return {
        "from": start, "to": end, "metres": round(leg.metres), "seconds": round(leg.seconds), "line": line,
        "step_free": str(leg.step_free), "source": leg.source, "remarks": list(leg.remarks),
    }  # fmt: skip


def _step_free(found: Plan, stops: Sequence[Stop]) -> bool | None:
    """No step anywhere: on the way, nor to get in."""
    answers = [*(ANSWERS[leg.step_free] for leg in found.legs), *(stop.spot.access.step_free for stop in stops)]
    if False in answers:
        return False
    return True if answers and None not in answers else None
