"""Deciding, undoing, reporting and appealing (docs/rules.md §3). Each act of an editor leaves an audit entry."""

from collections.abc import Collection

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, or_, select, update

from core import clock, codes, spelling
from core.audit import service as audit
from core.database import db, some_at_a_time
from core.desk import handlers, queries, reasons
from core.desk.handlers import Before, Blurring, Handler, Item
from core.desk.models import Decision, Report, Told, Verdict
from core.desk.queries import Waiting
from core.guard import Role
from core.refusal import Refusal, Sort

LONGEST_NOTE = 300
WITH_A_REASON = frozenset({Verdict.BACK, Verdict.AWAY})


def decide(
    neighbourhood_id: int, kind: str, key: str, verdict: str, editor: str, role: Role, reason: str = "",
    note: str = "", made: object = None, shown: str | None = None,
) -> Decision:  # fmt: skip
    """Answer what waits: one of its handler's verdicts; BACK and AWAY with a reason, BLUR with what was made of it.

    `shown`: the digest of what the editor saw (`Waiting.shown`), which an answer must have; None for one that comes
    from no form of the desk.
    Raises Refusal for one's own thing (forbidden), for one that is gone, that somebody else decided about a moment
    ago or that says something else by now (conflict), for a verdict that it does not take, and where a reason or the
    picture lacks.
    """
    handler, waiting = _waiting(neighbourhood_id, kind, key, editor, shown)
    item, answer = waiting.item, _verdict(verdict, handler)
    if answer in WITH_A_REASON and reason not in handler.answers.reasons:
        raise Refusal(_l("Choose a reason. Those it is about read it."), Sort.INVALID, field="reason")
    reason = reason if answer in WITH_A_REASON else ""
    decision = Decision(
        key=codes.new_key(), neighbourhood_id=neighbourhood_id, kind=kind, about=item.key, verdict=answer,
        reason=reason or None, note=spelling.line(note)[:LONGEST_NOTE] or None, by=editor,
        ask=item.ask, asked_at=item.asked_at, at=clock.now(),
    )  # fmt: skip
    if answer in handler.answers.told and (answer != Verdict.GOOD or waiting.appealed):
        queries.told(decision, item.who if item.readers is None else item.readers)
    db.session.add(decision)
    db.session.flush()
    queries.close_reports(kind, item.key, decision)
    if answer == Verdict.BLUR:
        more = _blur(handler, item, made, editor, role)
    else:
        more = _carry_out(handler, item, answer, editor, role, is_second=waiting.first_yes is not None)
    decision.before = {**(more or {}), "public": item.is_public, "away": item.is_away}
    audit.record(f"desk.{answer}", item.name_in_log, neighbourhood_id, editor, role, reason=reason or None)
    return decision


def refuse_to_blur(neighbourhood_id: int, kind: str, key: str, editor: str, shown: str | None = None) -> None:
    """Raises the Refusal that `decide` would, before anything is made of a picture that came for it."""
    handler, _waits = _waiting(neighbourhood_id, kind, key, editor, shown)
    _verdict(Verdict.BLUR, handler)


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
    handler = handlers.HANDLERS.of(decision.kind)
    if handler and decision.verdict == Verdict.AWAY:
        handler.bring_back(decision.about, editor, decision.before)
    item = handler.get(neighbourhood_id, decision.about) if handler else None
    if isinstance(handler, Blurring) and decision.verdict == Verdict.BLUR:
        before = handler.unblur(decision.about, editor, role)
        queries.rename(decision.kind, decision.about, before)
        item = handler.get(neighbourhood_id, before)
    if handler and item:
        _put_back(handler, item, decision, editor, role)
    decision.before = None
    audit.record("desk.undo", item.name_in_log if item else decision.kind, neighbourhood_id, editor, role)
    return decision


def report(neighbourhood_id: int, kind: str, key: str, reason: str) -> None:
    """Anybody says that a public thing is not right. Grave ones hide it at once, and so do two of any sort.

    What an editor found good after it was reported for the same reason waits for a look again, and is not hidden.
    Raises Refusal for a reason that is none, or for a thing that is not there (any more).
    """
    if reason not in reasons.WRONG:
        raise Refusal(_l("Choose what is wrong."), Sort.INVALID, field="reason")
    handler, item = _thing(neighbourhood_id, kind, key)
    if not item.is_public:
        raise Refusal(_l("That is not here (any more)."), Sort.UNKNOWN)
    said, known = [one.reason for one in queries.open_reports(kind, item.key)], queries.found_good(item)
    if said.count(reason) < reasons.REPORTS_THAT_HIDE:  # more of one sort say nothing new, and would fill the queue
        db.session.add(
            Report(neighbourhood_id=neighbourhood_id, kind=kind, about=item.key, reason=reason, at=clock.now())
        )
        db.session.flush()
    new = [one for one in (*said, reason) if one not in known]
    if reason in reasons.GRAVE - known or len(new) >= reasons.REPORTS_THAT_HIDE:
        handler.hide(item.key, "", Role.VISITOR)


