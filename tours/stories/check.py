"""What must hold of every story, looked up in its rows: each fault in a sentence.

It asks the rows and not the services, so that a fault of those shows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from core import clock
from core.audit.models import AuditEntry
from core.consent import queries as consent
from core.consent.models import Consent, Showing
from core.contributions import queries as contributions
from core.contributions.models import EDITOR, Contribution, State, Version, hash_of
from core.contributions.queries import WHOLE
from core.database import db
from core.media.models import Media
from tours.stories import check_log, index, memory_check, place
from tours.stories.kind import GUARDIAN, TEACHER
from tours.stories.models import SCHOOL, Story, Telling
from tours.stories.models_rights import Pause
from tours.stories.service import PICTURES, STORY
from tours.stories.uses import KIND, NAME, SITE


@dataclass
class Whole:
    """All rows of one story: what was handed in, who tells it, what everybody reads of it, and the yeses to it."""

    key: str
    handed_in: Contribution | None = None
    telling: Telling | None = None
    story: Story | None = None
    consents: list[Consent] = field(default_factory=list)  # that stand
    pauses: list[Pause] = field(default_factory=list)
    log: list[AuditEntry] = field(default_factory=list)  # what was done to it
    is_leaving: bool = False  # its teller asked to be erased, so that nobody reads it
    seen_in: set[str] = field(default_factory=set)  # the uses that it is noted to be seen in

    @property
    def uses(self) -> set[str]:
        """What its teller allows."""
        return {one.use for one in self.consents if self.handed_in and one.who == self.handed_in.who}

    @property
    def is_childs(self) -> bool:
        """Whether a child tells it."""
        return bool(self.handed_in and any(version.content.get("young") for version in self.handed_in.versions))


def everything() -> list[Whole]:
    """Each story that is here or was here, read in as many questions for a thousand as for one."""
    handed_in = db.session.scalars(select(Contribution).where(Contribution.kind == KIND).options(WHOLE)).all()
    stories = db.session.scalars(select(Story).options(selectinload(Story.pictures))).all()
    whole = {key: Whole(key) for key in (*(one.key for one in handed_in), *(one.key for one in stories))}
    leaving = contributions.leaving([one.who for one in handed_in])
    for one in handed_in:
        whole[one.key].handed_in, whole[one.key].is_leaving = one, one.who in leaving
    for story in stories:
        whole[story.key].story = story
    by_id = {one.id: whole[one.key] for one in handed_in}
    for telling in db.session.scalars(select(Telling)):
        by_id[telling.contribution_id].telling = telling
    for given in db.session.scalars(select(Consent).where(Consent.kind == KIND, consent.stands())):
        if given.thing in by_id:
            by_id[given.thing].consents.append(given)
    _add_what_was_done(whole)
    for showing in db.session.scalars(select(Showing).where(Showing.kind == KIND, Showing.until.is_(None))):
        if showing.key in whole:
            whole[showing.key].seen_in.add(showing.use)
    return list(whole.values())


def _add_what_was_done(whole: dict[str, Whole]) -> None:
    by_story = {one.story.id: one for one in whole.values() if one.story}
    for pause in db.session.scalars(select(Pause)):
        by_story[pause.story_id].pauses.append(pause)
    for entry in db.session.scalars(select(AuditEntry).where(AuditEntry.about.startswith(f"{KIND} "))):
        if found := whole.get(entry.about.removeprefix(f"{KIND} ").partition(".")[0]):
            found.log.append(entry)


def faults(found: list[Whole]) -> Iterator[str]:
    """What is wrong, each with the key of its story."""
    for one in found:
        for fault in (
            *_of_what_is_shown(one),
            *_of_what_is_gone(one),
            *_of_the_teller(one),
            *_of_its_copies(one),
            *check_log.faults(one),
        ):
            yield f"{one.key}: {fault}"
    yield from _left_over(found)
    yield from memory_check.faults()
    if not index.is_true():
        yield "the search looks through other words than those of the stories"


def _of_what_is_shown(one: Whole) -> Iterator[str]:
    """I1–I3: shown is what teller and editor signed, with the teller's yes to the site; a voice with its text."""
    story, handed_in = one.story, one.handed_in
    if story is None or story.gone_at or story.hidden_at:
        return
    version = handed_in.shown if handed_in and handed_in.state == State.SHOWN else None
    if handed_in is None or version is None:
        yield "it is shown, and no version of it is"
        return
    yield from _of_its_words(story, version, one)
    yield from _of_its_signatures(version, one)
    if SITE not in one.uses:
        yield "it is shown without its teller's yes to the site"
    if story.sound_key and not story.cues:
        yield "its voice is heard without a text"


