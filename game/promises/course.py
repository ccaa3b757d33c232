"""How promises go: kept, changed or broken by who made them, released by who they were made to; each with words.

*Late* alone sets itself: the query tells it from the day, so it is no step and has no row, and a new day ends it.
"""

from datetime import date

from flask_babel import lazy_gettext as _l

from core.steps.course import Course

MAKER, RECEIVER, COORDINATOR = "maker", "receiver", "coordinator"
OPEN, KEPT, CHANGED, BROKEN, RELEASED, LATE = "open", "kept", "changed", "broken", "released", "late"
RUNS = frozenset({OPEN, CHANGED})
_WAYS = {
    MAKER: frozenset({KEPT, CHANGED, BROKEN}),
    RECEIVER: frozenset({RELEASED}),
    COORDINATOR: frozenset({RELEASED}),  # in the name of a group, which cannot say it itself
}

COURSE = Course(
    kind="promise",
    begins=OPEN,
    moves={OPEN: _WAYS, CHANGED: _WAYS},
    labels={
        OPEN: _l("Promised"),
        KEPT: _l("Kept"),
        CHANGED: _l("Changed"),
        BROKEN: _l("It could not be"),
        RELEASED: _l("Let go"),
        LATE: _l("Late"),
    },
)


def stands(said: str, due_on: date, today: date) -> str:
    """How it stands today, where its last step said this."""
    return LATE if said in RUNS and due_on < today else said
