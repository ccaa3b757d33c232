"""Appointing professionals, and planning, opening, closing and cancelling their hours (docs/rules.md §8)."""

from datetime import date, datetime, time, timedelta

from flask_babel import lazy_gettext as _l

from core import clock, codes
from core.database import db
from core.people import queries as people
from core.people.models import Person
from core.places.models import Spot
from core.refusal import Refusal, Sort
from game.dialogues import queries
from game.dialogues.models import Hour, Professional, Question, State

NOT_YOURS = _l("That is for who sits there, a host or a coordinator.")
AHEAD = timedelta(days=90)  # so far an hour is planned
LONGEST = timedelta(hours=8)
MOVES = {
    State.OPEN: frozenset({State.PLANNED}),
    State.CLOSED: frozenset({State.OPEN}),
    State.CANCELLED: frozenset({State.PLANNED}),
}
"""To which state an hour goes, and from which."""


def appoint(person: Person, organisation: str, role: str) -> Professional:
    """Somebody works here for an organisation from now on. Raises Refusal for a child, and for who does already."""
    if person.is_young:
        raise Refusal(_l("Somebody younger than 16 cannot be a professional."), Sort.INVALID, field="letters")
    people.lock([person.player_key])
    if queries.professional(person.neighbourhood_id, person.player_key):
        raise Refusal(_l("They are a professional here already. End that first."), field="letters")
    made = Professional(
        key=codes.new_key(), neighbourhood_id=person.neighbourhood_id, who=person.player_key,
        organisation=organisation, role=role, appointed_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def end(one: Professional) -> None:
    """They are none any more: what is planned is cancelled, and what they answer waits for somebody else."""
    one.ended_at = one.ended_at or clock.now()
    for hour in queries.running_of(one):
        hour.state = State.CANCELLED if hour.state == State.PLANNED else State.CLOSED
    db.session.flush()


def show_name(one: Professional, shows: bool) -> None:
    """Whether their name stands with their hours and answers, by their own word, at any time."""
    one.shows_name = shows
    db.session.flush()


def plan(one: Professional, spot: Spot, theme: str, day: date, begins: time, ends: time) -> Hour:
    """An hour on a day, between two times in Amsterdam. Raises Refusal for one that is past, too long or too far."""
    if one.ended_at:
        raise Refusal(_l("They are no professional here any more."), field="professional")
    first, last = (datetime.combine(day, at, clock.AMSTERDAM) for at in (begins, ends))
    if last <= first:
        raise Refusal(_l("The end comes after the beginning."), Sort.INVALID, field="ends")
    if last - first > LONGEST:
        raise Refusal(_l("Eight hours is the most."), Sort.INVALID, field="ends")
    if last <= clock.now():
        raise Refusal(_l("That is past already."), Sort.INVALID, field="day")
    if first > clock.now() + AHEAD:
        raise Refusal(_l("Plan at most ninety days ahead."), Sort.INVALID, field="day")
    made = Hour(
        key=codes.new_key(), neighbourhood_id=one.neighbourhood_id, professional=one, spot=spot, theme=theme,
        begins=first, ends=last, state=State.PLANNED,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def move(hour: Hour, to: State) -> None:
    """Open, close or cancel it; again is nothing. Raises Refusal where it does not go there.

    It can be opened from the first moment of its day: who comes early begins early.
    """
    if hour.state == to:
        return
    if hour.state not in MOVES.get(to, ()):
        raise Refusal(_l("It does not stand there any more. Look again."))
    if to == State.OPEN and not clock.first_moment_of(clock.day_of(hour.begins)) <= clock.now() <= hour.last_moment:
        raise Refusal(_l("It can be opened on its own day."))
    if to == State.OPEN and hour.professional.ended_at:
        raise Refusal(_l("They are no professional here any more."))
    hour.state = to
    db.session.flush()


def hand_over(question: Question, to: Professional) -> None:
    """Somebody else answers it from now on: a question survives who answered it.

    Raises Refusal for somebody of another neighbourhood, or who is no professional any more.
    """
    if to.ended_at or to.neighbourhood_id != question.neighbourhood_id:
        raise Refusal(_l("Choose one of the list."), Sort.INVALID, field="professional")
    question.professional = to
    db.session.flush()
