"""What the data say beside an answer of the team: each part says it of its own, as a sentence with a count.

It is for the team alone, and names nobody. Counts of things are exact; of people there are at least five, or it says
"fewer than 5", which may be nobody too.
"""

from collections.abc import Callable
from typing import NamedTuple

from flask_babel import LazyString, gettext

from core.neighbourhoods.models import Neighbourhood
from core.registry import Registry

FEWEST = 5  # people of whom it may be said how many they are


class Sentence(NamedTuple):
    """What is seen, and a line that explains or adds to it."""

    figure: LazyString | str
    about: LazyString | str = ""


class Seen(NamedTuple):
    """Beside which factor (a name in FACTORS) a part says what; None where it has nothing to say here."""

    factor: str
    say: Callable[[Neighbourhood], Sentence | None]


SEEN: Registry[Seen] = Registry("what the mirror shows")


def beside(factor: str, here: Neighbourhood) -> list[Sentence]:
    """What is seen of a factor, in order."""
    return [said for seen in SEEN.all() if seen.factor == factor and (said := seen.say(here))]


def people(how_many: int) -> str:
    """So many people, as it may be said."""
    return str(how_many) if how_many >= FEWEST else gettext("fewer than %(few)s", few=FEWEST)
