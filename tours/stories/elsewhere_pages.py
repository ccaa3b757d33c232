"""Stories on other sites: a feed, what search engines read, a frame; each asks whether the teller's yes still stands.

None of them keeps a copy here. What others copied is told to be dropped: in the feed itself and in revocations.json.
"""

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    g,
    jsonify,
    make_response,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.consent import queries as consents
from core.feeds import written
from core.guard import may
from tours.stories import feed, licences, queries, sharing
from tours.stories.models import Story
from tours.stories.uses import EMBED, KIND
from tours.stories.views import bp, shown

feeds = Blueprint("story_feeds", __name__, url_prefix="/w/<slug>")


def init_app(app: Flask) -> None:
    """Register the feed, which stands beside the pages; the rest stands on the blueprint of views.py."""
    app.register_blueprint(feeds)


@feeds.get("/stories.atom")
@may("public.read")
def atom() -> Response:
    """The newest stories that may stand on other sites, and those that a reader must drop."""
    stories = queries.elsewhere(g.neighbourhood.id)
    names, rights = queries.names(stories), licences.of([one.contribution_id for one in stories if one.contribution_id])
    gone = [(_address(key), at) for key, use, at in consents.revocations(g.neighbourhood.id, KIND) if use == EMBED]
    named = [
        feed.Item(one, names.get(one.id) or _nameless(one), rights.get(one.contribution_id or 0)) for one in stories
    ]
    entries = [feed.entry(item, _address(item.story.key)) for item in named]
    title = _("The stories of %(name)s", name=g.neighbourhood.name)
    own, page = g.public_url + url_for(".atom"), g.public_url + url_for("stories.index")
    made = written(title, own, page, entries, gone, clock.now())
    return Response(made, mimetype="application/atom+xml")


@bp.get("/<key>/about.jsonld")
@may("public.read")
def about(key: str) -> Response | tuple[str, int]:
    """One story for search engines and archives. Of one that is gone its address says so (410)."""
    story = _found(key)
    if story is None:
        return render_template("tours/stories/gone.html"), 410
    [item] = shown([story])
    pictures = [
        (picture, g.public_url + url_for(".picture", key=key, number=picture.number, size="large"))
        for picture in story.pictures
    ]
    licence = licences.one(story.contribution_id)
    answer = jsonify(feed.article(feed.Item(story, item.name, licence), _address(key), pictures))
    answer.mimetype = "application/ld+json"
    return answer


@bp.get("/<key>/share.png")
@may("public.read")
def share(key: str) -> BaseResponse:
    """The picture that goes with a link to a story. Of one that is gone its address says so (410)."""
    story = _found(key)
    if story is None:
        return make_response(render_template("tours/stories/frame_gone.html"), 410)
    drawn = sharing.file(story) or abort(404)
    return send_file(drawn, mimetype="image/png", etag=False, last_modified=None)


@bp.get("/revocations.json")
@may("public.read")
def revocations() -> Response:
    """Stories that walks, prints and other sites may hold and must drop, newest first, with the page after."""
    key, use = request.args.get("before", ""), request.args.get("use", "")
    found = consents.revocations(g.neighbourhood.id, KIND, (key, use) if key else None)
    page = found[: consents.REVOCATIONS]
    onwards = url_for(".revocations", before=page[-1][0], use=page[-1][1]) if len(found) > len(page) else None
    rows = [{"story": key, "use": use, "at": at.isoformat()} for key, use, at in page]
    return jsonify(made_at=clock.now().isoformat(), revoked=rows, next=onwards)


@bp.get("/<key>/frame")
@may("public.read")
def frame(key: str) -> BaseResponse:
    """One story, to stand in a page of another site. This page alone may be framed."""
    story = _found(key)
    g.may_be_framed = True
    if story is None:
        return make_response(render_template("tours/stories/frame_gone.html"), 410)
    [item] = shown([story])
    page = render_template("tours/stories/frame.html", item=item, story=story, address=_address(key),
                           licence=licences.one(story.contribution_id))  # fmt: skip
    return make_response(page)


def _found(key: str) -> Story | None:
    """A story that may stand elsewhere; None for one that is gone, 404 for one that never might."""
    story = queries.one(g.neighbourhood.id, key)
    if story and queries.can_stand_elsewhere(story):
        return story
    before = story or queries.was_here(g.neighbourhood.id, key)
    if story or before is None or queries.pause_of(before.id):
        abort(404)
    return None


def _nameless(story: Story) -> str:
    return str(_("a neighbour") if story.pupil is None else _("a pupil"))


def _address(key: str) -> str:
    return str(g.public_url + url_for("stories.show", key=key))
