"""Who cares for a child that tells: their yes beside the child's, what they want changed, and their no."""

from flask_babel import lazy_gettext as _l

from core import spelling
from core.audit import service as audit
from core.consent.models import How
from core.contributions import service as contributions
from core.contributions.models import Contribution
from core.refusal import Refusal, Sort
from tours.stories import acts, kind, queries, service
from tours.stories.models import Telling

LONGEST = 300


def say_yes(story: Contribution, seen: str, how: str = How.RECEIPT, entered_by: str | None = None) -> None:
    """Good so: exactly the version that they saw. Raises Refusal where it says something else by now."""
    service.approve(story, seen, _whose(story).guardian or "", how, kind.GUARDIAN, entered_by=entered_by)


def end(story: Contribution) -> None:
    """They take their yes back, at any time: nobody reads it until they say yes anew."""
    contributions.take_signature_back(story, kind.GUARDIAN)
    audit.record("story.end", *acts.about(story), None, acts.GUARDIAN)


def wish(story: Contribution, words: str) -> None:
    """Not so: an editor reads what they want changed, and looks anew. Raises Refusal where it says nothing."""
    said = spelling.line(words)[:LONGEST]
    if not said:
        raise Refusal(_l("Say what should change."), Sort.INVALID, field="words")
    _whose(story).wish = said
    contributions.take_signature_back(story, kind.GUARDIAN)
    contributions.ask_anew(story)
    audit.record("story.wish", *acts.about(story), None, acts.GUARDIAN)


def said_yes(story: Contribution) -> bool:
    """Whether their yes to what it says now stands."""
    return story.last.is_signed_by(frozenset({kind.GUARDIAN}))


def receipt_for(story: Contribution) -> str | None:
    """The key under which the receipt of who cares for its teller is made; None where a grown-up tells."""
    telling = queries.telling(story)
    return telling.guardian if telling else None


def _whose(story: Contribution) -> Telling:
    telling = queries.telling(story)
    if telling is None or telling.guardian is None:
        raise Refusal(contributions.NOT_HERE, Sort.UNKNOWN)
    return telling
