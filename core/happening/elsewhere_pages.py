"""The same for other readers: a feed (Atom) and a calendar (iCalendar). They hold what the page shows, and no more."""

from urllib.parse import urlsplit

from flask import Flask, Response, g, url_for
from flask_babel import gettext as _

from core import clock, feeds
from core.guard import may
from core.happening import goings_on
from core.happening.goings_on import GoingOn
from core.i18n import lang


def init_app(app: Flask) -> None:
    """Register both."""
    add = app.add_url_rule
    add("/w/<slug>/happening/feed.xml", "happening.feed", feed)
    add("/w/<slug>/happening/calendar.ics", "happening.calendar", calendar)


@may("public.read")
def feed() -> Response:
    """What is new here, the newest first."""
    found = goings_on.of(g.neighbourhood).everything
    new = sorted((one for one in found if one.since), key=lambda one: one.since or clock.now(), reverse=True)
    own, page = g.public_url + url_for("happening.feed"), g.public_url + url_for("happening.show")
    made = feeds.written(_title(), own, page, [_entry(one) for one in new], (), clock.now())
    return Response(made, mimetype="application/atom+xml")


@may("public.read")
def calendar() -> Response:
    """What can be gone to, for the calendar on a phone."""
    from core.happening import calendar as ics  # its library is only loaded where somebody asks for one

    host = urlsplit(g.public_url).netloc
    timed = [
        ics.Meeting(one.key, str(one.name), str(one.about), one.where, one.begins, one.ends, _address(one))
        for one in goings_on.of(g.neighbourhood).everything
        if one.begins and one.key != "house"
    ]
    made = ics.written(_title(), host, timed, clock.now())
    return Response(made, mimetype="text/calendar", headers={"Content-Disposition": "inline; filename=buurtspoor.ics"})


def _title() -> str:
    return str(_("What happens in %(name)s", name=g.neighbourhood.name))


def _address(one: GoingOn) -> str:
    where: str = url_for(one.endpoint, **one.arguments)  # type: ignore[arg-type]  # names of arguments
    return f"{g.public_url}{where}"


def _entry(one: GoingOn) -> feeds.Entry:
    since = one.since or clock.now()
    return feeds.Entry(
        _address(one), str(one.name), one.language or lang(), str(one.about), g.neighbourhood.name, "", since, since,
    )  # fmt: skip
