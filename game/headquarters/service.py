"""Witnessing a meeting, and the yes of people without a phone (docs/rules.md §3). Each act leaves an audit entry."""

import hashlib

from flask_babel import lazy_gettext as _l

from core import clock
from core.audit import service as audit
from core.guard import Role
from core.people import queries as people
from core.people.models import Person
from core.people.who_may_meet import two
from core.refusal import Refusal, Sort
from game.challenges.models import Challenge
from game.encounters import allowed, queries
from game.encounters import service as encounters
from game.encounters.models import Encounter, Witness
from game.scoring import newcomers


def witness(
    host: Person, role: Role, one: Person, other: Person, challenge: Challenge, client_key: str
) -> Encounter:  # fmt: skip
    """A host saw two meet: a meeting that waits for the yes of both. Sent twice it is one.

    What the two reported of it themselves becomes the same meeting. Raises Refusal when the host is one of the two,
    when they may not meet even here, or when they did this challenge before.
    """
    _must_be_others(host, one, other)
    if before := _before(one, client_key):
        return before
    if not two(one.player_key, other.player_key).may_meet_before_a_host:
        raise allowed.cannot()
    if not encounters.is_for_two(challenge, one):
        raise Refusal(_l("That challenge is not one to do together here."), Sort.INVALID)
    content = hashlib.sha256(f"host|{host.player_key}|{challenge.key}".encode()).hexdigest()
    seen = encounters.draft(one, challenge, client_key, content)
    if seen is None:  # the same form, at this very instant
        return witness(host, role, one, other, challenge, client_key)
    meeting = encounters.propose(seen, other)
    if not meeting.is_confirmed and all(by.host != host.player_key for by in meeting.witnesses):
        meeting.witnesses.append(Witness(host=host.player_key, at=clock.now()))
        audit.record("meeting.witness", meeting.key, host.neighbourhood_id, host.player_key, role)
    newcomers.welcome(host.neighbourhood_id, [one.player_key, other.player_key], "host")  # the host saw their cards
    return meeting


def see(host: Person, role: Role, person: Person) -> None:
    """A host scans somebody's card: from then on they are known. Raises Refusal for one's own."""
    if host.player_key == person.player_key:
        raise Refusal(_l("These are your own letters. Type those of the other."), Sort.INVALID)
    newcomers.welcome(host.neighbourhood_id, [person.player_key], "host")
    audit.record("player.see", person.player_key, host.neighbourhood_id, host.player_key, role)


def say_yes_for(host: Person, role: Role, encounter: Encounter, player: str) -> None:
    """The yes of one of the two who has no phone, said at the desk.

    Raises Refusal when this host did not witness the meeting, or the player has a phone of their own.
    """
    person = people.by_player_key(player)
    is_mine = any(by.host == host.player_key for by in encounter.witnesses)
    if not is_mine or player not in encounter.players or person is None or people.ever_had_phone(person):
        raise Refusal(_l("They answer on their own phone."), Sort.FORBIDDEN)
    if not encounter.said_yes(player):
        encounters.agree(encounter.id, person, with_photo=False)
        audit.record("meeting.yes for", encounter.key, host.neighbourhood_id, host.player_key, role)


def _must_be_others(host: Person, one: Person, other: Person) -> None:
    if host.player_key in {one.player_key, other.player_key}:
        raise Refusal(_l("You cannot witness your own meeting. Ask another host."), Sort.INVALID)
    if one.player_key == other.player_key:
        raise Refusal(_l("These are twice the same letters. Type those of two people."), Sort.INVALID)


def _before(one: Person, client_key: str) -> Encounter | None:
    """The meeting that this form made before."""
    known = queries.handed_in(one.player_key, client_key)
    return known and (known.merged_into or known)
