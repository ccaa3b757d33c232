"""A teller's own page of a story, as a player or with a receipt: how it stands, and all that they can do with it."""

from collections.abc import Callable

from flask import Flask, Response, abort, g, render_template, request, send_file, url_for
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
from core.saved import saved
from tours.stories import queries, service, standing, text
from tours.stories.forms import StoryForm, UsesForm, YesForm
from tours.stories.telling_pages import around
from tours.stories.uses import USES
from tours.stories.views import bp


def init_app(app: Flask) -> None:
    """What stands under a receipt."""
    HOLDINGS.add(app, "stories", Holding(_held, standing.called))


def _held(subject: str) -> Markup | None:
    """The stories under a receipt."""
    mine = [(one, standing.stands(one)) for one, _said in contributions.of(subject, service.STORY.name)]
    return Markup(render_template("tours/stories/held.html", items=mine)) if mine else None  # nosec: our own template


@bp.get("/mine")
@may("story.own")
def own() -> str:
    """The stories that you told, as a player and with the receipt that is open here."""
    found = [one for who in hands() for one, _said in contributions.of(who, service.STORY.name)]
    return render_template("tours/stories/own.html", items=[(one, standing.stands(one)) for one in found])


@bp.get("/mine/<key>")
@may("story.own")
def mine(key: str) -> str:
    """How it stands, whose turn it is, and what can be done."""
    found = _own(key)
    said = _said(found)
    return render_template(
        "tours/stories/mine.html", one=found, telling=queries.telling(found), stands=standing.stands(found), said=said,
        why=handlers.reasons_given().get(said.reason or "") if said else None,
        is_shown=found.key in queries.shown_keys([found.key]),
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
    if found is None or not (found.who in hands() or may_open("stories.edit")):
        abort(404)
    pictures = found.last.content.get("pictures", ())
    file = media.file(pictures[number]["key"], f"{size}.webp") if number < len(pictures) else None
    return send_file(file, mimetype="image/webp", etag=False, last_modified=None) if file else abort(404)


@bp.get("/mine/<key>/change")
@may("story.own")
def change(key: str) -> str:
    """The story, to write it anew."""
    refuse_suspended()
    found = _own(key)
    return _change(found, StoryForm(data={**found.last.content, "lang": found.last.language}))


@bp.post("/mine/<key>/change", endpoint="do_change")
@may("story.own")
def do_change(key: str) -> BaseResponse:
    """To the editors once more; what is shown stays until both signed this."""
    refuse_suspended()
    form = StoryForm(request.form)
    form.lang.among = [code for code, _name, _lang in around()["written"]]
    form.spot.among = [spot for spot, _name, _lang in around()["spots"]]
    on_refusal(lambda: _change(_own(key), form), form)
    form.has_voice = bool(_own(key).last.content.get("sound"))
    form.must_fit()
    with writing():
        found = _own(key)
        once(form.twin, lambda: service.change(found, _here(), form.content, form.lang.data))
    return saved(url_for(".mine", key=key), service.STORY.words.sent)


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
    found = _own(key)
    return render_template("tours/stories/uses.html", one=found, uses=USES, allowed=queries.uses(found.id),
                           telling=queries.telling(found))  # fmt: skip


@bp.post("/mine/<key>/uses", endpoint="do_uses")
@may("story.own")
def do_uses(key: str) -> BaseResponse:
    """From now on so."""
    form = UsesForm(request.form)
    with writing():
        found = _own(key)
        service.allow(found, form.uses.data, _how(found))
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


def _change(found: Contribution, form: StoryForm) -> str:
    return render_template("tours/stories/change.html", one=found, form=form, **around())


def _review(found: Contribution) -> str:
    before = next((one for one in reversed(found.versions) if one.by == found.who), found.versions[0])
    lines = text.compared(queries.words_of(before.content), queries.words_of(found.last.content))
    if found.last.content["words"]:  # else they are what is typed of the voice
        lines += text.compared(queries.typed_of(before.content), queries.typed_of(found.last.content))
    return render_template(
        "tours/stories/review.html", one=found, lines=lines, before=before, telling=queries.telling(found),
        changed=sum(line.kind != "same" for line in lines),
    )  # fmt: skip


def _own(key: str) -> Contribution:
    """Of a player, or of who has its receipt open."""
    found = (contributions.one_of(who, key, service.STORY.name) for who in hands())
    return next((one for one in found if one), None) or abort(404)


def _how(found: Contribution) -> str:
    return How.SCREEN if g.person and g.person.player_key == found.who else How.RECEIPT


def _here() -> Neighbourhood:
    return db.session.get_one(Neighbourhood, g.neighbourhood.id)
