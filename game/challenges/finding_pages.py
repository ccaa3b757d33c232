"""Who looked says what they counted or chose, and takes it back; notes are handed in (notes.py)."""

from flask import Flask, abort, g, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import limits
from core.database import writing
from core.errors import on_refusal
from core.guard import may
from core.people.views import refuse_suspended
from core.saved import saved
from game.challenges import findings, queries
from game.challenges.forms import FindingForm
from game.challenges.views import shown

SAYS = "finding"  # where the answer stands on the page


def init_app(app: Flask) -> None:
    """Register the address."""
    app.add_url_rule("/w/<slug>/challenges/<challenge>/finding", "challenges.do_find", do_find, methods=["POST"])


@may("visit.make")
def do_find(challenge: str) -> BaseResponse:
    """Keep what I found out, or forget it."""
    found = queries.by_key(g.neighbourhood.id, challenge) or abort(404)
    form = FindingForm(request.form)
    on_refusal(lambda: shown(queries.by_key(g.neighbourhood.id, challenge) or abort(404), form), form)
    refuse_suspended()
    limits.spend(limits.by_who("findings", "60 per hour"))
    page, who = url_for("challenges.show", challenge=found.key), g.person.player_key
    if "take_back" in request.form:
        with writing():
            findings.take_back(queries.by_id(found.id), who)
        return saved(page, _l("Done. Your answer no longer counts."), SAYS)
    form.must_fit()
    with writing():
        findings.say(queries.by_id(found.id), who, form.said.data)
    return saved(page, _l("Kept. From five people on everybody sees it, together."), SAYS)
