"""The choices of a neighbourhood, and one: its options with what speaks for them, and later what became of it."""

from typing import Any

from flask import Blueprint, Flask, Response, abort, g, render_template, request, send_file, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import limits
from core.database import writing
from core.errors import on_refusal
from core.guard import may
from core.media import service as media
from core.menus import ME, Group, Line, always
from core.people.views import refuse_suspended
from core.saved import saved
from game.choices import queries, service
from game.choices.forms import VoteForm
from game.choices.kind import OBJECTION, SIDES
from game.choices.models import Choice

bp = Blueprint("choices", __name__)
MOST = "60 per hour"  # that somebody votes, or changes that


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp, url_prefix="/w/<slug>/choices")
    ME.add(
        app, "choices", always(Line("choices.index", "vinkje", _l("Choosing together"), group=Group.TOGETHER)), order=31
    )


@bp.get("")
@may("public.read")
def index() -> str:
    """What can be chosen now, and what became of what was chosen before."""
    here = g.neighbourhood.id
    return render_template("game/choices/index.html", open=queries.open_in(here), closed=queries.closed_in(here))


@bp.get("/<key>")
@may("public.read")
def show(key: str) -> str:
    """One choice."""
    return choice_page(find(key))


@bp.get("/<key>/<int(max=9):number>.webp")
@may("public.read")
def picture(key: str, number: int) -> Response:
    """The picture of an option."""
    found = next((one for one in find(key).options if one.number == number and one.picture), None)
    file = media.file(found.picture, "medium.webp") if found and found.picture else None
    return send_file(file, mimetype="image/webp", etag=False, last_modified=None) if file else abort(404)


def find(key: str, lock: bool = False) -> Choice:
    """A choice of this neighbourhood; else 404."""
    return queries.one(g.neighbourhood.id, key, lock) or abort(404)


def choice_page(choice: Choice, form: VoteForm | None = None) -> str:
    """The page of a choice: while it is open with the form to vote, and never before the close with a number."""
    mine = g.person.player_key if g.person else None
    cards = queries.cards(choice)
    around: dict[str, Any] = {
        "choice": choice, "SIDES": SIDES,
        "cards": {one.id: [card for card in cards if card.reason.option_id == one.id] for one in choice.options},
    }  # fmt: skip
    if choice.is_open:
        before = queries.vote_of(choice, mine) if mine else None
        on_list = queries.standing(choice, mine) if mine else None
        chosen = next((one for one in choice.options if before and one.id == before.option_id), None)
        named = {"option": chosen.key, "shows_name": before.shows_name} if chosen and before else {}
        return render_template(
            "game/choices/show.html", form=form or VoteForm(data=named), chosen=chosen, is_listed=bool(on_list),
            has_voted=bool(on_list and on_list.voted), **around,
        )  # fmt: skip
    said = queries.outcomes(choice)
    is_void = bool(said and said[-1].option_id is None)
    who = [choice.counted_by, choice.counted_too, *(one.by for one in said)]
    return render_template(
        "game/choices/outcome.html", said=said, result=None if is_void else queries.result(choice),
        named=queries.names(choice), by=queries.called(who),
        objections=[card for card in cards if card.reason.side == OBJECTION], OBJECTION=OBJECTION, **around,
    )  # fmt: skip


@bp.post("/<key>/vote", endpoint="vote")
@may("choice.vote")
def do_vote(key: str) -> BaseResponse:
    """I choose this."""
    refuse_suspended()
    form = VoteForm(request.form)
    form.option.among = [one.key for one in find(key).options]
    on_refusal(lambda: choice_page(find(key), form), form)
    limits.spend(limits.by_who("vote", MOST))
    form.must_fit()
    with writing():
        choice = find(key, lock=True)
        service.vote(choice, g.person.player_key, form.option.data, bool(form.shows_name.data))
        is_secret = choice.is_secret
    told = (
        _l("Your vote is in. What you chose is kept nowhere.") if is_secret
        else _l("Your vote is in.")
    )  # fmt: skip
    return saved(url_for(".show", key=key), told)