def whom_it_told_leaves(kind: str, keys: Collection[str]) -> None:
    """Decisions about these things stay, without whom they told, and without words to them."""
    for some in some_at_a_time(keys):
        these = select(Decision.id).where(Decision.kind == kind, Decision.about.in_(some))
        db.session.execute(delete(Told).where(Told.decision_id.in_(these)))
        said = update(Decision).where(Decision.kind == kind, Decision.about.in_(some))
        db.session.execute(said.values(note=None, before=None))


def appeal(neighbourhood_id: int, key: str, who: str) -> Decision:
    """Somebody who was told of a decision asks another editor to look. Once.

    Raises Refusal for anybody else, where it is gone, and for an answer that is final.
    """
    decision = queries.by_key(neighbourhood_id, key)
    if decision is None or who not in {told.who for told in decision.told}:
        raise Refusal(_l("That is not here (any more)."), Sort.UNKNOWN)
    handler = handlers.HANDLERS.of(decision.kind)
    if handler is None or decision.verdict in handler.answers.final:
        raise Refusal(_l("This is too long ago, or it is gone. Nobody can look at it any more."), Sort.GONE)
    if decision.appealed_at is None:
        if not queries.still_there(neighbourhood_id, [decision]):
            raise Refusal(_l("This is too long ago, or it is gone. Nobody can look at it any more."), Sort.GONE)
        decision.appealed_at = clock.now()
        db.session.flush()
    return decision


def rename(kind: str, key: str, old: str, new: str) -> None:
    """Another key stands from now on for who is told what was decided about a thing, or a version of it."""
    about = (Decision.kind == kind, or_(Decision.about == key, Decision.about.startswith(f"{key}.", autoescape=True)))
    decisions = select(Decision.id).where(*about).scalar_subquery()
    db.session.execute(update(Told).where(Told.who == old, Told.decision_id.in_(decisions)).values(who=new))


def _put_back(handler: Handler, item: Item, decision: Decision, editor: str, role: Role) -> None:
    """As public as it was before the decision, which is undone; what its makers changed since waits for a look."""
    before = decision.before or {}
    was_public, is_good = bool(before.get("public")), decision.verdict == Verdict.GOOD
    if before.get("away") and not item.is_away:
        handler.take_away(item.key, editor)
    elif was_public and not is_good and item.asks and item.ask <= decision.ask:
        handler.publish(item.key, editor, role)
    elif not was_public and is_good and (item.is_public or not item.is_childs):
        handler.hide(item.key, editor, role)


def _carry_out(handler: Handler, item: Item, verdict: Verdict, editor: str, role: Role, is_second: bool) -> Before:
    if verdict == Verdict.GOOD and (is_second or not item.is_childs or item.is_public):
        handler.publish(item.key, editor, role)
    elif verdict == Verdict.BACK and (item.is_public or item.is_away):
        handler.hide(item.key, editor, role)
    elif verdict == Verdict.AWAY:
        return handler.take_away(item.key, editor)
    return None


def _blur(handler: Handler, item: Item, made: object, editor: str, role: Role) -> Before:
    if not isinstance(handler, Blurring) or made is None:
        raise Refusal(_l("The photo did not arrive. Please try again."), Sort.INVALID)
    queries.rename(item.kind, item.key, handler.blur(item.key, made, editor, role))
    return None


def _waiting(neighbourhood_id: int, kind: str, key: str, editor: str, shown: str | None) -> tuple[Handler, Waiting]:
    handler, item = _thing(neighbourhood_id, kind, key)
    if editor in item.who:
        raise Refusal(_l("This is about you. Another editor looks at it."), Sort.FORBIDDEN)
    waiting = queries.one(neighbourhood_id, kind, item.key, editor)
    if waiting is None:
        raise Refusal(_l("Somebody else decided about this a moment ago."))
    if shown is not None and shown != waiting.shown:
        raise Refusal(_l("They changed it meanwhile. Look again, then answer."), Sort.CONFLICT)
    return handler, waiting


def _thing(neighbourhood_id: int, kind: str, key: str) -> tuple[Handler, Item]:
    handler = handlers.HANDLERS.of(kind)
    item = handler.get(neighbourhood_id, key) if handler else None
    if handler is None or item is None:
        raise Refusal(_l("That is not here (any more)."), Sort.UNKNOWN)
    return handler, item


def _verdict(text: str, handler: Handler) -> Verdict:
    try:
        answer = Verdict(text)
    except ValueError:
        raise Refusal(_l("Choose one of the answers."), Sort.INVALID) from None
    if answer not in handler.answers.labels:
        raise Refusal(_l("That answer does not fit this. Choose another one."), Sort.INVALID)
    return answer
