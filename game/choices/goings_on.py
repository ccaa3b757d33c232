"""What choices say on the page of what happens here: what can be chosen until when, and what became of the last ones.

Of an open choice nothing is counted (docs/decisions/0046-secret-choices.md).
"""

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import lazy_gettext as _l

from core import clock
from core.happening.goings_on import MOST, GoingOn, Sort, Way
from core.i18n import day
from core.neighbourhoods.models import Neighbourhood
from game.choices import queries

DAYS = 90  # that an outcome stands there


def of(here: Neighbourhood) -> Iterator[GoingOn]:
    """Both, in three questions however many there are."""
    for choice in queries.open_in(here.id):
        yield GoingOn(
            f"choice-{choice.key}", Sort.OPEN, choice.title, "choices.show", {"key": choice.key}, "vinkje",
            _l("choose with us, until %(day)s", day=day(choice.closes_on)), language=choice.language,
            since=choice.opened_at, way=Way.CHOOSE,
        )  # fmt: skip
    since = clock.now() - timedelta(days=DAYS)
    decided = [row for row in queries.closed_in(here.id) if row.outcome and row.outcome.at >= since]
    for choice, outcome in decided[:MOST]:
        assert outcome is not None
        about = _l("It becomes: %(option)s", option=outcome.option.title) if outcome.option else _l("It does not count")
        yield GoingOn(
            f"choice-{choice.key}", Sort.BECAME, choice.title, "choices.show", {"key": choice.key}, "vinkje", about,
            language=choice.language, since=outcome.at,
        )  # fmt: skip
