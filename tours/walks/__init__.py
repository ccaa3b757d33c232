"""Walks: stories strung along a line, by a maker, with each teller's leave."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core import jobs as clockwork
from core.audit.acts import PARTS, Acts
from core.consent.surfaces import SURFACES, Surface
from core.desk.handlers import HANDLERS
from core.personal_data import SORTS
from tours.stories.uses import KIND, SITE, TOURS, VOICE
from tours.walks import (
    at_desk,
    builder_pages,
    cli,
    demo,
    elsewhere_pages,
    export_pages,
    import_pages,
    jobs,
    measures,
    mirror,
    pack_pages,
    print_pages,
    sharing,
    tally,
    teller_pages,
    views,
    walking_pages,
)
from tours.walks.personal_data import PERSONAL_DATA

__all__ = ["export_pages", "pack_pages", "print_pages", "teller_pages", "walking_pages"]  # their routes are of views.bp
ACTS = Acts(
    "walks",
    _l("Walks"),
    {
        "walk.new": _l("Began a walk"),
        "walk.bring": _l("Made a walk of a file"),
        "walk.places": _l("Put the new places of a walk on the map"),
        "walk.send": _l("Sent a walk to the editors"),
        "walk.change": _l("Took a walk out of sight to change it"),
        "walk.shorten": _l("Let a walk go on without what left it"),
        "walk.retire": _l("Took a walk out of the list"),
    },
)


def init_app(app: Flask) -> None:
    """Register the pages, what the desk decides, what a withdrawn story does, and what is kept of a person."""
    views.init_app(app)
    builder_pages.init_app(app)
    import_pages.init_app(app)
    elsewhere_pages.init_app(app)
    sharing.init_app(app)
    cli.init_app(app)
    demo.init_app(app)
    mirror.init_app(app)
    measures.init_app(app)
    HANDLERS.add(app, at_desk.Walks.kind, at_desk.Walks())
    SURFACES.add(app, "walks", Surface({KIND: {SITE, TOURS, VOICE}}, jobs.drop))
    clockwork.SWEEPS.add(app, "walks", jobs.sweep)
    clockwork.SWEEPS.add(app, "walking", tally.forget)
    SORTS.add(app, PERSONAL_DATA.name, PERSONAL_DATA)
    PARTS.add(app, ACTS.part, ACTS)