def _of_its_words(story: Story, version: Version, one: Whole) -> Iterator[str]:
    said = version.content
    words = said["words"] or said.get("transcript", {}).get("words", "")
    shown = (story.version_hash, story.title, story.words, story.when, story.language)
    if shown != (version.hash, said["title"], words, said["when"], version.language):
        yield "it says something else than the version that is shown"
    if story.in_short != said.get("beside", {}).get("short", ""):
        yield "beside it stands something else than its teller signed"
    yield from _of_its_pictures(story, {one["key"]: one for one in said.get("pictures", ())}, one.is_childs)
    if (story.lat, story.lon, story.address) != place.public({**said, "young": said.get("young") or one.is_childs}):
        yield "it stands elsewhere than its teller lets everybody know"
    if story.called != (one.telling.called if one.telling else ""):
        yield "it has another name than its teller gave"


def _of_its_pictures(story: Story, said: Mapping[str, Mapping[str, Any]], is_childs: bool) -> Iterator[str]:
    """I4 and I11: each picture is of the version, and nobody in it can be recognised who was not asked."""
    for picture in story.pictures:
        given = said.get(picture.key)
        if given is None or (given["about"], given["role"]) != (picture.about, picture.role):
            yield "it has other pictures than the version that is shown"
            continue
        people = {given.get("people"), picture.people}
        if people - {"nobody", "unrecognisable", "consented"}:
            yield "a picture is shown, and somebody in it was not asked"
        if is_childs and "consented" in people:
            yield "a child's story shows people who can be recognised"


def _of_its_signatures(version: Version, one: Whole) -> Iterator[str]:
    teller = version.contribution.who
    if version.hash != hash_of(KIND, version.language, version.content):
        yield "the shown version is no longer what was signed"
    signed = {(approval.as_what, approval.who == teller) for approval in version.approvals}
    if (STORY.signed_as, True) not in signed:
        yield "it is shown without its teller's signature"
    if (EDITOR, False) not in signed:
        yield "it is shown without the signature of an editor who is not its teller"
    is_pupils = bool(one.telling and one.telling.way == SCHOOL)  # which the one who cares for them keeps
    if one.is_childs and (GUARDIAN, is_pupils) not in signed:
        yield "a child's story is shown without the signature of who cares for them"
    if is_pupils and (TEACHER, False) not in signed:
        yield "a pupil's story is shown without the signature of a teacher"
    if any(approval.entered_by == version.by != approval.who for approval in version.approvals if approval.entered_by):
        yield "who wrote these words put in a yes to them for somebody else"


def _of_what_is_gone(one: Whole) -> Iterator[str]:
    """I5: of a withdrawn story the row says that it was, and no more."""
    story = one.story
    if story is None:
        return
    if not story.gone_at:
        if one.handed_in is None:
            yield "what was handed in is gone, and what was made of it is not"
        return
    columns = ("title", "words", "called", "theme", "warning", "when", "found", "edtf", "first_year", "spot_id",
               "sound_key", "milliseconds", "cues", "lat", "lon", "address")  # fmt: skip
    if left := [name for name in columns if getattr(story, name)]:
        yield f"it is gone, and its row still has {', '.join(left)}"
    if story.pictures:
        yield "it is gone, and its pictures are not"
    if one.handed_in:
        yield "it is gone, and what was handed in is not"


def _of_the_teller(one: Whole) -> Iterator[str]:
    """I8, I9 and I11: only the teller says yes; who is anonymous or a child has no name, in no row."""
    if any(one.handed_in and given.who != one.handed_in.who for given in one.consents):
        yield "somebody else than its teller said yes to a use"
    telling = one.telling
    if telling is None or (telling.called and not one.is_childs):
        return
    named = (telling.called, one.story and one.story.called, NAME in one.uses)
    if any(named):
        yield f"a name is kept, and its teller is {'a child' if one.is_childs else 'anonymous'}"


def _of_its_copies(one: Whole) -> Iterator[str]:
    """I5: whatever copies it goes by what is noted, which is what its teller allows while it is shown."""
    is_shown = one.story is not None and not one.story.gone_at and not one.story.hidden_at
    rests = [pause for pause in one.pauses if pause.ended_at is None]
    is_over = any(pause.until <= clock.now() for pause in rests)  # until it is tidied its copies may still lack
    if one.seen_in != (one.uses if is_shown and not rests else set()) and not (is_over and one.seen_in <= one.uses):
        yield "the uses noted for its copies are not those that it may be seen in"


def _left_over(found: list[Whole]) -> Iterator[str]:
    """I5: yeses, and bytes, of stories that are no longer there."""
    there = {one.handed_in.id for one in found if one.handed_in}
    standing = db.session.scalars(select(Consent.thing).where(Consent.kind == KIND, consent.stands()).distinct())
    yield from (f"consents to {thing} stand, and the story is gone" for thing in standing if thing not in there)
    kept = select(Media.key).where(Media.owner == PICTURES.name, Media.let_go_at.is_(None))
    yield from (
        f"picture {key} is kept, and no story has it" for key in set(db.session.scalars(kept)) - _pictures(found)
    )


def _pictures(found: list[Whole]) -> set[str]:
    versions = (version for one in found if one.handed_in for version in one.handed_in.versions)
    return {picture["key"] for version in versions for picture in version.content.get("pictures", ())}
