"""The stories that a maker may choose from: those whose tellers allow walks, searched."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l

from tours.stories import queries as stories
from tours.stories.forms import THEMES
from tours.stories.views import Shown, shown
from tours.walks import queries

__all__ = ["THEMES"]  # what the page offers
PERIODS = {"old": _l("Until 1960"), "between": _l("1960 to 1990"), "new": _l("After 1990")}
YEARS = {"old": (None, 1959), "between": (1960, 1990), "new": (1991, None)}
NAMES = ("q", "theme", "period", "heard")


def asked(said: Mapping[str, str]) -> dict[str, str]:
    """What somebody searches, from the address of the page."""
    return {name: said.get(name, "")[:80] for name in NAMES}


def of(neighbourhood_id: int, said: Mapping[str, str]) -> Sequence[Shown]:
    """Those that fit, the oldest time first."""
    first, last = YEARS.get(said["period"], (None, None))
    return shown(queries.offered(neighbourhood_id, said["q"], said["theme"], first, last, bool(said["heard"])))


def left(said: str) -> list[tuple[str, str, int]]:
    """The stories that had no place in the time: title, language, and how many minutes each would add."""
    parts = [one.split(".") for one in said[:2000].split(",") if one.count(".") == 1]
    minutes = {key: int(number) for key, number in parts if number.isdecimal() and len(number) < 4}
    return [(story.title, story.language, minutes[story.key]) for story in stories.some(list(minutes))]
