"""Gatherings for the calendar on a phone: one, or all that come here. One that was cancelled says so there."""

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask, Response, g, url_for
from flask_babel import gettext as _

from core import clock
from core.guard import may
from game.gatherings import queries
from game.gatherings.course import CANCELLED
from game.gatherings.queries import Row
from game.gatherings.views import find

BACK = timedelta(days=30)  # that one which was stays in the calendar of all


def init_app(app: Flask) -> None:
    """Register the pages."""
    add = app.add_url_rule
    add("/w/<slug>/gatherings/calendar.ics", "gatherings.calendar", calendar)
    add("/w/<slug>/gatherings/<key>/gathering.ics", "gatherings.one", one)


@may("public.read")
def calendar() -> Response:
    """All that come, and those of the last month."""
    rows = queries.since(g.neighbourhood.id, clock.now() - BACK, queries.MOST)
    return _file(_("Gatherings in %(name)s", name=g.neighbourhood.name), rows)


@may("public.read")
def one(key: str) -> Response:
    """One."""
    gathering = find(key)
    return _file(gathering.title, [queries.row(gathering)])


def _file(name: str, rows: Sequence[Row]) -> Response:
    from core.happening import calendar as ics  # its library is only loaded where somebody asks for one

    meetings = [
        ics.Meeting(
            f"gathering-{row.gathering.key}", row.gathering.title, row.gathering.words, _where(row),
            row.gathering.begins_at, row.gathering.ends_at,
            g.public_url + url_for("gatherings.show", key=row.gathering.key),
            is_cancelled=row.state == CANCELLED, changes=row.steps,
        )
        for row in rows
    ]  # fmt: skip
    made = ics.written(name, urlsplit(g.public_url).netloc, meetings, clock.now())
    return Response(made, mimetype="text/calendar", headers={"Content-Disposition": "inline; filename=buurtspoor.ics"})


def _where(row: Row) -> str:
    spot = row.gathering.spot
    return ", ".join(part for part in (spot.name, spot.street) if part)
