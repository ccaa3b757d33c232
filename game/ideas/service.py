"""Signing an idea too, deciding about it with a reason, and asking once for another look (docs/rules.md §8)."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from core import clock
from core.database import db, dialect, insert_into
from core.people import queries as people
from core.refusal import Refusal, Sort
from core.steps import queries as stepped
from core.steps import service as stepping
from core.steps.models import Step
from game.ideas import queries
from game.ideas.course import APPEALED, COURSE, EDITOR, GOES_AHEAD, MERGED, NOT_NOW, REFUSED, SENDER, answers
from game.ideas.models import CoSign, Idea, Merged
from game.ideas.onwards import ONWARDS


def sign(idea: Idea, who: str, shows_name: bool) -> None:
    """Somebody wants it too. Again changes only whether their name stands there; a child's never does.

    Raises Refusal for who sent it: their yes is in it already.
    """
    if queries.sender(idea.key) == who:
        raise Refusal(_l("It is your own idea."), Sort.FORBIDDEN)
    named = shows_name and not people.any_young([who])
    row = insert_into(CoSign, dialect()).values(idea=idea.key, who=who, shows_name=named, at=clock.now())
    db.session.execute(row.on_conflict_do_update(index_elements=["idea", "who"], set_={"shows_name": named}))


def unsign(key: str, who: str) -> None:
    """They take that back; nothing of it stays."""
    db.session.execute(delete(CoSign).where(CoSign.idea == key, CoSign.who == who))


def decide(idea: Idea, to: str, editor: str, words: str, language: str) -> Step:
    """An editor does, with a reason. The caller holds the idea's row. What goes ahead begins at once.

    Raises Refusal for their own idea, and for the second look of who decided the first time.
    """
    step = _decide(idea, to, editor, words, language)
    db.session.execute(delete(Merged).where(Merged.idea == idea.key))
    if to in GOES_AHEAD:
        for onward in ONWARDS.all():
            onward.begin(idea)
    return step


def merge(idea: Idea, into: Idea | None, editor: str, words: str, language: str) -> Step:
    """An editor lets it go on in another one, where its co-signs count. The caller holds both rows.

    Raises Refusal for what `decide` refuses, and for another that is not here, was refused, or is merged itself.
    """
    if into is None or into.id == idea.id:
        raise Refusal(_l("Choose one of the list."), Sort.INVALID, field="into")
    last = stepped.last(COURSE.kind, [into.key]).get(into.key)
    if queries.goes_on_in(into.key) or (last and last.state in REFUSED | {MERGED}):
        raise Refusal(_l("That one does not go on itself. Choose another."), Sort.CONFLICT, field="into")
    if queries.merged_into(idea.key):
        raise Refusal(_l("Others go on in this one. Let it be the one in which the other goes on."), Sort.CONFLICT)
    step = _decide(idea, MERGED, editor, words, language)
    row = insert_into(Merged, dialect()).values(idea=idea.key, into=into.key)
    db.session.execute(row.on_conflict_do_update(index_elements=["idea"], set_={"into": into.key}))
    return step


def _decide(idea: Idea, to: str, editor: str, words: str, language: str) -> Step:
    if queries.sender(idea.key) == editor:
        raise Refusal(_l("It is your own idea. Another editor decides about it."), Sort.FORBIDDEN)
    before = stepped.of(COURSE.kind, idea.key)
    decided = {one.by for one in before if one.state in (NOT_NOW, MERGED)}
    if before and before[-1].state == APPEALED and editor in decided:
        raise Refusal(_l("You decided before. Another editor takes the second look."), Sort.FORBIDDEN)
    if before and before[-1].state == APPEALED and to not in answers([one.state for one in before]):
        raise Refusal(_l("It does not stand there any more. Look again."), Sort.CONFLICT)
    return stepping.take(COURSE, idea.key, to, editor, EDITOR, words, language)


def appeal(idea: Idea, who: str, words: str, language: str) -> Step:
    """Who sent it asks for another look: once. Raises Refusal for anybody else."""
    if queries.sender(idea.key) != who:
        raise Refusal(_l("Only who sent it can ask that."), Sort.FORBIDDEN)
    return stepping.take(COURSE, idea.key, APPEALED, who, SENDER, words, language)


def forget(who: str) -> None:
    """Somebody is erased: what they signed is unsigned."""
    db.session.execute(delete(CoSign).where(CoSign.who == who))


def signed_by(who: str) -> list[CoSign]:
    """What they signed too."""
    return list(db.session.scalars(select(CoSign).where(CoSign.who == who).order_by(CoSign.id)))
