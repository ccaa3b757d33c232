"""A teller's own page of a story, as a player or with a receipt: how it stands, and all that they can do with it."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

from flask import Flask, Response, abort, g, make_response, render_template, request, send_file, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from core.consent.models import How
from core.contributions import queries as contributions
from core.contributions.models import Contribution
from core.database import db, writing
from core.desk import handlers
from core.desk import queries as desk
from core.desk import service as asking
from core.desk.models import Decision
from core.errors import on_refusal
from core.guard import may, may_open
from core.media import service as media
from core.neighbourhoods.models import Neighbourhood
from core.once import once
from core.people.views import refuse_suspended
from core.receipts.holdings import HOLDINGS, Holding
from core.receipts.views import hands
from core.refusal import Sort
from core.saved import saved
from core.security import takes
from tours.stories import acts, beside, licences, pictures, place, queries, reviewing, service, standing
from tours.stories.forms import StoryForm, UsesForm, YesForm
from tours.stories.picture_pages import PARTS, SENT_WITHOUT, TAKES, Album
from tours.stories.telling_pages import around
from tours.stories.uses import USES
from tours.stories.views import bp
from tours.stories.where_pages import looked_up

if TYPE_CHECKING:
    from core.places import geocoding


def init_app(app: Flask) -> None:
    """What stands under a receipt."""
    HOLDINGS.add(app, "stories", Holding(_held, standing.called))


def _held(subject: str) -> Markup | None:
    """The stories under a receipt."""
    mine = standing.of([one for one, _said in contributions.of(subject, service.STORY.name)])
    return Markup(render_template("tours/stories/held.html", items=mine)) if mine else None  # nosec: our own template


@bp.get("/mine")
@may("story.own")
def own() -> str:
    """The stories that you told, as a player and with the receipt that is open here."""
    found = [one for who in hands() for one, _said in contributions.of(who, service.STORY.name)]
    return render_template("tours/stories/own.html", items=standing.of(found))


@bp.get("/mine/<key>")
@may("story.own")
def mine(key: str) -> str:
    """How it stands, whose turn it is, and what can be done."""
    found = _own(key)
    said, rest = _said(found), queries.pauses_of([found.id]).get(found.id)
    return render_template(
        "tours/stories/mine.html", one=found, telling=queries.telling(found), said=said,
        stands=standing.stands(found, rest), rest=rest, pauses=acts.PAUSES,
        why=handlers.reasons_given().get(said.reason or "") if said else None,
        is_shown=found.key in queries.shown_keys([found.key]), beside=beside.drawn(found),
    )  # fmt: skip


@bp.post("/mine/<key>/appeal")
@may("story.own")
def appeal(key: str) -> BaseResponse:
    """Another editor looks."""
    with writing():
        found = _own(key)
        said = _said(found)
        asking.appeal(g.neighbourhood.id, said.key if said else "", found.who)
    return saved(url_for(".mine", key=key), _l("Another editor looks, within 7 days."))


@bp.get("/mine/<key>/<int(max=99):number>/<any(small, medium, large):size>.webp")
@may("story.own")
def waiting_picture(key: str, number: int, size: str) -> Response:
    """A picture of what was handed in, for its teller and for who may change its words."""
    found = queries.handed_in(g.neighbourhood.id, key)
    if found is None or not (queries.may_see(found, hands()) or may_open("stories.edit")):
        abort(404)
    given = found.last.content.get("pictures", ())
    file = media.file(given[number]["key"], f"{size}.webp") if number < len(given) else None
    return send_file(file, mimetype="image/webp", etag=False, last_modified=None) if file else abort(404)


@bp.get("/mine/<key>/change")
@may("story.own")
def change(key: str) -> str:
    """The story, to write it anew."""
    refuse_suspended()
    found = _own(key)
    if service.STORY.is_final(found):
        abort(404)
    form = StoryForm(data={**found.last.content, **place.fields(found.last.content), "lang": found.last.language})
    return _change(found, Album(form, found.versions))


@bp.post("/mine/<key>/change", endpoint="do_change")
@may("story.own")
@takes(TAKES, parts=PARTS)
def do_change(key: str) -> BaseResponse:
    """To the editors once more; what is shown stays until both signed this."""
    refuse_suspended()
    form = StoryForm(request.form)
    form.lang.among = [code for code, _name, _lang in around()["written"]]
    form.spot.among = [spot for spot, _name, _lang in around()["spots"]]
    album = Album(form, _own(key).versions)
    on_refusal(lambda: _change(_own(key), album), album, Sort.UNSUPPORTED, Sort.TOO_LARGE)
    if form.look.data or form.pick.data:
        return make_response(_change(_own(key), album, looked_up(form)))
    form.has_voice = bool(_own(key).last.content.get("sound"))
    album.must_fit()

    def changed() -> str:
        return service.change(found, _here(), {**form.content, "pictures": redrawn.keep()}, form.lang.data)

    with ExitStack() as after:
        redrawn = album.redrawn(after)
        with writing():
            found = _own(key)
            once(redrawn.twin, changed)
            stays_away = pictures.kept_back(found.last.content)
    return saved(url_for(".mine", key=key), SENT_WITHOUT if stays_away else service.STORY.words.sent)


@bp.get("/mine/<key>/yes")
@may("story.own")
def review(key: str) -> str:
    """What an editor changed, sentence by sentence, and the teller's last word."""
    return _review(_own(key))


