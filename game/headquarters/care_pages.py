"""For the team: how many are still alone, where nobody takes part yet, signs to check, and the report of the day."""

from flask import Flask, g, render_template
from flask_babel import lazy_gettext as _l

from core import clock
from core.guard import may
from core.menus import TEAM, Group, Line, always
from core.places import checks, hours
from core.places import queries as places
from game.headquarters import care
from game.headquarters.care import Said
from game.scoring import still
from game.seasons import queries as seasons
from game.seasons.models import Season


def init_app(app: Flask) -> None:
    """Register the pages beside that of the desk, whose names they share."""
    app.add_url_rule("/w/<slug>/staff/care", "headquarters.care", show)
    app.add_url_rule("/w/<slug>/staff/report", "headquarters.report", report)
    TEAM.add(
        app, "care", always(Line("headquarters.care", "hand", _l("Care for each other"), group=Group.HOUSE)), order=35
    )


@may("aggregates.read")
def show() -> str:
    """How many are alone, the zones, and the signs to check."""
    season = seasons.shown(g.neighbourhood.id)
    return render_template(
        "game/headquarters/care.html", season=season, said=_said(season), first=season and care.first_on(season),
        checks=checks.due(g.neighbourhood.id, clock.today()),
    )  # fmt: skip


@may("aggregates.read")
def report() -> str:
    """One page to print or to send on: no person, no pair, no number that is small."""
    season, house = seasons.shown(g.neighbourhood.id), places.house(g.neighbourhood.id)
    return render_template(
        "print/report.html", season=season, said=_said(season), checks=checks.due(g.neighbourhood.id, clock.today()),
        thermometer=still.read(season, still.lived_in(g.neighbourhood.zones)) if season else None,
        house=house, week=hours.open_days(house.hours) if house else [], address=g.public_url.partition("://")[2],
    )  # fmt: skip


def _said(season: Season | None) -> Said | None:
    return care.said(season) if season else None
