"""Finding stories. What everybody may read is asked here, at every question: shown, and the teller's yes stands."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from core import clock
from core.consent import queries as consent
from core.consent.models import Consent
from core.contributions.models import EDITOR, Approval, Contribution, State, Version
from core.contributions.queries import WHOLE
from core.database import db
from tours.stories.models import SELF, Picture, Story, Telling
from tours.stories.models_rights import Evidence, Pause
from tours.stories.period import FIRST
from tours.stories.uses import EMBED, EXPORT, KIND, NAME, PRINT, SCHOOL, SITE, TOURS, VOICE

PAGE = 30
ON_MAP = 100
TELLER = "teller"  # as what a teller signs a version


def can_be_read() -> ColumnElement[bool]:
    """What every question of everybody asks of a Story."""
    stands = select(Consent.id).where(consent.to(KIND, Story.contribution_id, SITE)).correlate(Story).exists()
    rests = select(Pause.id).where(Pause.story_id == Story.id, _rests()).correlate(Story).exists()
    return and_(Story.gone_at.is_(None), Story.hidden_at.is_(None), stands, ~rests)


def can_be_in_walks() -> ColumnElement[bool]:
    """What is asked of a Story besides, where a walk shows it: the teller's yes to walks."""
    return and_(can_be_read(), _allows(TOURS))


def one(neighbourhood_id: int, key: str) -> Story | None:
    """A story that everybody may read."""
    this = (Story.neighbourhood_id == neighbourhood_id, Story.key == key, can_be_read())
    return db.session.scalar(select(Story).where(*this).options(joinedload(Story.spot), selectinload(Story.pictures)))


def was_here(neighbourhood_id: int, key: str) -> Story | None:
    """A story that is or once was here: its address says so, and no more."""
    return db.session.scalar(select(Story).where(Story.neighbourhood_id == neighbourhood_id, Story.key == key))


def picture(neighbourhood_id: int, story: str, number: int) -> Picture | None:
    """A picture of a story that everybody may read."""
    this = (Story.neighbourhood_id == neighbourhood_id, Story.key == story, Picture.number == number, can_be_read())
    return db.session.scalar(select(Picture).join(Story).where(*this))


def elsewhere(neighbourhood_id: int) -> Sequence[Story]:
    """The stories that may also stand on other sites, the newest first."""
    here = (Story.neighbourhood_id == neighbourhood_id, can_be_read(), _allows(EMBED))
    newest = select(Story).where(*here).order_by(Story.published_at.desc(), Story.id.desc())
    return db.session.scalars(newest.limit(PAGE)).all()


def can_stand_elsewhere(story: Story) -> bool:
    """Whether a story may be found by search engines, and stand on other sites: the teller's yes to that."""
    return story.contribution_id is not None and allows(story.contribution_id, EMBED)


def at(spot_id: int, most: int) -> tuple[Sequence[Story], int]:
    """The first voices at a spot, side by side, and how many there are: none is the official one."""
    there = select(Story, func.count().over()).where(Story.spot_id == spot_id, can_be_read())
    rows = db.session.execute(there.order_by(Story.first_year.is_(None), Story.first_year, Story.id).limit(most)).all()
    return [story for story, _many in rows], rows[0][1] if rows else 0


def at_spots(neighbourhood_id: int) -> Sequence[tuple[int, str, str]]:
    """Spots that have a story, each with the title and language of its newest."""
    here = select(Story.spot_id, Story.title, Story.language)
    told = here.where(Story.neighbourhood_id == neighbourhood_id, Story.spot_id.is_not(None), can_be_read())
    return [(spot, title, said) for spot, title, said in db.session.execute(told.order_by(Story.id)) if spot]


def at_points(neighbourhood_id: int) -> Sequence[Story]:
    """Stories with a point of their own and at no spot, the newest first."""
    there = (Story.neighbourhood_id == neighbourhood_id, Story.lat.is_not(None), Story.spot_id.is_(None))
    return db.session.scalars(select(Story).where(*there, can_be_read()).order_by(Story.id.desc()).limit(ON_MAP)).all()


