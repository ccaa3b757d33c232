"""The seven things that worked elsewhere, after the success factors of 31Volts, in our own words (docs/rules.md §9)."""

from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Factor(NamedTuple):
    """One of them: what it is, and what a team may ask itself."""

    label: LazyString
    asks: LazyString


OWN, PRESENT, TOGETHER, RESEARCH = "own", "present", "together", "research"
PARTNERS, HISTORY, FACE = "partners", "history", "face"

FACTORS: dict[str, Factor] = {
    OWN: Factor(
        _l("Residents do it themselves, with money and tools"),
        _l("Can a group begin tomorrow? Do they get what they need, without a pile of forms?"),
    ),
    PRESENT: Factor(
        _l("We are there, and learn the language of the neighbourhood"),
        _l("Who of us is there, when, and in which languages? Do people know us from the street?"),
    ),
    TOGETHER: Factor(
        _l("We think it up together"),
        _l("Do residents sit at the table when something begins, or only when it is ready?"),
    ),
    RESEARCH: Factor(
        _l("Residents do research with us"),
        _l("Who asks the questions, counts and looks? What did residents find out?"),
    ),
    PARTNERS: Factor(
        _l("Partners, not customers"),
        _l("Do promises go both ways? Who decides when we do not agree?"),
    ),
    HISTORY: Factor(
        _l("We use what was here before"),
        _l("Which stories, places and habits of the neighbourhood do we build on?"),
    ),
    FACE: Factor(
        _l("We give it a face"),
        _l("Can people see who does it, with a name? Only of who likes that."),
    ),
}  # fmt: skip
"""By name, in the order in which they stand on the page."""