@bp.post("/mine/<key>/yes", endpoint="do_review")
@may("story.own")
def do_review(key: str) -> BaseResponse:
    """Yes, to exactly what was seen."""
    form = YesForm(request.form)
    with writing():
        found = _own(key)
        service.approve(found, form.seen.data, found.who, _how(found), named=form.named.data)
    is_shown = _l("Done. Everybody can read your story now.")
    return saved(
        url_for(".mine", key=key), is_shown if found.state == "shown" else _l("Kept. An editor looks at it too.")
    )


@bp.get("/mine/<key>/uses")
@may("story.own")
def uses(key: str) -> str:
    """Where it may stand besides its own page."""
    return _uses(_own(key), UsesForm())


@bp.post("/mine/<key>/uses", endpoint="do_uses")
@may("story.own")
def do_uses(key: str) -> BaseResponse:
    """From now on so."""
    form = UsesForm(request.form)
    on_refusal(lambda: _uses(_own(key), form), form)
    had = licences.one(_own(key).id)
    form.had = had.name if had else ""
    form.must_fit()
    with writing():
        found = _own(key)
        wanted = () if form.only.data else form.uses.data
        service.allow(found, wanted, _how(found), form.licence.data or None)
    return saved(url_for(".mine", key=key), _l("Saved. From now on your story may stand where you said."), "uses")


@bp.post("/mine/<key>/name")
@may("story.own")
def name(key: str) -> BaseResponse:
    """The story stays, without a name."""
    return _done(key, service.take_name_away, _l("Done. Your name no longer stands there."))


@bp.get("/mine/<key>/withdraw")
@may("story.own")
def ask_withdraw(key: str) -> str:
    """What goes, and what cannot be called back."""
    found = _own(key)
    return render_template("tours/stories/withdraw.html", one=found, uses=queries.uses(found.id), labels=USES)


@bp.post("/mine/<key>/withdraw", endpoint="withdraw")
@may("story.own")
def withdraw(key: str) -> BaseResponse:
    """Gone, everywhere."""
    with writing():
        service.withdraw(_own(key))
    return saved(url_for(".index"), service.STORY.words.taken_back)


def _said(found: Contribution) -> Decision | None:
    """What the editors last said of it."""
    return desk.last_said(found.kind, [found.desk_key]).get(found.desk_key)


def _done(key: str, do: Callable[[Contribution], None], sentence: object) -> BaseResponse:
    with writing():
        do(_own(key))
    return saved(url_for(".mine", key=key), sentence)


def _uses(found: Contribution, form: UsesForm) -> str:
    """As it stands; after a slip as it was filled in."""
    licence = licences.one(found.id)
    return render_template(
        "tours/stories/uses.html", one=found, form=form, uses=USES, telling=queries.telling(found),
        allowed=form.uses.data if form.is_sent else queries.uses(found.id),
        chosen=form.licence.data or (licence.name if licence else licences.ONLY_HERE),
        licences=licences.LICENCES, possible=licences.possible(found), only_here=licences.ONLY_HERE,
        had=licence.name if licence else "",
    )  # fmt: skip


def _change(found: Contribution, album: Album, answer: "geocoding.Answer | None" = None) -> str:
    g.films = True
    return render_template(
        "tours/stories/change.html", one=found, form=album.story, album=album, answer=answer, **around()
    )


def _review(found: Contribution) -> str:
    return render_template(
        "tours/stories/review.html", one=found, telling=queries.telling(found), **reviewing.sentences(found)
    )


def _own(key: str) -> Contribution:
    """Of a player, or of who has its receipt open."""
    found = (contributions.one_of(who, key, service.STORY.name) for who in hands())
    return next((one for one in found if one), None) or abort(404)


def _how(found: Contribution) -> str:
    return How.SCREEN if g.person and g.person.player_key == found.who else How.RECEIPT


def _here() -> Neighbourhood:
    return db.session.get_one(Neighbourhood, g.neighbourhood.id)
