"""A teller, as a player or with a receipt, says of one walk whether their story may be in it."""

from flask import abort, g, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core.contributions import queries as contributions
from core.database import writing
from core.guard import may
from core.receipts.views import hands
from core.saved import saved
from tours.stories import queries as stories
from tours.stories.uses import KIND
from tours.walks import queries, tellers
from tours.walks.views import bp


@bp.post("/<key>/teller")
@may("story.own")
def answer(key: str) -> BaseResponse:
    """Yes or no to this walk, of who tells the story that the form names."""
    wants, named = request.form.get("wants") == "yes", request.form.get("story", "")[:26]
    with writing():
        mine = next((one for who in hands() if (one := contributions.one_of(who, named, KIND))), None) or abort(404)
        story = stories.of_contribution(mine.id) or abort(404)
        tour = queries.locked(g.neighbourhood.id, key) or abort(404)
        tellers.answer(tour, story, wants)
    yes, no = _l("Your story may be in this walk."), _l("Done. Your story is no longer in this walk.")
    return saved(url_for("stories.mine", key=named), yes if wants else no, "walks")