def many(neighbourhood_id: int) -> tuple[int, int | None]:
    """How many stories there are to read, and the year of the oldest."""
    here = select(func.count(Story.id), func.min(Story.first_year).filter(Story.first_year > FIRST))
    how_many, oldest = db.session.execute(here.where(Story.neighbourhood_id == neighbourhood_id, can_be_read())).one()
    return how_many, oldest


def with_a_name(neighbourhood_id: int) -> int:
    """How many stories there are to read that say who tells them."""
    here = (Story.neighbourhood_id == neighbourhood_id, can_be_read(), Story.called != "", _allows(NAME))
    return db.session.scalar(select(func.count(Story.id)).where(*here)) or 0


def languages(neighbourhood_id: int) -> int:
    """In how many languages there are stories to read."""
    here = (Story.neighbourhood_id == neighbourhood_id, can_be_read())
    return db.session.scalar(select(func.count(func.distinct(Story.language))).where(*here)) or 0


def told(neighbourhood_id: int, first: date, last: date) -> int:
    """How many stories came to be read from a day up to and with another, also those that were taken back since."""
    begins, ends = (datetime.combine(day, time(), clock.AMSTERDAM) for day in (first, last + timedelta(days=1)))
    published = (Story.published_at >= begins, Story.published_at < ends)
    here = select(func.count(Story.id)).where(Story.neighbourhood_id == neighbourhood_id, *published)
    return db.session.scalar(here) or 0


def names(stories: Collection[Story]) -> Mapping[int, str]:
    """By the story's id the name of who tells it, where that may stand there: one question."""
    named = {story.contribution_id: story.id for story in stories if story.called and story.contribution_id}
    if not named:
        return {}
    allowed = select(Consent.thing).where(
        Consent.kind == KIND, Consent.thing.in_(named), Consent.use == NAME, consent.stands()
    )
    by_id = {story.id: story.called for story in stories}
    return {named[thing]: by_id[named[thing]] for thing in db.session.scalars(allowed)}


def voices(stories: Collection[Story]) -> set[int]:
    """The ids of those whose voice may be heard: one question."""
    spoken = {story.contribution_id: story.id for story in stories if story.sound_key and story.cues}
    if not spoken:
        return set()
    allowed = select(Consent.thing).where(
        Consent.kind == KIND, Consent.thing.in_(spoken), Consent.use == VOICE, consent.stands()
    )
    return {spoken[thing] for thing in db.session.scalars(allowed)}


def can_be_heard(story: Story) -> bool:
    """Whether its voice may be heard: the teller's yes, and a transcript."""
    return bool(story.sound_key and story.cues and story.contribution_id and allows(story.contribution_id, VOICE))


def heard(ids: Collection[int]) -> frozenset[int]:
    """Those of these stories whose voice may be heard."""
    return frozenset(db.session.scalars(select(Story.id).where(Story.id.in_(ids), has_a_voice())))


def words_of(content: Mapping[str, Any]) -> str:
    """What a version says: as it was written, else as it was spoken and typed; "" for a voice that nobody typed yet."""
    return str(content["words"] or typed_of(content))


def in_short(content: Mapping[str, Any]) -> str:
    """What an editor wrote beside the words of a version, to be shown as theirs; "" for nothing."""
    return str(content.get("beside", {}).get("short", ""))


def typed_of(content: Mapping[str, Any]) -> str:
    """What is typed of its voice; "" for nothing."""
    typed = content.get("transcript")
    return str(typed["words"]) if typed else ""


def some(keys: Collection[str]) -> Sequence[Story]:
    """Those of these stories that everybody may read."""
    return db.session.scalars(select(Story).where(Story.key.in_(keys), can_be_read()).order_by(Story.id)).all()


def titles(keys: Collection[str]) -> dict[str, str]:
    """What stories are called, by their keys."""
    found = db.session.scalars(select(Story).where(Story.key.in_(keys), can_be_read()))
    return {story.key: story.title for story in found}


# ---- one that rests


def pause_of(story_id: int) -> Pause | None:
    """The pause that a story has now."""
    return db.session.scalar(select(Pause).where(Pause.story_id == story_id, _rests()))


def pauses_of(contribution_ids: Collection[int]) -> dict[int, Pause]:
    """The pauses that these have now, by the contribution's id."""
    found = select(Story.contribution_id, Pause).join(Pause, Pause.story_id == Story.id)
    rows = db.session.execute(found.where(Story.contribution_id.in_(contribution_ids), _rests()))
    return {id_: pause for id_, pause in rows if id_ is not None}


