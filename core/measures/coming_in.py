"""Who came to play here: the one thing that core itself counts."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core.database import db
from core.measures.measure import AGE, Event, Measure, Mechanism, Span
from core.people.models import Person, PlayerKeyLine


def _count(span: Span) -> Iterator[Event]:
    """Who joined in these days, and is here."""
    joined = select(PlayerKeyLine.key, Person.is_young).join(Person, Person.id == PlayerKeyLine.person_id)
    mine = joined.where(Person.neighbourhood_id == span.neighbourhood_id, Person.leaving_at.is_(None))
    days = mine.where(Person.joined_at >= span.begins, Person.joined_at < span.ends)
    for player, is_young in db.session.execute(days.execution_options(yield_per=1000)):
        yield Event("young" if is_young else "older", (player,))


COMING_IN = Measure(
    "coming_in", _l("Who came to play?"), Mechanism.MORE, _l("Neighbours"),
    _l("neighbours came to play for the first time"),
    _l("How old people are: each said so themselves. Nor who plays on."), _count, by=AGE,
)  # fmt: skip
