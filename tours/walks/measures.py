"""How many walks were walked to their end."""

from collections.abc import Iterator

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.measures.measure import MEASURES, WEEK, Event, Measure, Mechanism, Span
from tours.walks import tally


def init_app(app: Flask) -> None:
    """Register it."""
    MEASURES.add(app, WALKS.name, WALKS, order=61)


def _count(span: Span) -> Iterator[Event]:
    """Of a walk nothing is kept but the sum of its week: each counts as somebody of its own, in whole weeks."""
    for number in range(tally.finished(span.neighbourhood_id, span.first, span.until - WEEK)):
        yield Event("", (str(number),))


WALKS = Measure(
    "walks", _l("How often was a walk walked?"), Mechanism.MORE, _l("Walks"), _l("walks were walked to their end"),
    _l("How many people that were. Who walks twice counts twice."), _count, of_events=True,
)  # fmt: skip
