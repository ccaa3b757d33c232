"""What they learned: written by one, public once all signed exactly these words, gone as soon as one takes it back."""

from flask_babel import lazy_gettext as _l

from core import clock, codes
from core.database import db
from core.people import queries as people
from core.refusal import Refusal, Sort
from game.dialogues import talks
from game.dialogues.models_talk import OPENER, Insight, Seat, Signature, Stands, Talk, hash_of


def write(talk: Talk, who: str, words: str, language: str) -> Insight:
    """Other words: a version of its own that nobody signed. The same words change nothing. The caller holds the talk.

    Raises Refusal before both answered the card; at a theme table for everybody but who laid it, and before enough sit
    there.
    """
    seat = _seat(talk, who)
    if talk.is_table and seat.as_what != OPENER:
        raise Refusal(_l("Who laid the table writes it down."), Sort.FORBIDDEN)
    if talk.is_table and len(talk.seats) < talk.fewest:
        raise Refusal(_l("At least three people sit at a table."))
    if not talk.is_table and not talk.both_answered:
        raise Refusal(_l("First both of you answer the card."))
    hash_ = hash_of(words, language)
    if talk.insight and talk.insight.hash == hash_:
        return talk.insight
    if talk.insight and talk.insight.stands == Stands.AWAY:
        raise Refusal(_l("An editor took it away. Take it back to begin anew."))
    made = talk.insight or Insight(key=codes.new_key(), neighbourhood_id=talk.neighbourhood_id, version=0)
    made.words, made.language, made.hash, made.by = words, language, hash_, who
    made.version, made.written_at = made.version + 1, clock.now()
    made.signatures.clear()
    talk.insight = made
    db.session.flush()
    return made


def sign(insight: Insight, seen: str, who: str, shows_name: bool) -> None:
    """Somebody says yes to exactly the words that they saw; again changes only whether their name stands there.

    Raises Refusal where it says something else by now. No name of a child stands there.
    """
    if seen != insight.hash:
        raise Refusal(_l("It was changed meanwhile. Look again, then answer."))
    seat = _seat(insight.talk, who)
    seat.shows_name = shows_name and not people.any_young([who])
    if not insight.is_signed_by(seat):
        insight.signatures.append(Signature(seat_id=seat.id, hash=insight.hash, at=clock.now()))
    db.session.flush()


def withdraw(talk: Talk, who: str) -> None:
    """One of them takes it back: gone at once for everybody, with all signatures. Again is nothing."""
    _seat(talk, who)
    if talk.insight:
        talks.drop(talk.insight)


def _seat(talk: Talk, who: str) -> Seat:
    seat = talk.seat_of(who)
    if seat is None:
        raise Refusal(_l("That is not here (any more)."), Sort.UNKNOWN)
    return seat
