"""How encounters stand in addresses, and which one an address reaches for the person who asks."""

from functools import partial

from flask import Blueprint, abort, g, request
from flask_babel import lazy_gettext as _l
from werkzeug.routing import BaseConverter

from core import codes, guesses
from core.database import db
from core.neighbourhoods.models import Neighbourhood
from core.people import queries as people
from core.people.models import Person
from core.people.views import refuse_suspended
from core.refusal import Refusal, Sort
from game.encounters import queries, service
from game.encounters.models import CodeOver, Encounter

bp = Blueprint("encounters", __name__)
KEY = 26  # letters


class Ref(BaseConverter):
    """/e/K7RX4P for anybody with a code, with its proof when scanned; /e/<26 letters> for the two themselves."""

    regex = (
        f"[{codes.LETTERS}{codes.LETTERS.lower()}]{{{codes.LENGTH}}}(?:[A-Za-z2-7]{{{codes.PROOF}}})?|[a-z2-7]{{26}}"
    )

    def to_python(self, value: str) -> str:
        return value.upper() if is_code(value) else value


def is_code(ref: str) -> bool:
    """Whether an address holds six letters rather than a key."""
    return len(ref) != KEY


def read(ref: str) -> Encounter:
    """The encounter of an address, for one of the two or whoever holds its live code; nobody else finds it.

    A report that became one with another leads to that other. Raises Refusal for a code that is over, used, or of
    another neighbourhood.
    """
    found = by_letters(ref) if is_code(ref) else queries.by_key(ref)
    encounter = (found.merged_into or found) if found else abort(404)
    mine = me(encounter) is not None
    if is_code(ref) and encounter.companion and not mine:
        raise CodeOver(_l("Ask the other for a new one."), Sort.GONE, heading=_l("This code was used already"))
    if not is_code(ref) and not mine:
        abort(404)
    g.neighbourhood = neighbourhood(encounter)
    if g.person and g.person.neighbourhood_id != encounter.neighbourhood_id:
        raise Refusal(_l("You play in another neighbourhood. A meeting is between two who play in the same one."))
    if g.person and not mine:
        refuse_suspended()
        service.must_be_able_to_meet(g.person, encounter.starter)
    return encounter


def to_answer(ref: str) -> Encounter:
    """The encounter that an answer is for. One that waited on a phone finds it by its key when the letters are over."""
    known = queries.by_key(request.form.get("meeting", ""))
    known = (known.merged_into or known) if known else None
    return read(known.key if known and me(known) else ref)


def by_letters(ref: str) -> Encounter:
    """The encounter that six letters lead to; wrong guesses are counted. Raises Refusal like service.by_code."""
    guesses.look_up(ref, queries.code)
    return service.by_code(codes.letters_of(ref) or "")


def own(ref: str) -> Encounter:
    """The same, for its starter only."""
    encounter = read(ref)
    return encounter if me(encounter) == encounter.starter else abort(404)


def me(encounter: Encounter) -> str | None:
    """The player key of the person who asks, when they are one of the two."""
    mine = g.person is not None and g.person.player_key in encounter.players
    return g.person.player_key if mine else None


def by_tag(me: Person, tag: str, field: str = "tag") -> Person:
    """Who has these six letters on their card. Raises Refusal, about a field of the form, when nobody here has."""
    found = guesses.look_up(tag, partial(people.by_tag, me.neighbourhood_id))
    if found is None:
        raise Refusal(_l("We do not know these letters. See if you swapped one."), Sort.UNKNOWN, field=field)
    return found


def neighbourhood(encounter: Encounter) -> Neighbourhood:
    """Where an encounter is."""
    return db.session.get_one(Neighbourhood, encounter.neighbourhood_id)
