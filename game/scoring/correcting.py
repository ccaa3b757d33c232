"""A coordinator answers a question about points: it stays, or both lose them; or gives back what was taken away.

The two read it among what editors told them, and may ask another one (docs/decisions/0043).
"""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core import codes
from core.audit import service as audit
from core.database import db
from core.desk import queries as desk
from core.desk.models import Decision, Verdict
from core.guard import Role
from core.people.models import Person
from core.refusal import Refusal, Sort
from game.scoring import corrections, questions
from game.scoring.at_desk import TakenAway
from game.scoring.models import Correction
from game.seasons.models import Season


def take(coordinator: Person, key: str, reason: str) -> str:
    """Take away from both what a question is about; the key of the question. What was done before is not done again.

    Raises Refusal for a question that waits no more, for one about oneself, and without a reason.
    """
    question = questions.one(coordinator.neighbourhood_id, key, coordinator.player_key)
    if reason not in corrections.REASONS:
        raise Refusal(_l("Choose a reason. Those it is about read it."), Sort.INVALID, field="reason")
    corrections.lock(coordinator.neighbourhood_id, question.meeting)
    made = corrections.take(question.meeting, reason, coordinator.player_key)
    questions.answer(question)
    if made:
        _tell(made, coordinator, Verdict.BACK)
    return key


def stays(coordinator: Person, key: str) -> str:
    """The points are right; the key of the question. Raises Refusal for one that waits no more or is about oneself."""
    question = questions.one(coordinator.neighbourhood_id, key, coordinator.player_key)
    questions.answer(question)
    _note("points.stay", key, coordinator)
    return key


def give_back(coordinator: Person, key: str) -> str:
    """Give both back what was taken away of a meeting, by the key of its first correction, which is given.

    Raises Refusal for one that is not here, and for one's own.
    """
    here = (Season.neighbourhood_id == coordinator.neighbourhood_id, Correction.key == key, Correction.number == 1)
    meeting = db.session.scalar(select(Correction.meeting).join(Season).where(*here))
    if meeting is None:
        raise Refusal(_l("That is not here (any more)."), Sort.UNKNOWN)
    if coordinator.player_key in corrections.players(meeting):
        raise Refusal(_l("This is about you. Another coordinator looks at it."), Sort.FORBIDDEN)
    if made := corrections.give_back(meeting, coordinator.player_key):
        _tell(made, coordinator, Verdict.GOOD)
    return key


def _tell(correction: Correction, coordinator: Person, verdict: Verdict) -> None:
    """Both read it, with its reason."""
    first = select(Correction.key).where(Correction.meeting == correction.meeting, Correction.number == 1)
    key = db.session.scalars(first).one()
    is_taken = verdict == Verdict.BACK
    decision = Decision(
        key=codes.new_key(), neighbourhood_id=coordinator.neighbourhood_id, kind=TakenAway.kind, about=key,
        verdict=verdict, reason=correction.reason if is_taken else None, by=coordinator.player_key,
        asked_at=correction.at, at=correction.at,
    )  # fmt: skip
    desk.told(decision, corrections.players(correction.meeting))
    db.session.add(decision)
    db.session.flush()
    _note("points.take" if is_taken else "points.give", key, coordinator, decision.reason)


def _note(action: str, about: str, coordinator: Person, reason: str | None = None) -> None:
    here, by = coordinator.neighbourhood_id, coordinator.player_key
    audit.record(action, about, here, by, Role.COORDINATOR, reason=reason)