def last_pause(story_id: int) -> Pause | None:
    """The last one that it had."""
    had = select(Pause).where(Pause.story_id == story_id).order_by(Pause.id.desc())
    return db.session.scalar(had.limit(1))


def _rests() -> ColumnElement[bool]:
    """A pause counts: nobody ended it, and it did not end by itself."""
    return and_(Pause.ended_at.is_(None), Pause.until > clock.now())


# ---- a teller's own


def telling(contribution: Contribution) -> Telling | None:
    """Who tells it."""
    return db.session.scalar(select(Telling).where(Telling.contribution_id == contribution.id))


def waiting_for_yes(neighbourhood_id: int, subjects: Collection[str]) -> Sequence[str]:
    """The keys of what these told and an editor signed, so that it is the teller's turn; the oldest first."""
    last = (Version.contribution_id == Contribution.id, Version.number == Contribution.last_version)
    signed = select(Approval.id).join(Version).where(*last).correlate(Contribution)
    theirs = select(Contribution.key).where(
        Contribution.who.in_(subjects), Contribution.kind == KIND, Contribution.neighbourhood_id == neighbourhood_id,
        Contribution.state != State.AWAY, signed.where(Approval.as_what == EDITOR).exists(),
        ~signed.where(Approval.as_what == TELLER).exists(),
    )  # fmt: skip
    return db.session.scalars(theirs.order_by(Contribution.id)).all() if subjects else ()


def tellings(contribution_ids: Collection[int]) -> dict[int, Telling]:
    """Who tells these, by the contribution's id."""
    found = db.session.scalars(select(Telling).where(Telling.contribution_id.in_(contribution_ids)))
    return {one.contribution_id: one for one in found}


def handed_in(neighbourhood_id: int, key: str) -> Contribution | None:
    """What a story is made of, whoever asks: who may see it is the caller's to judge."""
    this = (Contribution.neighbourhood_id == neighbourhood_id, Contribution.kind == KIND, Contribution.key == key)
    return db.session.scalar(select(Contribution).where(*this))


def guarded_by(who: Collection[str], key: str | None = None) -> Sequence[Contribution]:
    """The stories of children for whom one of these cares, by their receipts; or that one, held."""
    theirs = select(Contribution).join(Telling).where(Telling.guardian.in_(who)).options(WHOLE)
    if key:
        theirs = theirs.where(Contribution.key == key).with_for_update(of=Contribution)
    return db.session.scalars(theirs.order_by(Contribution.id.desc()).limit(PAGE)).all() if who else ()


def may_see(found: Contribution, who: Collection[str]) -> bool:
    """Whether one of these told it, or cares for the child who did: what was handed in is theirs to see and hear."""
    tells = telling(found)
    return found.who in who or bool(tells and tells.guardian and tells.guardian in who)


def sheets(contribution_ids: Collection[int]) -> dict[int, set[str]]:
    """The bytes of the signed sheets that are kept of each of these."""
    kept = select(Evidence.contribution_id, Evidence.sheet).where(Evidence.contribution_id.in_(contribution_ids))
    found: dict[int, set[str]] = {}
    for id_, key in db.session.execute(kept.where(Evidence.sheet.is_not(None))):
        found.setdefault(id_, set()).add(str(key))
    return found


def evidence_of(contribution_id: int) -> Sequence[Evidence]:
    """What shows the yeses to it that were said on paper or aloud, the last first."""
    kept = select(Evidence).where(Evidence.contribution_id == contribution_id)
    return db.session.scalars(kept.order_by(Evidence.id.desc())).all()


def wait_for_a_yes(neighbourhood_id: int) -> Sequence[Contribution]:
    """What an editor found good and may be signed on paper or aloud, the oldest first."""
    found = _good_and_helped(neighbourhood_id).order_by(Contribution.sent_at, Contribution.id)
    return db.session.scalars(found.limit(200)).all()


def waits_for_a_yes(neighbourhood_id: int, key: str) -> Contribution | None:
    """One of those, held until the end of the transaction."""
    this = _good_and_helped(neighbourhood_id).where(Contribution.key == key)
    return db.session.scalar(this.with_for_update(of=Contribution))


