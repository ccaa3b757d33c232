"""The page of who cares for a child that tells: exactly what would be read, and yes, otherwise or no."""

from flask import Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from core.contributions.models import Contribution
from core.database import writing
from core.errors import on_refusal
from core.guard import may
from core.receipts.holdings import HOLDINGS, Holding
from core.receipts.views import hands
from core.saved import saved
from tours.stories import guardians, queries, reviewing, service
from tours.stories.forms import WishForm, YesForm
from tours.stories.views import bp


def init_app(app: Flask) -> None:
    """What stands under their receipt. What a host calls it: standing.py, with those of tellers."""
    HOLDINGS.add(app, "stories of children", Holding(_held))


def _held(subject: str) -> Markup | None:
    found = queries.guarded_by([subject])
    items = [(one, guardians.said_yes(one)) for one in found]
    return Markup(render_template("tours/stories/guarded.html", items=items)) if found else None  # nosec: our own


@bp.get("/cares/<key>")
@may("story.guard")
def guard(key: str) -> str:
    """The version that waits or is read, sentence by sentence."""
    return _page(_found(key), WishForm())


@bp.post("/cares/<key>/yes", endpoint="guard_yes")
@may("story.guard")
def guard_yes(key: str) -> BaseResponse:
    """Good so, to exactly what was seen."""
    form = YesForm(request.form)
    on_refusal(lambda: _page(_found(key), WishForm()))
    with writing():
        guardians.say_yes(_found(key), form.seen.data)
    return saved(url_for(".guard", key=key), _l("Kept. You can take your yes back at any time."))


@bp.post("/cares/<key>/wish", endpoint="guard_wish")
@may("story.guard")
def guard_wish(key: str) -> BaseResponse:
    """I want something changed: to an editor."""
    form = WishForm(request.form)
    on_refusal(lambda: _page(_found(key), form), form)
    form.must_fit()
    with writing():
        guardians.wish(_found(key), form.words.data)
    return saved(url_for(".guard", key=key), _l("An editor reads what you wrote. Until then nobody reads the story."))


@bp.post("/cares/<key>/end", endpoint="guard_end")
@may("story.guard")
def guard_end(key: str) -> BaseResponse:
    """The yes of before counts no more."""
    with writing():
        guardians.end(_found(key))
    return saved(url_for(".guard", key=key), _l("Done. Nobody reads the story until you say yes again."))


@bp.get("/cares/<key>/no", endpoint="ask_guard_no")
@may("story.guard")
def ask_guard_no(key: str) -> str:
    """Asks again: then all of it goes."""
    return render_template("tours/stories/guard_no.html", one=_found(key))


@bp.post("/cares/<key>/no", endpoint="guard_no")
@may("story.guard")
def guard_no(key: str) -> BaseResponse:
    """Rather not: gone, everywhere."""
    with writing():
        service.withdraw(_found(key))
    return saved(url_for(".index"), service.STORY.words.taken_back)


def _page(found: Contribution, form: WishForm) -> str:
    telling = queries.telling(found)
    return render_template(
        "tours/stories/guard.html", one=found, form=form, said_yes=guardians.said_yes(found),
        wish=telling.wish if telling else "", is_shown=found.key in queries.shown_keys([found.key]),
        **reviewing.sentences(found),
    )  # fmt: skip


def _found(key: str) -> Contribution:
    """A story of a child for whom who asks cares, by the receipt that is open here."""
    found = queries.guarded_by(hands(), key)
    return found[0] if found and found[0].neighbourhood_id == g.neighbourhood.id else abort(404)
