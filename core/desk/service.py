"""Deciding, undoing, reporting and appealing (docs/rules.md §3). Each act of an editor leaves an audit entry."""

from flask_babel import lazy_gettext as _l

from core import clock, codes
from core.audit import service as audit
from core.database import db
from core.desk import handlers, queries, reasons
from core.desk.handlers import Handler, Item
from core.desk.models import Decision, Report, Verdict
from core.guard import Role
from core.refusal import Refusal, Sort

LONGEST_NOTE = 300


def decide(
    neighbourhood_id: int, kind: str, key: str, verdict: str, editor: str, role: Role, reason: str = "", note: str = ""
) -> Decision:
    """Answer what waits: good, back with a reason, or away with a reason.

    Raises Refusal for one's own thing (forbidden), for one that is gone or that somebody else decided about a moment
    ago (conflict), and where a reason lacks.
    """
    handler, item = _thing(neighbourhood_id, kind, key)
    if editor in item.who:
        raise Refusal(_l("You are in this one yourself. Another editor looks at it."), Sort.FORBIDDEN)
    where, queue = (item.kind, item.key), queries.queue(neighbourhood_id, editor)
    waiting = next((one for one in queue if (one.item.kind, one.item.key) == where), None)
    if waiting is None:
        raise Refusal(_l("Somebody else decided about this a moment ago."))
    answer = _verdict(verdict)
    if answer != Verdict.GOOD and reason not in reasons.REASONS:
        raise Refusal(_l("Choose a reason. The makers read it."), Sort.INVALID)
    decision = Decision(
        key=codes.new_key(), neighbourhood_id=neighbourhood_id, kind=kind, about=item.key, verdict=answer,
        reason=reason or None, note=" ".join(note.split())[:LONGEST_NOTE] or None, by=editor,
        asked_at=waiting.item.since, at=clock.now(),
    )  # fmt: skip
    if answer != Verdict.GOOD:
        queries.told(decision, item.who)
    db.session.add(decision)
    db.session.flush()
    _carry_out(handler, item, answer, editor, is_second=waiting.first_yes is not None)
    queries.close_reports(kind, item.key, decision.at)
    audit.record(f"desk.{answer}", item.name_in_log, neighbourhood_id, editor, role, reason=reason or None)
    return decision


def undo(neighbourhood_id: int, key: str, editor: str, role: Role) -> Decision:
    """Take one's own decision back, a moment later. Raises Refusal for another's, or when the moment is over."""
    decision = queries.by_key(neighbourhood_id, key)
    if decision is None or decision.by != editor:
        raise Refusal(_l("Only who decided can undo it."), Sort.FORBIDDEN)
    if decision.undone_at is not None:
        return decision
    if (
        clock.now() >= decision.at + reasons.UNDO_WITHIN
        or queries.standing(decision.kind, decision.about) is not decision
    ):
        raise Refusal(_l("It is too late to undo this. Decide about it anew."), Sort.GONE)
    decision.undone_at = clock.now()
    queries.reopen_reports(decision)
    handler = handlers.of(decision.kind)
    if handler and decision.verdict == Verdict.AWAY:
        handler.bring_back(decision.about, editor)
    item = handler.get(neighbourhood_id, decision.about) if handler else None
    if handler and item and decision.verdict == Verdict.GOOD and (item.is_public or not item.is_childs):
        handler.hide(item.key, editor)
    audit.record("desk.undo", item.name_in_log if item else decision.kind, neighbourhood_id, editor, role)
    return decision


def report(neighbourhood_id: int, kind: str, key: str, reason: str) -> None:
    """Anybody says that a public thing is not right. Grave ones hide it at once, and so do two of any sort.

    Raises Refusal for a reason that is none, or for a thing that is not there (any more).
    """
    if reason not in reasons.WRONG:
        raise Refusal(_l("Choose what is wrong."), Sort.INVALID)
    handler, item = _thing(neighbourhood_id, kind, key)
    if not item.is_public:
        raise Refusal(_l("That is not here (any more)."), Sort.UNKNOWN)
    said = [one.reason for one in queries.open_reports(kind, item.key)]
    if said.count(reason) < reasons.REPORTS_THAT_HIDE:  # more of one sort say nothing new, and would fill the queue
        db.session.add(
            Report(neighbourhood_id=neighbourhood_id, kind=kind, about=item.key, reason=reason, at=clock.now())
        )
        db.session.flush()
    if reason in reasons.GRAVE or len(said) + 1 >= reasons.REPORTS_THAT_HIDE:
        handler.hide(item.key, "")


def appeal(neighbourhood_id: int, key: str, player: str) -> Decision:
    """Somebody who was told of a decision asks another editor to look. Once. Raises Refusal for anybody else."""
    decision = queries.by_key(neighbourhood_id, key)
    if decision is None or player not in {told.player for told in decision.told}:
        raise Refusal(_l("That is not here (any more)."), Sort.UNKNOWN)
    if decision.appealed_at is None:
        decision.appealed_at = clock.now()
        db.session.flush()
    return decision


def _carry_out(handler: Handler, item: Item, verdict: Verdict, editor: str, is_second: bool) -> None:
    if verdict == Verdict.GOOD and (is_second or not item.is_childs or item.is_public):
        handler.publish(item.key, editor)
    elif verdict == Verdict.BACK and item.is_public:
        handler.hide(item.key, editor)
    elif verdict == Verdict.AWAY:
        handler.take_away(item.key, editor)


def _thing(neighbourhood_id: int, kind: str, key: str) -> tuple[Handler, Item]:
    handler = handlers.of(kind)
    item = handler.get(neighbourhood_id, key) if handler else None
    if handler is None or item is None:
        raise Refusal(_l("That is not here (any more)."), Sort.UNKNOWN)
    return handler, item


def _verdict(text: str) -> Verdict:
    try:
        return Verdict(text)
    except ValueError:
        raise Refusal(_l("Choose one of the answers."), Sort.INVALID) from None
