"""How a walk was before each of its last changes, so that its maker can go back."""

from typing import Any

from core.database import db
from tours.walks.models import Stop, Tour

MOST = 10  # changes that can be undone
OF_TOUR = ("title", "intro", "ending", "credit", "language", "is_loop", "order", "profile")
OF_STOP = ("id", "spot_id", "story_id", "title", "intro", "bridge", "locked", "leg")


def remember(tour: Tour) -> None:
    """Keep how it is now."""
    now = {
        **{name: getattr(tour, name) for name in OF_TOUR},
        "stops": [{name: getattr(stop, name) for name in OF_STOP} for stop in tour.stops],
    }
    tour.past = [*tour.past, now][-MOST:]


def restore(tour: Tour) -> bool:
    """Make it as it was before its last change; whether there was one."""
    if not tour.past:
        return False
    *older, was = tour.past
    for name in OF_TOUR:
        setattr(tour, name, was[name])
    _stops_as(tour, was["stops"])
    tour.past = older
    return True


def _stops_as(tour: Tour, were: list[dict[str, Any]]) -> None:
    tour.stops.clear()
    db.session.flush()
    tour.stops += [Stop(number=number, **one) for number, one in enumerate(were, 1)]
    db.session.flush()
