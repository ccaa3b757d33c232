"""Seasons: 24 to 28 days in which encounters score."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.audit import acts
from core.measures import measure as measures
from core.measures.queries import has_edition
from core.people import zones
from game.seasons import measured, played, queries, views

ACTS = acts.Acts(
    "seasons",
    _l("Seasons"),
    {
        "season.start": _l("Started a season"),
        "season.change": _l("Changed a season"),
        "season.away": _l("Took a season away"),
        "season.reveal": _l("Showed what became of a season"),
        "season.close": _l("Closed a season"),
    },
)


def init_app(app: Flask) -> None:
    """Register the pages, what "once a season" means for a change of zone, and of which days things are measured."""
    zones.count_from(app, queries.began)
    views.init_app(app)
    measures.SEASONS.add(app, "seasons", measured.SEASONS)
    played.PLAYED.add(app, "editions", lambda season: has_edition(season.neighbourhood_id, season.starts_on))
    acts.PARTS.add(app, ACTS.part, ACTS)
