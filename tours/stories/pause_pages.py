"""An editor lets a story rest, or ends that sooner."""

from flask import abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core.contributions.models import Contribution
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.saved import saved
from tours.stories import acts, pauses, queries
from tours.stories.forms import PauseForm
from tours.stories.views import bp


@bp.get("/rest/<key>")
@may("story.pause")
def rest(key: str) -> str:
    """For how long, and why; or until when it rests."""
    return _page(_found(key), PauseForm(data={"days": pauses.MOST_DAYS}))


@bp.post("/rest/<key>", endpoint="do_rest")
@may("story.pause")
def do_rest(key: str) -> BaseResponse:
    """Nobody reads it from now on."""
    form = PauseForm(request.form)
    on_refusal(lambda: _page(_found(key), form), form)
    form.must_fit()
    with writing():
        days = int(form.days.data or 0)
        pauses.pause(_found(key), days, form.reason.data, g.person.player_key, acting_as())
    return saved(url_for(".rest", key=key), _l("The story rests. Its teller reads why."))


@bp.post("/rest/<key>/end", endpoint="go_on")
@may("story.pause")
def go_on(key: str) -> BaseResponse:
    """Everybody may read it again."""
    with writing():
        pauses.go_on(_found(key), g.person.player_key, acting_as())
    return saved(url_for(".rest", key=key), _l("Everybody can read the story again."))


def _page(found: Contribution, form: PauseForm) -> str:
    resting = queries.pauses_of([found.id]).get(found.id)
    return render_template("tours/stories/rest.html", one=found, form=form, rest=resting, reasons=acts.PAUSES)


def _found(key: str) -> Contribution:
    """One that everybody reads, or that rests: of this neighbourhood, and not one's own."""
    found = queries.held(g.neighbourhood.id, key)
    if found is None or found.who == g.person.player_key or found.shown_version is None:
        abort(404)
    return found
