"""How initiatives go: they start, run, rest and are done, each time in words of one of their people or an editor."""

from flask_babel import lazy_gettext as _l

from core.steps.course import Course

LEADER, EDITOR = "leader", "editor"
STARTING, RUNNING, RESTING, DONE = "starting", "running", "resting", "done"
BOTH = (LEADER, EDITOR)

COURSE = Course(
    kind="initiative",
    begins=STARTING,
    moves={
        STARTING: {who: frozenset({RUNNING, RESTING, DONE}) for who in BOTH},
        RUNNING: {who: frozenset({RESTING, DONE}) for who in BOTH},
        RESTING: {who: frozenset({RUNNING, DONE}) for who in BOTH},
    },
    labels={
        STARTING: _l("It is starting"),
        RUNNING: _l("It runs"),
        RESTING: _l("It rests"),
        DONE: _l("It is done"),
    },
)
GOES_ON = frozenset({STARTING, RUNNING})
"""Where somebody can take part at once."""
