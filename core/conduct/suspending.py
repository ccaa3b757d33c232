"""Giving a player a pause, and ending it (docs/rules.md §3). It takes no points, and its player reads who and why."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from core import clock, codes, i18n, spelling
from core.audit import service as audit
from core.conduct import pauses
from core.database import db
from core.desk import queries as desk
from core.desk.models import Decision, Verdict
from core.desk.service import LONGEST_NOTE
from core.guard import Role
from core.people import queries, suspensions
from core.people.models import Person
from core.people.suspensions import Suspension
from core.refusal import Refusal, Sort, about
from core.staff import queries as staff

LENGTHS = {Role.EDITOR: (1, 3, 7), Role.COORDINATOR: (1, 3, 7, 14, 30)}  # days


def suspend(editor: Person, role: Role, person: Person, days: int, reason: str, note: str = "") -> Suspension:
    """Give somebody a pause of some days; they read who, why and the note, and may ask another editor.

    Raises Refusal for oneself, for somebody who is not here or is of the team, for more days than the role may give,
    without a reason, and where they have a pause already.
    """
    if person.player_key == editor.player_key:
        raise Refusal(_l("These are your own letters. Type those of the other."), Sort.INVALID, field="letters")
    if days not in LENGTHS[role]:
        raise Refusal(_l("Choose how long."), Sort.INVALID, field="days")
    if reason not in pauses.REASONS:
        raise Refusal(_l("Choose a reason. Those it is about read it."), Sort.INVALID, field="reason")
    queries.lock((person.player_key,))  # a yes that is coming in waits, and is refused
    with about("letters"):
        _must_be_able_to_pause(person)
    suspension = Suspension(
        key=codes.new_key(), player=person.player_key, reason=reason, since=clock.now(),
        until=clock.now() + timedelta(days=days), by=editor.player_key,
    )  # fmt: skip
    db.session.add(suspension)
    _tell(suspension, editor, spelling.line(note)[:LONGEST_NOTE])
    act = (person.player_key, editor.neighbourhood_id, editor.player_key, role)
    audit.record("player.suspend", *act, reason=f"{reason}, days: {days}")
    return suspension


def resume(editor: Person, role: Role, key: str) -> Suspension:
    """End a pause of the own neighbourhood now; one that is over stays so.

    Raises Refusal for one of another neighbourhood, or an unknown one, and for one's own: who has a pause may join the
    team meanwhile.
    """
    suspension = pauses.by_key(editor.neighbourhood_id, key)
    if suspension is None:
        raise Refusal(_l("That is not here (any more)."), Sort.UNKNOWN)
    if suspension.player == editor.player_key:
        raise Refusal(_l("This is about you. Another editor looks at it."), Sort.FORBIDDEN)
    queries.lock((suspension.player,))
    db.session.refresh(suspension)  # another editor may have been faster
    if suspension.is_running:
        suspensions.end(suspension, editor.player_key)
        audit.record("player.resume", suspension.player, editor.neighbourhood_id, editor.player_key, role)
    return suspension


def _must_be_able_to_pause(person: Person) -> None:
    """Raises Refusal for who left a moment ago, is of the team, or has a pause."""
    if queries.by_player_key(person.player_key) is None:
        raise Refusal(_l("We do not know these letters. See if you swapped one."), Sort.UNKNOWN)
    if staff.roles_of(person):
        raise Refusal(_l("They are of the team. A coordinator ends that role first."), Sort.FORBIDDEN)
    if running := suspensions.of(person.player_key):
        moment = i18n.day_with_time(running.until)
        raise Refusal(_l("They have a pause already, until %(moment)s. End that one first.", moment=moment))


def _tell(suspension: Suspension, editor: Person, note: str) -> None:
    decision = Decision(
        key=codes.new_key(), neighbourhood_id=editor.neighbourhood_id, kind=pauses.Pauses.kind, about=suspension.key,
        verdict=Verdict.BACK, reason=suspension.reason, note=note or None, by=editor.player_key,
        asked_at=suspension.since, at=suspension.since,
    )  # fmt: skip
    desk.told(decision, {suspension.player})
    db.session.add(decision)
    db.session.flush()
