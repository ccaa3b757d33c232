"""Scoring: what a meeting is worth, the ledger, and the thermometer. It knows no encounter, only a Meeting."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core import jobs as clockwork
from core.audit import acts
from game.scoring import corrections, jobs, measures, personal_data, queries, views
from game.seasons import played

ACTS = acts.Acts(
    "points",
    _l("Points"),
    {
        "points.take": _l("Took away what a meeting gave"),
        "points.give": _l("Gave back what a meeting gave"),
        "points.stay": _l("Said that points are right"),
    },
    reasons=lambda: corrections.WHY,
)


def init_app(app: Flask) -> None:
    """Register the thermometer, the points on the page about oneself, what is kept of people, and what is measured."""
    views.init_app(app)
    measures.init_app(app)
    personal_data.init_app(app)
    acts.PARTS.add(app, ACTS.part, ACTS)
    clockwork.SWEEPS.add(app, "hosts are known", jobs.welcome_hosts)
    clockwork.SWEEPS.add(app, "points for the buurt", jobs.give_to_buurt)
    clockwork.SWEEPS.add(app, "boards that stand still", jobs.draw_up)
    played.PLAYED.add(app, "points", lambda season: queries.has_entries(season.id))
