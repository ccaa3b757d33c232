"""Challenges: what two residents do together. A kind is a small class; what a challenge says is data."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core import contributions
from core import jobs as clockwork
from core.audit import acts
from core.desk import handlers
from core.personal_data import SORTS
from game.challenges import at_desk, cli, demo, finding_pages, jobs, maker_pages, mirror, pack_pages, views, week_pages
from game.challenges.drafts import Draft
from game.challenges.notes import NOTED
from game.challenges.personal_data import FINDINGS, PERSONAL_DATA

ACTS = acts.Acts(
    "challenges",
    _l("Challenges"),
    {
        "challenge.new": _l("Made a challenge"),
        "challenge.change": _l("Changed a challenge"),
        "challenge.retire": _l("Took a challenge out of the list"),
        "challenge.restore": _l("Put a challenge back in the list"),
        "challenge.week": _l("Chose the challenge of a week"),
        "challenges.pack": _l("Put everyday challenges in the list"),
    },
)


def init_app(app: Flask) -> None:
    """Register the pages and the command, the sweep, what the desk decides, what is kept of a person, how acts read."""
    views.init_app(app)
    for pages in (pack_pages, maker_pages, week_pages, finding_pages):
        pages.init_app(app)
    app.add_template_global(at_desk.card_of, "card_of")
    contributions.add(app, Draft())
    contributions.add(app, NOTED)
    handlers.HANDLERS.add(app, at_desk.Challenges.kind, at_desk.Challenges())
    for sort in (PERSONAL_DATA, FINDINGS):
        SORTS.add(app, sort.name, sort)
    acts.PARTS.add(app, ACTS.part, ACTS)
    clockwork.SWEEPS.add(app, "challenges", jobs.sweep)
    cli.init_app(app)
    demo.init_app(app)
    mirror.init_app(app)
