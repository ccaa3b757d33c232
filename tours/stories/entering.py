"""A yes that was said on paper or aloud, put in by somebody who did not write these words, with what shows it."""

from flask_babel import lazy_gettext as _l

from core import clock, spelling
from core.audit import service as audit
from core.consent.models import How
from core.contributions.models import Contribution
from core.database import db
from core.guard import Role
from core.media import service as media
from core.media.owners import Owner
from core.photos.prepare import Prepared
from core.refusal import Refusal, Sort
from tours.stories import acts, guardians, kind, queries, service
from tours.stories.models_rights import Evidence

SHEETS = Owner("signed sheet", ("large.webp", "medium.webp", "small.webp"))
HOW = {How.PAPER: _l("On paper: I have the signed sheet"), How.SPOKEN: _l("Aloud: I read the story out")}
LONGEST = 300


def enter(
    story: Contribution, seen: str, as_what: str, how: str, note: str, sheet: Prepared | None, named: bool, by: str,
    role: Role,
) -> None:  # fmt: skip
    """Put in the yes of its teller, or of who cares for them, to exactly this version.

    Raises Refusal without anything that shows it, for words that `by` wrote, and where it says something else by now.
    """
    said = spelling.line(note)[:LONGEST]
    if how not in HOW:
        raise Refusal(_l("Say how they said yes."), Sort.INVALID, field="how")
    if not said and sheet is None:
        raise Refusal(_l("Say where the sheet lies, or who was there."), Sort.INVALID, field="note")
    if as_what == kind.GUARDIAN:
        guardians.say_yes(story, seen, how, by)
    else:
        service.approve(story, seen, story.who, how, named=named, entered_by=by)
    key = media.keep(sheet.folder, SHEETS) if sheet else None
    db.session.add(Evidence(contribution_id=story.id, version_hash=seen, as_what=as_what, how=how, note=said, sheet=key,
                            by=by, at=clock.now()))  # fmt: skip
    db.session.flush()
    audit.record("story.enter", *acts.about(story), by, role)


def lacking(story: Contribution) -> list[str]:
    """Whose yes to its last version lacks: the teller's first."""
    lacks = service.STORY.signers(story) - {approval.as_what for approval in story.last.approvals}
    return sorted(lacks, reverse=True)


def sheet(story: Contribution, evidence_id: int) -> str | None:
    """The bytes of one signed sheet of it."""
    kept = (one for one in queries.evidence_of(story.id) if one.id == evidence_id)
    return next((one.sheet for one in kept), None)
