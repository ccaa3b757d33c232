"""Choices: two to five options, reasons for and against, votes that nobody can trace, and what became of it."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core import contributions
from core.audit import acts
from core.happening.goings_on import GOINGS_ON
from core.jobs import SWEEPS
from core.personal_data import SORTS
from core.steps.invariants import INVARIANTS
from game.choices import check, demo, desk_pages, goings_on, measures, staff_pages, views
from game.choices.jobs import empty
from game.choices.kind import CARD
from game.choices.personal_data import VOTES

ACTS = acts.Acts(
    "choices",
    _l("Choosing together"),
    {
        "choice.open": _l("Opened a choice"),
        "choice.sheet": _l("Handed out a sheet of paper for a choice"),
        "choice.count": _l("Typed totals of paper of a choice"),
        "choice.decide": _l("Said what became of a choice"),
        "choice.void": _l("Made a choice void"),
    },
)


def init_app(app: Flask) -> None:
    """Register the pages, the cards, what is kept of a person, and the sweep after the close."""
    for pages in (views, staff_pages, desk_pages, demo):
        pages.init_app(app)
    contributions.add(app, CARD)
    GOINGS_ON.add(app, "choices", goings_on.of, order=30)
    INVARIANTS.add(app, "choices", check.look)
    SORTS.add(app, VOTES.name, VOTES)
    measures.init_app(app)
    acts.PARTS.add(app, ACTS.part, ACTS)
    SWEEPS.add(app, "choices", empty)
