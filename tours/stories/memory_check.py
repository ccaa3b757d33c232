"""What must hold of every memory under a story, looked up in its rows: each fault in a sentence."""

from collections.abc import Iterator

from sqlalchemy import select

from core.contributions.models import Contribution, State
from core.contributions.queries import WHOLE
from core.database import db
from tours.stories.models import Reaction, Story
from tours.stories.reactions import MEMORY


def faults() -> Iterator[str]:
    """A shown one is the version found good, under a story that is there; of a withdrawn story none is left."""
    handed_in = select(Contribution).where(Contribution.kind == MEMORY.name).options(WHOLE)
    by_key = {one.key: one for one in db.session.scalars(handed_in)}
    for reaction, gone_at in db.session.execute(select(Reaction, Story.gone_at).join(Story)):
        for fault in _of_shown(reaction, by_key.get(reaction.key), gone=gone_at is not None):
            yield f"memory {reaction.key}: {fault}"
    gone = set(db.session.scalars(select(Story.key).where(Story.gone_at.is_not(None))))
    for one in by_key.values():
        if one.last.content["story"] in gone:
            yield f"memory {one.key}: its story is gone, and what was handed in under it is not"


def _of_shown(reaction: Reaction, one: Contribution | None, gone: bool) -> Iterator[str]:
    if gone:
        yield "it is shown, and its story is gone"
    version = one.shown if one and one.state == State.SHOWN else None
    if version is None:
        yield "it is shown, and nothing that was handed in is"
    elif (reaction.words, reaction.language) != (version.content["words"], version.language):
        yield "it says something else than the version that is shown"
