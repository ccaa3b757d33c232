"""How ideas go: visible, weighed within fourteen days by a named editor with a reason, and one appeal to another."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from core.steps.course import Course

EDITOR, SENDER = "editor", "sender"
VISIBLE, ADOPTED, NOT_NOW, APPEALED = "visible", "adopted", "not_now", "appealed"
UPHELD, REVERSED, MERGED = "upheld", "reversed", "merged"
DAYS = 14  # within which an idea is answered
IDLE = timedelta(days=180)  # without a step or a co-sign: then it sleeps

COURSE = Course(
    kind="idea",
    begins=VISIBLE,
    moves={
        VISIBLE: {EDITOR: frozenset({ADOPTED, NOT_NOW, MERGED})},
        NOT_NOW: {EDITOR: frozenset({ADOPTED, MERGED}), SENDER: frozenset({APPEALED})},
        MERGED: {EDITOR: frozenset({ADOPTED, NOT_NOW}), SENDER: frozenset({APPEALED})},
        APPEALED: {EDITOR: frozenset({UPHELD, REVERSED, ADOPTED, NOT_NOW, MERGED})},  # which of them: answers()
        UPHELD: {EDITOR: frozenset({ADOPTED, MERGED})},
    },
    labels={
        VISIBLE: _l("Being weighed"),
        ADOPTED: _l("It goes ahead"),
        NOT_NOW: _l("Not now"),
        APPEALED: _l("Asked for another look"),
        UPHELD: _l("Still not now"),
        REVERSED: _l("It goes ahead after all"),
        MERGED: _l("It goes on in another idea"),
    },
    once=frozenset({APPEALED}),
)
WAITS = frozenset({VISIBLE, APPEALED})
"""Where an editor has to answer."""
GOES_AHEAD = frozenset({ADOPTED, REVERSED})
REFUSED = frozenset({NOT_NOW, UPHELD})
SECOND_LOOK = {NOT_NOW: frozenset({UPHELD, REVERSED}), MERGED: frozenset({MERGED, ADOPTED, NOT_NOW})}
"""What another editor can say, by what the sender did not agree with."""


def answers(states: Sequence[str]) -> frozenset[str]:
    """What an editor can decide about an idea that took these steps."""
    state = states[-1] if states else VISIBLE
    if state == APPEALED:
        return SECOND_LOOK.get(states[-2] if len(states) > 1 else "", frozenset())
    return COURSE.moves.get(state, {}).get(EDITOR, frozenset())


def due(begun: date) -> date:
    """The last day on which an answer is in time."""
    return begun + timedelta(days=DAYS)
