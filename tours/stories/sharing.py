"""The picture of a story that other sites show beside a link to it: while its teller allows that.

It goes with the yes that it was made for: a surface of core/consent lets go of its bytes.
"""

from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core import jobs
from core.consent import queries as consents
from core.consent.models import Consent
from core.consent.surfaces import SURFACES, Gone, Surface
from core.database import db
from core.media.owners import OWNERS
from core.neighbourhoods.models import Neighbourhood
from tours.stories import queries
from tours.stories.cards import OWNER, Cards, Wanted, Words
from tours.stories.models import Card, Story
from tours.stories.uses import EMBED, KIND


def init_app(app: Flask) -> None:
    """Register who draws, who keeps and who drops it."""
    OWNERS.add(app, OWNER.name, OWNER)
    SURFACES.add(app, "share pictures", Surface({KIND: {EMBED}}, _drop))
    jobs.SWEEPS.add(app, "share pictures", sweep)


def file(story: Story) -> Path | None:
    """Where the picture of a story lies; None for none yet. Whether it may stand elsewhere is the caller's to ask."""
    return CARDS.file(story.id)


def sweep() -> int:
    """Draw what lacks, or says something else by now; how many."""
    return CARDS.sweep()


def _wanted() -> Iterator[Wanted]:
    elsewhere = select(Consent.id).where(consents.to(KIND, Story.contribution_id, EMBED)).correlate(Story).exists()
    wanted = (
        select(Story, Neighbourhood.name, Card.of)
        .join(Neighbourhood, Neighbourhood.id == Story.neighbourhood_id)
        .outerjoin(Card, Card.story_id == Story.id)
        .where(queries.can_be_read(), elsewhere)
        .options(joinedload(Story.spot))
    )
    for story, name, of in db.session.execute(wanted):
        yield Wanted(story.id, _words(story, name), of)


def _words(story: Story, neighbourhood: str) -> Words:
    """No name, and no word of the story itself."""
    year = str(story.period.words) if story.period else ""
    return Words(story.title, year, story.spot.name if story.spot else "", neighbourhood)


def _may_stand(story_id: int) -> bool:
    """Whether its teller still allows it: their yes is held, so that it cannot end between."""
    story = db.session.scalar(select(Story).where(Story.id == story_id, queries.can_be_read()))
    allowed = select(Consent).where(consents.to(KIND, story.contribution_id or 0, EMBED)) if story else None
    return allowed is not None and db.session.scalar(allowed.with_for_update()) is not None


def _drop(gone: Gone) -> None:
    story = db.session.scalar(select(Story).join(Card).where(Story.key == gone.key))
    if story is None or (story.gone_at is None and not story.hidden_at and queries.can_stand_elsewhere(story)):
        return  # allowed again meanwhile
    CARDS.drop(story.id)


CARDS = Cards(Card, "story_id", _wanted, _may_stand)
