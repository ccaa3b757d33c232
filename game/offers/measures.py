"""How many people help or are helped after a host brought them together."""

from collections.abc import Iterator

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import aliased

from core.contributions.models import Contribution
from core.database import db
from core.measures.measure import MEASURES, Breakdown, Event, Measure, Mechanism, Span
from game.offers.models import Match


def init_app(app: Flask) -> None:
    """Register it."""
    MEASURES.add(app, HELPED.name, HELPED, order=41)


def _helped(span: Span) -> Iterator[Event]:
    """Both said yes. Who did both counts for what they did first."""
    can, asks = aliased(Contribution), aliased(Contribution)
    fits = select(can.who, asks.who).select_from(Match).join(can, can.key == Match.offer)
    here = Match.neighbourhood_id == span.neighbourhood_id
    both = (Match.offer_says.is_(True), Match.wish_says.is_(True), Match.at >= span.begins, Match.at < span.ends)
    found = fits.join(asks, asks.key == Match.wish).where(here, *both).order_by(Match.at, Match.id)
    first: dict[str, str] = {}
    for helper, helped in db.session.execute(found):
        yield Event(first.setdefault(helper, "gives"), (helper,))
        yield Event(first.setdefault(helped, "gets"), (helped,))


HELPED = Measure(
    "helped", _l("Who was brought together to help?"), Mechanism.GIVING, _l("Neighbours"),
    _l("neighbours said yes to each other's offer or wish"),
    _l("Whether it was done. Nobody reports that."), _helped,
    by=Breakdown(_l("What"), {"gives": _l("can do something"), "gets": _l("would like something")}),
)  # fmt: skip
