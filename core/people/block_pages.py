"""The page of the people you do not want to meet."""

from flask import g, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, limits
from core.database import writing
from core.errors import on_refusal
from core.guard import may
from core.people import blocks as wishes
from core.people import queries
from core.people.forms import LettersForm
from core.people.household_pages import by_letters
from core.people.views import bp, reread
from core.refusal import about
from core.saved import saved

BLOCKED = _l("Done. You two cannot meet here any more. We tell nobody.")


@bp.get("/me/blocks")
@may("person.own")
def blocks() -> str:
    """Whom you do not want to meet: by name where you met, else only since when."""
    return _blocks(LettersForm())


def _blocks(form: LettersForm) -> str:
    mine = wishes.of(g.person)
    found = queries.by_player_keys(one.other for one in mine if not one.by_letters)
    items = [
        (one.key, None if one.by_letters else found[one.other].name if one.other in found else _("a former player"),
         clock.day_of(one.since))
        for one in mine
    ]  # fmt: skip
    return render_template("core/people/blocks.html", items=items, form=form)


@bp.post("/me/blocks", endpoint="do_block")
@may("person.own")
def block() -> BaseResponse:
    """Do not meet the person with these six letters."""
    form = LettersForm(request.form)
    on_refusal(lambda: _blocks(form), form)
    limits.spend(limits.by_who("blocks", "60 per hour"))
    form.must_fit()
    with about("letters"), writing():
        me = reread()
        wishes.block(me, by_letters(me, form.letters.data).player_key, by_letters=True)
    return saved(url_for(".blocks"), BLOCKED, "list")


@bp.post("/me/blocks/undo", endpoint="undo_block")
@may("person.own")
def undo() -> BaseResponse:
    """Take somebody off the list."""
    with writing():
        wishes.undo(reread(), request.form.get("block", ""))
    return saved(url_for(".blocks"), _l("Done. They are off your list, and you can meet again."), "list")
