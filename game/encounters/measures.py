"""What people do for each other when they meet: they answer a talk card, or let a neighbour use their phone."""

from collections.abc import Iterator

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from core.database import db
from core.measures.measure import MEASURES, Breakdown, Event, Measure, Mechanism, Span
from game.encounters.models import Encounter, State, TalkAnswer, Yes

AT_ONCE = 1000  # rows in memory


def init_app(app: Flask) -> None:
    """Register them."""
    MEASURES.add(app, TALKS.name, TALKS, order=20)
    MEASURES.add(app, PHONES.name, PHONES, order=40)


def _met(span: Span) -> Select[Encounter]:
    here = (Encounter.neighbourhood_id == span.neighbourhood_id, Encounter.state == State.CONFIRMED)
    days = (Encounter.confirmed_at >= span.begins, Encounter.confirmed_at < span.ends)
    return select(Encounter).where(*here, *days).execution_options(yield_per=AT_ONCE)


def _talks(span: Span) -> Iterator[Event]:
    answers = _met(span).join(TalkAnswer, TalkAnswer.encounter_id == Encounter.id).where(TalkAnswer.words != "")
    for player in db.session.scalars(answers.with_only_columns(TalkAnswer.player)):
        yield Event("", (player,))


def _phones(span: Span) -> Iterator[Event]:
    """Who did both counts for what they did first."""
    said = _met(span).join(Yes, Yes.encounter_id == Encounter.id).where(Yes.is_on_this_phone)
    first: dict[str, str] = {}
    columns = said.with_only_columns(Encounter.starter, Yes.player).order_by(Encounter.confirmed_at, Encounter.id)
    for helper, helped in db.session.execute(columns):
        yield Event(first.setdefault(helper, "lent"), (helper,))
        yield Event(first.setdefault(helped, "used"), (helped,))


TALKS = Measure(
    "talks", _l("Who answered a talk card?"), Mechanism.VISION, _l("Neighbours"),
    _l("neighbours answered a talk card together"),
    _l("What everybody thinks. Only those who drew a card."), _talks,
)  # fmt: skip
PHONES = Measure(
    "phones", _l("Who shared a phone?"), Mechanism.GIVING, _l("Neighbours"),
    _l("neighbours met with one phone for two"),
    _l("Help outside the game. That is surely more."), _phones,
    by=Breakdown(_l("What"), {"lent": _l("their phone"), "used": _l("the phone of the other")}),
)  # fmt: skip
