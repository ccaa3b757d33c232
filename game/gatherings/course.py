"""How gatherings go. Moved and cancelled are said, with words; on and over the clock says, and a report that one was.

Only the first two are steps (core/steps): for the others the row of the gathering and of its report are enough.
"""

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

from core.steps.course import Course
from game.gatherings.models import Gathering

OPENER, HOST = "opener", "host"
PLANNED, MOVED, CANCELLED = "planned", "moved", "cancelled"
ON, OVER, REPORTED = "on", "over", "reported"
EARLY, LATE = timedelta(hours=1), timedelta(hours=3)  # around it, when people can say that they are there
COUNTED = timedelta(days=7)  # after it, until which whoever keeps it can still count
_WAYS = {OPENER: frozenset({MOVED, CANCELLED}), HOST: frozenset({MOVED, CANCELLED})}

COURSE = Course(
    kind="gathering",
    begins=PLANNED,
    moves={PLANNED: _WAYS, MOVED: _WAYS},
    labels={
        PLANNED: _l("Planned"),
        MOVED: _l("Moved"),
        CANCELLED: _l("Cancelled"),
        ON: _l("Going on now"),
        OVER: _l("It was"),
        REPORTED: _l("It was, with a report"),
    },
)


def stands(gathering: Gathering, said: str, is_reported: bool, now: datetime) -> str:
    """How it stands now, where its last step said this."""
    if said == CANCELLED:
        return CANCELLED
    if gathering.ends_at <= now:
        return REPORTED if is_reported else OVER
    return ON if gathering.begins_at <= now else said


def is_open(gathering: Gathering, said: str, now: datetime) -> bool:
    """Whether people can say that they are there."""
    return said != CANCELLED and gathering.begins_at - EARLY <= now < gathering.ends_at + LATE


def can_be_counted(gathering: Gathering, said: str, now: datetime) -> bool:
    """Whether whoever keeps it can count along who is there without a phone."""
    return said != CANCELLED and gathering.begins_at - EARLY <= now < gathering.ends_at + COUNTED
