"""Stories: what residents tell of a place, under two signatures, and theirs to take back."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core import contributions
from core.audit.acts import PARTS, Acts
from core.consent.things import KINDS, Kind
from core.media.owners import OWNERS
from core.personal_data import SORTS
from tours.stories import (
    cli,
    demo,
    editing_pages,
    elsewhere_pages,
    kind,
    mine_pages,
    prompts,
    queries,
    question_pages,
    reactions,
    service,
    sound_pages,
    telling_pages,
    uses,
    views,
)
from tours.stories.personal_data import PERSONAL_DATA

__all__ = ["editing_pages", "question_pages", "sound_pages", "telling_pages"]  # their routes are of views.bp


def init_app(app: Flask) -> None:
    """Register the pages, the kind, its uses, its files, and what is kept of a person."""
    views.init_app(app)
    mine_pages.init_app(app)
    elsewhere_pages.init_app(app)
    cli.init_app(app)
    demo.init_app(app)
    contributions.add(app, service.STORY, has_pages=False)
    contributions.add(app, reactions.MEMORY)
    contributions.add(app, prompts.QUESTION)
    KINDS.add(app, uses.KIND, Kind(queries.public_keys, kind.note))
    OWNERS.add(app, service.PICTURES.name, service.PICTURES)
    PARTS.add(app, "stories", Acts("stories", _l("Stories"), {"story.edit": _l("changed a story")}))
    SORTS.add(app, PERSONAL_DATA.name, PERSONAL_DATA)
