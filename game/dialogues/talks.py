"""Answering a card, and sitting at a theme table. Neither of two reads the other before both said something."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core import clock, codes
from core.database import db
from core.people import queries as people
from core.people.models import Person
from core.places.models import Spot
from core.refusal import Refusal, Sort
from game.dialogues.models import Hour
from game.dialogues.models_talk import (
    FEWEST,
    GUEST,
    MOST,
    OPENER,
    PROFESSIONAL,
    RESIDENT,
    TWO,
    Gone,
    Insight,
    Seat,
    Talk,
)

LONGEST = 400  # signs of an answer


def draw(
    hour: Hour, card: str, who: str, words: str, language: str, how: str = "screen", at: datetime | None = None
) -> Talk:
    """A resident answers a card that they drew in this hour. `how`: "paper" where a host types it in.

    `at`: when they did, where their phone kept it until it had network.

    Raises Refusal where no cards are drawn, for who sits there as the professional, and for a child.
    """
    was_in_time = at is not None and hour.begins <= at <= hour.last_moment
    if not (hour.takes_cards or (hour.takes_questions and (how == "paper" or was_in_time))):
        raise Refusal(_l("This hour is not open now."))
    if hour.professional.who == who:
        raise Refusal(_l("This is your own hour. A resident draws the card."), Sort.FORBIDDEN)
    if people.any_young([who]):
        raise Refusal(_l("This is from 16 on. You can ask a question at any age."), Sort.FORBIDDEN)
    talk = Talk(
        key=codes.new_key(), neighbourhood_id=hour.neighbourhood_id, hour=hour, spot=hour.spot, card=card,
        begun_at=clock.now(), fewest=TWO,
    )  # fmt: skip
    db.session.add(talk)
    _sit(talk, who, RESIDENT, words, language, how)
    db.session.flush()
    return talk


def answer(talk: Talk, who: str, words: str, language: str) -> Seat:
    """The professional of its hour answers the same card, once. The caller holds the talk.

    Raises Refusal for anybody else, and for who answered already.
    """
    if talk.hour is None or talk.hour.professional.who != who or talk.hour.professional.ended_at:
        raise Refusal(_l("This card is not yours to answer."), Sort.FORBIDDEN)
    if talk.seat_of(who):
        raise Refusal(_l("You answered this card already."))
    seat = _sit(talk, who, PROFESSIONAL, words, language)
    db.session.flush()
    return seat


def take_back(talk: Talk, who: str) -> None:
    """An answer goes for good, for both, with what they learned from it. It cannot be given anew."""
    seat = talk.seat_of(who)
    if seat and seat.words:
        seat.words, seat.taken_back_at = "", clock.now()
        db.session.add(Gone(key=seat.key, at=clock.now()))
        if talk.insight:
            drop(talk.insight)
    db.session.flush()


def lay(person: Person, spot: Spot, card: str) -> Talk:
    """A theme table with one card; who lays it sits there. Raises Refusal for a child."""
    _must_be_grown(person)
    table = Talk(
        key=codes.new_key(), neighbourhood_id=person.neighbourhood_id, spot=spot, card=card, begun_at=clock.now(),
        fewest=FEWEST,
    )  # fmt: skip
    db.session.add(table)
    _sit(table, person.player_key, OPENER)
    db.session.flush()
    return table


def join(table: Talk, person: Person) -> None:
    """Somebody sits down; again is nothing. The caller holds the table.

    Raises Refusal for a child, when eight sit there, and once the words are written: those who talked sign those.
    """
    if table.seat_of(person.player_key):
        return
    _must_be_grown(person)
    if table.insight:
        raise Refusal(_l("They have written down what they learned. Nobody joins any more."))
    if len(table.seats) >= MOST:
        raise Refusal(_l("Eight people sit there. That is the most."))
    _sit(table, person.player_key, GUEST)
    db.session.flush()


def leave(table: Talk, who: str) -> None:
    """Somebody gets up. What the others wrote is signed by nobody then. Who laid the table takes it away with it."""
    seat = table.seat_of(who)
    if seat is None:
        return
    if seat.as_what == OPENER:
        remove(table)
    else:
        unseat(seat)


def unseat(seat: Seat) -> None:
    """They sit there no more, and what the others signed with them is signed no more."""
    talk = seat.talk
    if talk.insight:
        if talk.is_table:
            talk.insight.signatures.clear()
        else:
            drop(talk.insight)
        db.session.flush()
    talk.seats.remove(seat)
    db.session.flush()


def remove(talk: Talk) -> None:
    """All of it goes."""
    if talk.insight:
        drop(talk.insight)
    db.session.delete(talk)
    db.session.flush()


def drop(insight: Insight) -> None:
    """What was learned is gone at once, and no back-up brings it back."""
    db.session.add(Gone(key=insight.key, at=clock.now()))
    insight.talk.insight = None
    db.session.flush()


def gone_since(moment: datetime) -> Iterable[tuple[str, datetime]]:
    """What was taken back from a moment on."""
    return [(key, at) for key, at in db.session.execute(select(Gone.key, Gone.at).where(Gone.at >= moment))]


def again(key: str) -> None:
    """It was taken back since the back-up from which it is here again."""
    for insight in db.session.scalars(select(Insight).where(Insight.key == key)):
        drop(insight)
    for seat in db.session.scalars(select(Seat).where(Seat.key == key)):
        seat.words = ""
    db.session.flush()


def _sit(talk: Talk, who: str, as_what: str, words: str = "", language: str = "", how: str = "screen") -> Seat:
    seat = Seat(
        key=codes.new_key(), who=who, as_what=as_what, words=words, language=language, how=how,
        answered_at=clock.now() if words else None,
    )  # fmt: skip
    talk.seats.append(seat)
    return seat


def _must_be_grown(person: Person) -> None:
    if person.is_young:
        raise Refusal(_l("This is from 16 on. You can ask a question at any age."), Sort.FORBIDDEN)
