"""What meetings did for the neighbourhood: who met somebody new, from where, who met again, and who is still alone."""

from collections.abc import Iterator
from datetime import timedelta

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from core import clock
from core.database import db
from core.measures.measure import (
    MEASURES,
    NEWCOMER,
    NO_ZONE,
    WEEK,
    ZONE,
    ZONES,
    Breakdown,
    Event,
    Measure,
    Mechanism,
    Span,
)
from core.people.models import Person, PlayerKeyLine
from game.scoring.models import Known, Pair
from game.seasons.models import Season

AT_ONCE = 1000  # rows in memory
DAY = timedelta(days=1)


def init_app(app: Flask) -> None:
    """Register them."""
    for order, measure in enumerate((CONTACTS, BETWEEN, NEWCOMERS, AGAIN, ALONE)):
        MEASURES.add(app, measure.name, measure, order=10 + order)


def _pairs(span: Span) -> Select[Pair]:
    """The pairs that met for points in these days, in an order that stays: by day, and by keys that are by chance."""
    days = _all_pairs(span).where(Pair.stands()).order_by(Pair.first_on, Pair.low, Pair.high)
    return days.execution_options(yield_per=AT_ONCE)


def _all_pairs(span: Span) -> Select[Pair]:
    """Those of which the points were taken away with them."""
    mine = select(Pair).join(Season, Season.id == Pair.season_id)
    here = (Season.neighbourhood_id == span.neighbourhood_id, Season.starts_on == span.first)
    return mine.where(*here, Pair.first_on < span.until)


def _contacts(span: Span) -> Iterator[Event]:
    """Each counts in the part of the neighbourhood in which they lived when they met the first one."""
    homes: dict[str, str] = {}
    columns = _pairs(span).with_only_columns(Pair.low, Pair.low_zone_id, Pair.high, Pair.high_zone_id)
    for low, low_zone, high, high_zone in db.session.execute(columns):
        yield Event(homes.setdefault(low, str(low_zone or NO_ZONE)), (low,))
        yield Event(homes.setdefault(high, str(high_zone or NO_ZONE)), (high,))


def _between(span: Span) -> Iterator[Event]:
    columns = _pairs(span).with_only_columns(Pair.low, Pair.low_zone_id, Pair.high, Pair.high_zone_id)
    for low, low_zone, high, high_zone in db.session.execute(columns):
        if low_zone and high_zone and low_zone != high_zone:
            one, other = sorted((low_zone, high_zone))
            yield Event(f"{one}-{other}", (low, high))


def _again(span: Span) -> Iterator[Event]:
    """Who became known in this season counts as new, and so does who is not known yet."""
    known = select(Known.player).where(Known.at < span.begins)
    before = set(db.session.scalars(known))
    columns = _pairs(span).with_only_columns(Pair.low, Pair.high)
    for pair in db.session.execute(columns.where(Pair.has_returned(), Pair.returned_on < span.until)):
        for player in pair:
            yield Event("before" if player in before else "new", (player,))


def _newcomers(span: Span) -> Iterator[Event]:
    became = select(Known.player, Known.how).join(PlayerKeyLine, PlayerKeyLine.key == Known.player)
    here = became.join(Person, Person.id == PlayerKeyLine.person_id)
    mine = here.where(Person.neighbourhood_id == span.neighbourhood_id, Known.how.in_(CAME_BY.cells))
    days = mine.where(Known.at >= span.begins, Known.at < span.ends)
    for player, how in db.session.execute(days.execution_options(yield_per=AT_ONCE)):
        yield Event(how, (player,))


def _alone(span: Span) -> Iterator[Event]:
    """Who came in the last week is not counted; whoever met somebody is not alone, whatever became of the points."""
    week_ago = clock.first_moment_of(span.until - WEEK + DAY)
    met = _all_pairs(span).subquery()
    here = select(PlayerKeyLine.key).join(Person, Person.id == PlayerKeyLine.person_id)
    mine = here.where(Person.neighbourhood_id == span.neighbourhood_id, Person.leaving_at.is_(None))
    nobody = (PlayerKeyLine.key.not_in(select(met.c.low)), PlayerKeyLine.key.not_in(select(met.c.high)))
    found = mine.where(Person.joined_at < week_ago, *nobody)
    for player in db.session.scalars(found.execution_options(yield_per=AT_ONCE)):
        yield Event("", (player,))


CAME_BY = Breakdown(
    _l("By whom"),
    {"letter": _l("by a letter"), "host": _l("by a host in the house"), "met": _l("by neighbours they met")},
)
CONTACTS = Measure(
    "contacts", _l("Who met somebody new?"), Mechanism.CONTACTS, _l("Neighbours"),
    _l("neighbours got to know somebody new"),
    _l("Whether people become friends. Only that they spoke to each other."), _contacts, by=ZONE,
    aloud=_l("In %(weeks)s %(number)s neighbours got to know somebody new."),
)  # fmt: skip
BETWEEN = Measure(
    "between", _l("Who meets whom?"), Mechanism.CONTACTS, _l("Pairs"), _l("pairs from two parts met"),
    _l("That nobody met where there is no line. There can be a pair."), _between, by=ZONES, of_events=True,
    is_list=True,
)  # fmt: skip
NEWCOMERS = Measure(
    "newcomers", _l("How did newcomers get known?"), Mechanism.CONTACTS, _l("Neighbours"),
    _l("newcomers got known in the neighbourhood"),
    _l("Who lives here for a short time. A newcomer is new to the game."), _newcomers, by=CAME_BY,
)  # fmt: skip
AGAIN = Measure(
    "again", _l("Who met again?"), Mechanism.AGAIN, _l("Neighbours"),
    _l("neighbours met somebody again, a week or more later"),
    _l("How often neighbours see each other without the game."), _again, by=NEWCOMER,
)  # fmt: skip
ALONE = Measure(
    "alone", _l("Who is still alone?"), Mechanism.CONTACTS, _l("Neighbours"),
    _l("neighbours play and met nobody yet"),
    _l("That they are lonely. Perhaps they only read or walk."), _alone,
)  # fmt: skip
