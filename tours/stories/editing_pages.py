"""An editor changes the words of a story, for the teller to see and say yes to."""

from flask import abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core.contributions import queries as contributions
from core.contributions.models import Contribution
from core.database import db, writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.neighbourhoods.models import Neighbourhood
from core.once import once
from core.saved import saved
from tours.stories import queries, service, text
from tours.stories.forms import EditForm
from tours.stories.views import bp


@bp.get("/edit/<key>")
@may("story.edit")
def edit(key: str) -> str:
    """Its words, to change, beside what helps many people to read."""
    found = _found(key)
    return _page(found, EditForm(data={**found.last.content, "short": queries.in_short(found.last.content)}))


@bp.post("/edit/<key>", endpoint="do_edit")
@may("story.edit")
def do_edit(key: str) -> BaseResponse:
    """A version of its own: it still takes the yes of the desk, and then the teller's."""
    form = EditForm(request.form)
    on_refusal(lambda: _page(_found(key), form), form)
    form.has_voice = bool(_found(key).last.content.get("sound"))
    form.must_fit()
    with writing():
        here = db.session.get_one(Neighbourhood, g.neighbourhood.id)
        found, me = _found(key), g.person.player_key
        once(form.twin, lambda: service.edit(found, here, form.content, form.note.data, me, acting_as()))
    return saved(
        url_for("desk.queue"), _l("Saved. Say at the desk that it is good; then its teller says the last yes.")
    )


def _page(found: Contribution, form: EditForm) -> str:
    return render_template(
        "tours/stories/edit.html", one=found, form=form, telling=queries.telling(found),
        long=text.long_sentences(f"{form.words.data or ''}\n{form.short.data or ''}"),
    )  # fmt: skip


def _found(key: str) -> Contribution:
    """One that an editor may change: not their own, of this neighbourhood, and no pupil's."""
    held = contributions.by_keys(service.STORY.name, [key], g.neighbourhood.id).with_for_update(of=Contribution)
    found = db.session.scalar(held)
    if found is None or found.who == g.person.player_key or service.STORY.is_final(found):
        abort(404)
    return found
