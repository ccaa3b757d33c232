"""The board of photos, each picture on it, and who may see yours: at each request anew (docs/rules.md §5)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, g, jsonify, render_template, request, send_file, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core import jobs as clockwork
from core.consent import queries as consents
from core.database import writing
from core.errors import own_page
from core.guard import may
from core.people.views import refuse_suspended
from core.photos import captions, jobs, queries, rules, service
from core.photos.captions import Caption
from core.photos.drawn import Drawn
from core.photos.models import ALBUM, KIND, WEB, Photo
from core.photos.queries import Choice
from core.saved import saved

bp = Blueprint("photos", __name__, url_prefix="/w/<slug>")
BOTH_GONE = _l("The photo is gone, for both of you. The points stay.")
OWN_GONE = _l("The photo is gone from your album. The points stay.")
NEWEST = 3  # on the panel of home
MOST = 200  # photos that a page may ask after


@dataclass(frozen=True)
class Shown(Drawn):
    """A photo on the board, as the components draw one."""

    caption: Caption | None = None

    @property
    def alt(self) -> LazyString:
        """What a reader who cannot see it hears. It names nobody."""
        return _l("A photo of neighbours who met")

    def url(self, size: str) -> str:
        """Where one size of it is."""
        return url_for("photos.picture", key=self.photo.key, size=size)


def init_app(app: Flask) -> None:
    """Register the pages, and sweep away the bytes of forgotten photos."""
    app.register_blueprint(bp)
    app.jinja_env.globals["scopes"] = rules.WORDS
    clockwork.SWEEPS.add(app, "photos", jobs.sweep)


def send(photo: Photo | None, size: str, find: Callable[[Photo, str], Path | None] = service.file) -> Response:
    """The picture of one size, or 404 when there is none (any more)."""
    file = photo and find(photo, size)
    return send_file(file, mimetype="image/webp", etag=False, last_modified=None) if file else abort(404)


def panel() -> str | None:
    """The newest photos on home; nothing while there are none."""
    newest = _shown(queries.board(g.neighbourhood.id, _scopes(), limit=NEWEST))
    return render_template("core/photos/panel.html", photos=newest) if newest else None


@bp.get("/photos")
@may("public.read")
def board() -> str:
    """What neighbours let others see, the newest first."""
    found = queries.board(g.neighbourhood.id, _scopes(), request.args.get("before"))
    older = url_for(".board", before=found[queries.PAGE - 1].key) if len(found) > queries.PAGE else None
    page = found[: queries.PAGE]
    return render_template("core/photos/board.html", photos=_shown(page), older=older, mine=_mine(page))


@bp.get("/photos/<key>/<any(small, medium, large):size>.webp")
@may("public.read")
def picture(key: str, size: str) -> Response:
    """One size of a photo, for who may see it now: each size by the same question."""
    player = g.person.player_key if g.person else None
    return send(queries.picture(g.neighbourhood.id, key, _scopes(), player), size)


@bp.get("/photos/gone")
@may("public.read")
def gone() -> Response:
    """Which of the photos on an open page may not be seen there any more: `keys` with dots between, `on` a page."""
    keys = [key for key in request.args.get("keys", "").split(".")[:MOST] if key]
    left = queries.still(g.neighbourhood.id, keys, _may_stay(request.args.get("on")))
    return jsonify(gone=[key for key in keys if key not in left])


@bp.get("/photos/<key>/who")
@may("photo.consent")
def who(key: str) -> str:
    """Who may see a photo of yours."""
    photo = _own(key)
    choice = queries.choices([photo], g.person.player_key)[photo.id]
    return render_template("core/photos/who.html", photo=Shown(photo), choice=choice)


@bp.post("/photos/<key>/who", endpoint="choose")
@may("photo.consent")
def choose(key: str) -> BaseResponse:
    """Change it, and back to the page where it was asked."""
    scopes = request.form.getlist("scope")
    with writing():
        photo = _own(key)
        if service.widens(photo, g.person.player_key, scopes):
            refuse_suspended()
        service.choose(photo, g.person.player_key, scopes)
        choice = queries.choices([photo], g.person.player_key)[photo.id]
    return saved(own_page(request.form.get("back", "")) or url_for(".who", key=key), _now(choice), "who")


@bp.post("/photos/<key>/withdraw")
@may("photo.withdraw")
def withdraw(key: str) -> BaseResponse:
    """The photo goes, from every place; the meeting and the points stay. A copy of one's own goes alone."""
    with writing():
        photo = _own(key)
        is_own = photo.stays
        service.forget(photo, g.person.player_key)
    page = own_page(request.form.get("back", "")) or url_for(".board")
    return saved(page, OWN_GONE if is_own else BOTH_GONE)


@bp.get("/revocations.json")
@may("public.read")
def revocations() -> Response:
    """Photos that packs and offline screens may hold and must drop, newest first, with the page that comes after."""
    key, scope = request.args.get("before", ""), request.args.get("scope", "")
    found = consents.revocations(g.neighbourhood.id, KIND, (key, scope) if key else None)
    page = found[: consents.REVOCATIONS]
    onwards = url_for(".revocations", before=page[-1][0], scope=page[-1][1]) if len(found) > len(page) else None
    rows = [{"photo": key, "scope": scope, "at": at.isoformat()} for key, scope, at in page]
    return jsonify(made_at=clock.now().isoformat(), revoked=rows, next=onwards)


def _now(choice: Choice) -> str:
    """What is true once a choice was kept."""
    if choice.seen_in:
        implied = {one for scope in choice.seen_in for one in rules.IMPLIED.get(scope, ())}
        return " ".join([str(_l("Saved.")), *(str(rules.SEEN[one]) for one in choice.seen_in if one not in implied)])
    if choice.waits:
        return str(_l("Saved. An editor looks at it first. Until then only the two of you see it."))
    if choice.mine:
        return str(_l("Saved. Only the two of you see it, until the other agrees too."))
    return str(_l("Saved. Only the two of you see this photo."))


def _own(key: str) -> Photo:
    return queries.own(g.neighbourhood.id, key, g.person.player_key) or abort(404)


def _mine(photos: Sequence[Photo]) -> set[str]:
    if g.person is None:
        return set()
    keys = [photo.key for photo in photos]
    return queries.still(g.neighbourhood.id, keys, queries.is_in_it(g.person.player_key))


def _may_stay(on: str | None) -> ColumnElement[bool]:
    if on == "meeting":  # where a photo may still wait for the other's yes
        return Photo.forgotten_at.is_(None)
    if on == "web":  # the same for whoever looks
        return queries.visible(WEB)
    return queries.visible(ALBUM) if on == "album" else queries.visible_in(_scopes())


def _scopes() -> tuple[str, ...]:
    return rules.board(is_player=g.person is not None).scopes


def _shown(photos: Iterable[Photo]) -> list[Shown]:
    found = list(photos)
    said = captions.of([photo.id for photo in found])
    return [Shown(photo, said.get(photo.id)) for photo in found]
