"""Walks on other sites: a feed, a frame, the picture beside a link. Each asks at once what may still stand there.

A story stands there only with its teller's yes to other sites; how many do not is said.
"""

from datetime import datetime

from flask import Blueprint, Flask, Response, abort, g, make_response, render_template, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.feeds import Entry, written
from core.guard import may
from tours.stories import feed
from tours.stories import queries as stories
from tours.walks import queries, sharing
from tours.walks.models import Tour
from tours.walks.queries import Shown
from tours.walks.views import bp

feeds = Blueprint("walk_feeds", __name__, url_prefix="/w/<slug>")


def init_app(app: Flask) -> None:
    """Register the feed, which stands beside the pages; the rest stands on the blueprint of views.py."""
    app.register_blueprint(feeds)


@feeds.get("/walks.atom")
@may("public.read")
def atom() -> Response:
    """The walks that everybody can walk, and those that a reader must drop."""
    tours = queries.of(g.neighbourhood.id)
    shown = queries.live([tour.id for tour in tours])
    elsewhere = queries.elsewhere([one for tour in tours for one in shown[tour.id]])
    left_at = queries.left_at(g.neighbourhood.id)
    entries = [_entry(tour, [one for one in shown[tour.id] if one in elsewhere], left_at) for tour in tours]
    title = _("The walks of %(name)s", name=g.neighbourhood.name)
    own, page = g.public_url + url_for(".atom"), g.public_url + url_for("walks.index")
    gone = [(_address(key), clock.now()) for key in queries.gone(g.neighbourhood.id)]
    made = written(title, own, page, entries, gone, clock.now())
    return Response(made, mimetype="application/atom+xml")


@bp.get("/<key>/share.png")
@may("public.read")
def share(key: str) -> BaseResponse:
    """The picture that goes with a link to a walk. Of one that is gone its address says so (410)."""
    tour = queries.one(g.neighbourhood.id, key)
    if tour is None:
        return _gone(key)
    drawn = sharing.file(tour) or abort(404)
    return send_file(drawn, mimetype="image/png", etag=False, last_modified=None)


@bp.get("/<key>/frame")
@may("public.read")
def frame(key: str) -> BaseResponse:
    """A walk to stand in a page of another site. Of all pages about walks this alone may be framed."""
    tour = queries.one(g.neighbourhood.id, key)
    answer = _framed(tour) if tour else _gone(key)
    g.may_be_framed = True
    return answer


def _framed(tour: Tour) -> BaseResponse:
    shown = queries.live([tour.id])[tour.id]
    stops = queries.elsewhere(shown)
    names = stories.names([one.stop.story for one in stops if one.stop.story])
    here = _address(tour.key)
    page = render_template("tours/walks/frame.html", tour=tour, stops=stops, many=len(shown), names=names, address=here)
    return make_response(page)


def _gone(key: str) -> BaseResponse:
    was = queries.was_here(g.neighbourhood.id, key)
    if was is None or was.published_at is None:
        abort(404)
    return make_response(render_template("tours/walks/frame_gone.html"), 410)


def _entry(tour: Tour, stops: list[Shown], left_at: datetime | None) -> Entry:
    told = " · ".join(one.title for one in stops)
    past = told and _("Among its stops: %(stops)s.", stops=told)
    summary = " ".join(filter(None, (tour.intro, f"{tour.length}.", past)))
    begun = tour.published_at or clock.now()
    return Entry(
        _address(tour.key), tour.title, tour.language, summary, tour.credit or g.neighbourhood.name,
        str(feed.RIGHTS), begun, max(begun, left_at) if left_at else begun,
    )  # fmt: skip


def _address(key: str) -> str:
    return str(g.public_url + url_for("walks.show", key=key))
