"""What is asked: the statements, where each is from, and the five answers (docs/decisions/0051-survey.md).

The Dutch is the scale as it was published, word for word; the other languages are ours, and the page says so.
"""

from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

CBS, UTRECHT = "cbs", "utrecht"
SOURCES: dict[str, tuple[LazyString, str]] = {
    CBS: (
        _l("Statistics Netherlands (CBS), 2018: five of its six statements, and its five answers"),
        "https://www.cbs.nl/nl-nl/nieuws/2018/01/tevredener-met-het-leven-bij-sterkere-binding-met-buurt",
    ),
    UTRECHT: (
        _l("Municipality of Utrecht, residents’ survey: two of its five statements, with the answers of CBS"),
        "https://utrecht.incijfers.nl",
    ),
}
"""What each is, and where it was published."""


class Item(NamedTuple):
    """A statement. `is_reversed`: who agrees finds that people live apart."""

    words: LazyString
    source: str
    is_reversed: bool = False


ITEMS: dict[str, Item] = {
    "contact": Item(_l("I have much contact with other residents of the neighbourhood."), CBS),
    "pleasant": Item(_l("In this neighbourhood people treat each other in a pleasant way."), CBS),
    "helping": Item(
        _l("I live in a sociable neighbourhood where people help each other and do things together."), CBS
    ),
    "hardly": Item(_l("People in this neighbourhood hardly know each other."), CBS, is_reversed=True),
    "at_home": Item(_l("I feel at home in this neighbourhood."), CBS),
    "mixing": Item(_l("The people in this neighbourhood spend much time with each other."), UTRECHT),
    "at_ease": Item(_l("I feel at ease with the people who live in this neighbourhood."), UTRECHT),
}  # fmt: skip
"""By name, in the order in which they are asked."""

ANSWERS: dict[int, LazyString] = {
    5: _l("Completely agree"),
    4: _l("Agree"),
    3: _l("Not agree, but not disagree either"),
    2: _l("Disagree"),
    1: _l("Completely disagree"),
}
"""By the figure that stands for it, as they stand on the page and on paper."""

Sheet = dict[str, int]  # what one sheet says: an answer for some of the items


def worth(item: str, value: int) -> int:
    """What an answer is worth, 1–5: a higher figure always means that people live more together."""
    return 6 - value if ITEMS[item].is_reversed else value
