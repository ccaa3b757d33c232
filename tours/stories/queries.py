"""Finding stories. What everybody may read is asked here, at every question: shown, and the teller's yes stands."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from core.consent import queries as consent
from core.consent.models import Consent
from core.contributions.models import Contribution
from core.database import db
from tours.stories.folding import wanted
from tours.stories.models import Picture, Story, Telling
from tours.stories.uses import EMBED, KIND, NAME, SITE, VOICE

PAGE = 30


def can_be_read() -> ColumnElement[bool]:
    """What every question of everybody asks of a Story."""
    stands = select(Consent.id).where(consent.to(KIND, Story.contribution_id, SITE)).correlate(Story).exists()
    return and_(Story.gone_at.is_(None), Story.hidden_at.is_(None), stands)


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


def of(
    neighbourhood_id: int, words: str = "", theme: str = "", language: str = "", heard: bool = False
) -> Sequence[Story]:
    """The stories of a neighbourhood, the oldest time first and those without one last; with all of these words."""
    found = select(Story).where(Story.neighbourhood_id == neighbourhood_id, can_be_read())
    for word in wanted(words):
        found = found.where(Story.found.contains(f" {word}", autoescape=True))
    for name, value in (("theme", theme), ("language", language)):
        found = found.where(getattr(Story, name) == value) if value else found
    if heard:
        found = found.where(Story.sound_key.is_not(None), _allows(VOICE))
    ordered = found.order_by(Story.first_year.is_(None), Story.first_year, Story.id).options(joinedload(Story.spot))
    return db.session.scalars(ordered.limit(300)).all()


def elsewhere(neighbourhood_id: int) -> Sequence[Story]:
    """The stories that may also stand on other sites, the newest first."""
    here = (Story.neighbourhood_id == neighbourhood_id, can_be_read(), _allows(EMBED))
    newest = select(Story).where(*here).order_by(Story.published_at.desc(), Story.id.desc())
    return db.session.scalars(newest.limit(PAGE)).all()


def can_stand_elsewhere(story: Story) -> bool:
    """Whether a story may be found by search engines, and stand on other sites: the teller's yes to that."""
    return story.contribution_id is not None and allows(story.contribution_id, EMBED)


def languages(neighbourhood_id: int) -> Sequence[str]:
    """The languages that there are stories in."""
    here = select(Story.language).where(Story.neighbourhood_id == neighbourhood_id, can_be_read())
    return db.session.scalars(here.distinct().order_by(Story.language)).all()


def at(spot_id: int) -> Sequence[Story]:
    """The voices at a spot, side by side: none is the official one."""
    there = select(Story).where(Story.spot_id == spot_id, can_be_read())
    return db.session.scalars(there.order_by(Story.first_year.is_(None), Story.first_year, Story.id)).all()


def many(neighbourhood_id: int) -> tuple[int, int | None]:
    """How many stories there are to read, and the year of the oldest."""
    here = select(func.count(Story.id), func.min(Story.first_year))
    how_many, oldest = db.session.execute(here.where(Story.neighbourhood_id == neighbourhood_id, can_be_read())).one()
    return how_many, oldest


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


def can_be_heard(story: Story) -> bool:
    """Whether its voice may be heard: the teller's yes, and a transcript."""
    return bool(story.sound_key and story.cues and story.contribution_id and allows(story.contribution_id, VOICE))


def words_of(content: Mapping[str, Any]) -> str:
    """What a version says: as it was written, else as it was spoken and typed; "" for a voice that nobody typed yet."""
    return str(content["words"] or typed_of(content))


def typed_of(content: Mapping[str, Any]) -> str:
    """What is typed of its voice; "" for nothing."""
    typed = content.get("transcript")
    return str(typed["words"]) if typed else ""


def titles(keys: Collection[str]) -> dict[str, str]:
    """What stories are called, by their keys."""
    found = db.session.scalars(select(Story).where(Story.key.in_(keys), can_be_read()))
    return {story.key: story.title for story in found}


# ---- a teller's own


def telling(contribution: Contribution) -> Telling | None:
    """Who tells it."""
    return db.session.scalar(select(Telling).where(Telling.contribution_id == contribution.id))


def tellings(contribution_ids: Collection[int]) -> dict[int, Telling]:
    """Who tells these, by the contribution's id."""
    found = db.session.scalars(select(Telling).where(Telling.contribution_id.in_(contribution_ids)))
    return {one.contribution_id: one for one in found}


def handed_in(neighbourhood_id: int, key: str) -> Contribution | None:
    """What a story is made of, whoever asks: who may see it is the caller's to judge."""
    this = (Contribution.neighbourhood_id == neighbourhood_id, Contribution.kind == KIND, Contribution.key == key)
    return db.session.scalar(select(Contribution).where(*this))


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


def public_keys(ids: Collection[int]) -> dict[int, str]:
    """The key of each of these, by the contribution's id."""
    found = select(Contribution.id, Contribution.key).where(Contribution.id.in_(ids))
    return {id_: key for id_, key in db.session.execute(found)}  # noqa: C416  # a Row is no pair to mypy


def _allows(use: str) -> ColumnElement[bool]:
    return select(Consent.id).where(consent.to(KIND, Story.contribution_id, use)).correlate(Story).exists()