def _good_and_helped(neighbourhood_id: int) -> Select[Contribution]:
    """An editor said yes to the last version; somebody helped to tell it, or a child tells it."""
    here = (Contribution.neighbourhood_id == neighbourhood_id, Contribution.kind == KIND)
    last = and_(Version.contribution_id == Contribution.id, Version.number == Contribution.last_version)
    good = select(Approval.id).where(Approval.version_id == Version.id, Approval.as_what == EDITOR)
    helped = or_(Telling.way != SELF, Telling.guardian.is_not(None))
    found = select(Contribution).join(Version, last).join(Telling, Telling.contribution_id == Contribution.id)
    return found.where(*here, Contribution.state != State.AWAY, good.exists(), helped).options(WHOLE)


def held(neighbourhood_id: int, key: str) -> Contribution | None:
    """The same, held until the end of the transaction."""
    this = (Contribution.neighbourhood_id == neighbourhood_id, Contribution.kind == KIND, Contribution.key == key)
    return db.session.scalar(select(Contribution).where(*this).options(WHOLE).with_for_update(of=Contribution))


def of_contribution(contribution_id: int) -> Story | None:
    """What everybody reads, or read, of it."""
    return db.session.scalar(select(Story).where(Story.contribution_id == contribution_id))


def allows(contribution_id: int, use: str) -> bool:
    """Whether the teller's yes to a use stands."""
    return use in uses(contribution_id)


def uses(contribution_id: int) -> set[str]:
    """All that the teller allows now."""
    mine = select(Consent.use).where(Consent.kind == KIND, Consent.thing == contribution_id, consent.stands())
    return set(db.session.scalars(mine))


def shown_keys(keys: Collection[str]) -> set[str]:
    """Those of these stories that everybody may read."""
    return set(db.session.scalars(select(Story.key).where(Story.key.in_(keys), can_be_read()))) if keys else set()


def walk_keys(keys: Collection[str]) -> set[str]:
    """Those of these stories whose tellers allow walks."""
    return set(db.session.scalars(select(Story.key).where(Story.key.in_(keys), can_be_in_walks()))) if keys else set()


def export_keys(keys: Collection[str]) -> set[str]:
    """Those of these stories whose tellers allow walks, and that somebody takes them along in a file."""
    these = select(Story.key).where(Story.key.in_(keys), can_be_in_walks(), _allows(EXPORT))
    return set(db.session.scalars(these)) if keys else set()


def school_keys(keys: Collection[str]) -> set[str]:
    """Those of these stories whose tellers allow walks, and classes that walk them."""
    these = select(Story.key).where(Story.key.in_(keys), can_be_in_walks(), _allows(SCHOOL))
    return set(db.session.scalars(these)) if keys else set()


def embed_keys(keys: Collection[str]) -> set[str]:
    """Those of these stories whose tellers allow walks, and that they stand on other sites."""
    these = select(Story.key).where(Story.key.in_(keys), can_be_in_walks(), _allows(EMBED))
    return set(db.session.scalars(these)) if keys else set()


def public_keys(ids: Collection[int]) -> dict[int, str]:
    """The key of each of these, by the contribution's id."""
    found = select(Contribution.id, Contribution.key).where(Contribution.id.in_(ids))
    return {id_: key for id_, key in db.session.execute(found)}  # noqa: C416  # a Row is no pair to mypy


def has_a_voice() -> ColumnElement[bool]:
    """What the question for those with a voice asks of a Story too."""
    return and_(Story.sound_key.is_not(None), _allows(VOICE))


def on_paper(ids: Collection[int]) -> set[int]:
    """Those of these stories that everybody may read and whose tellers allow print, by their ids."""
    found = select(Story.id).where(Story.id.in_(ids), can_be_printed())
    return set(db.session.scalars(found)) if ids else set()


def can_be_printed() -> ColumnElement[bool]:
    """What is asked of a Story besides, where it stands on paper: the teller's yes to that."""
    return and_(can_be_read(), _allows(PRINT))


def _allows(use: str) -> ColumnElement[bool]:
    return select(Consent.id).where(consent.to(KIND, Story.contribution_id, use)).correlate(Story).exists()
