"""Stories: what residents tell of a place, under two signatures, and theirs to take back."""

from flask import Flask

from core import contributions
from core import jobs as clockwork
from core.audit.acts import PARTS
from core.consent.things import KINDS, Kind
from core.contributions import queries as handed_in
from core.forgotten import FORGOTTEN, Forgotten
from core.media.owners import OWNERS
from core.personal_data import SORTS
from tours.stories import (
    acts,
    cli,
    collection_pages,
    demo,
    editing_pages,
    elsewhere_pages,
    entering,
    guardian_pages,
    kind,
    map_pages,
    measures,
    mine_pages,
    mirror,
    paper_pages,
    pause_pages,
    pauses,
    picture_pages,
    prompts,
    pupil_pages,
    pupils,
    queries,
    question_pages,
    reactions,
    service,
    sharing,
    sound_pages,
    telling_pages,
    turn_pages,
    uses,
    views,
)
from tours.stories.personal_data import PERSONAL_DATA, PUPILS

# their routes are of views.bp
__all__ = ["collection_pages", "editing_pages", "pause_pages", "question_pages", "sound_pages", "telling_pages"]


def init_app(app: Flask) -> None:
    """Register the pages, the kind, its uses, its files, and what is kept of a person."""
    views.init_app(app)
    mine_pages.init_app(app)
    turn_pages.init_app(app)
    map_pages.init_app(app)
    picture_pages.init_app(app)
    guardian_pages.init_app(app)
    pupil_pages.init_app(app)
    paper_pages.init_app(app)
    elsewhere_pages.init_app(app)
    sharing.init_app(app)
    cli.init_app(app)
    demo.init_app(app)
    mirror.init_app(app)
    measures.init_app(app)
    contributions.add(app, service.STORY, has_pages=False)
    contributions.add(app, reactions.MEMORY)
    contributions.add(app, prompts.QUESTION)
    KINDS.add(app, uses.KIND, Kind(queries.public_keys, kind.note))
    OWNERS.add(app, service.PICTURES.name, service.PICTURES)
    OWNERS.add(app, entering.SHEETS.name, entering.SHEETS)
    clockwork.SWEEPS.add(app, "stories that rest", pauses.sweep)
    PARTS.add(app, acts.ACTS.part, acts.ACTS)
    FORGOTTEN.add(app, "pupil's story", Forgotten(handed_in.taken_back_since, pupils.gone_again))
    SORTS.add(app, PERSONAL_DATA.name, PERSONAL_DATA)
    SORTS.add(app, PUPILS.name, PUPILS)
