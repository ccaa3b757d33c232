"""For whom a kit is, and what schools call that of which it is about."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Level:
    """A group of a school. `words`: how many a sentence of a task has at most. `line`: millimetres between the lines to
    write on, on paper.
    """

    name: str
    label: LazyString
    words: int = 12
    line: float = 9.0


LEVELS = {
    one.name: one
    for one in (
        Level("groep-5", _l("Group 5"), line=11.0),
        Level("groep-6", _l("Group 6"), line=10.0),
        Level("groep-7", _l("Group 7")),
        Level("groep-8", _l("Group 8")),
        Level("onderbouw", _l("Lower secondary school"), words=15, line=8.0),
    )
}
TAGS = {
    "time": _l("time and sources"),
    "around": _l("own surroundings"),
    "living": _l("citizenship"),
    "language": _l("talking and listening"),
    "counting": _l("counting and measuring"),
    "making": _l("drawing and making"),
}  # names of areas, not numbers of the core goals: those are being written anew
