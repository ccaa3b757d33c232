"""How many people gave a reason on a choice. Who voted is counted nowhere: a count each week would tell of a ballot."""

from collections.abc import Iterator

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core.contributions.models import Contribution
from core.database import db
from core.measures.measure import MEASURES, Event, Measure, Mechanism, Span
from game.choices.models import Choice, Reason


def init_app(app: Flask) -> None:
    """Register it."""
    MEASURES.add(app, REASONS.name, REASONS, order=33)


def _reasons(span: Span) -> Iterator[Event]:
    wrote = select(Contribution.who).join(Reason, Reason.key == Contribution.key).join(Choice)
    days = (Contribution.sent_at >= span.begins, Contribution.sent_at < span.ends)
    for who in db.session.scalars(wrote.where(Choice.neighbourhood_id == span.neighbourhood_id, *days)):
        yield Event("", (who,))


REASONS = Measure(
    "reasons", _l("Who thought along about a choice?"), Mechanism.SAY, _l("People"),
    _l("people wrote a reason for or against"), _l("What those think who only voted."), _reasons,
)  # fmt: skip
