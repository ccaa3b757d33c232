"""On the page of what happens here: that there are partners."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from core.happening.goings_on import GoingOn, Sort
from core.neighbourhoods.models import Neighbourhood
from game.partners import queries

NAMED = 3


def of(here: Neighbourhood) -> Iterator[GoingOn]:
    """One line for all of them."""
    names = [one.name for one in queries.of(here.id)]
    if names:
        yield GoingOn(
            "partners", Sort.OPEN, _l("Who works here with us"), "partners.index", {}, "hand",
            names=tuple(names[:NAMED]), others=max(0, len(names) - NAMED),
        )  # fmt: skip
