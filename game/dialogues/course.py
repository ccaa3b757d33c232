"""How a question goes: heard, taken up, done or it cannot be, each with words; "not yet" brings it back."""

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from core.steps.course import Course

PROFESSIONAL, ASKER = "professional", "asker"
ASKED, HEARD, TAKEN_UP, DONE, CANNOT = "asked", "heard", "taken_up", "done", "cannot"
DAYS = 14  # within which a question is heard, unless another day is said

COURSE = Course(
    kind="question",
    begins=ASKED,
    moves={
        ASKED: {PROFESSIONAL: frozenset({HEARD})},
        HEARD: {PROFESSIONAL: frozenset({TAKEN_UP, CANNOT})},
        TAKEN_UP: {PROFESSIONAL: frozenset({DONE, CANNOT})},
        DONE: {ASKER: frozenset({TAKEN_UP})},
    },
    labels={
        ASKED: _l("Asked"),
        HEARD: _l("Heard"),
        TAKEN_UP: _l("Taken up"),
        DONE: _l("Seen to"),
        CANNOT: _l("It cannot be, because …"),
    },
)
OVER = frozenset({DONE, CANNOT})


def due(begun: date) -> date:
    """The day by which somebody says something, where nobody named another."""
    return begun + timedelta(days=DAYS)
