"""A lost receipt: a host gives a new one to who stands before them, and the old one is dead."""

from datetime import date

from flask import Flask, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.database import writing
from core.forms import Keyed, Text
from core.guard import acting_as, may
from core.menus import TEAM, Group, Line, always
from core.once import is_first
from core.people.views import reread
from core.receipts import queries, service
from core.receipts.views import bp
from core.saved import saved


class LostForm(Keyed):
    """Of which receipt."""

    receipt = Text(26)


def init_app(app: Flask) -> None:
    """The way to it on the page of the team."""
    TEAM.add(
        app,
        "receipts",
        always(Line("receipts.lost", "tekst", _l("Somebody lost their receipt"), group=Group.HOUSE)),
        order=31,
    )


@bp.get("/lost")
@may("receipt.reissue")
def lost() -> str:
    """What was handed in with a receipt here, the latest first."""
    return render_template("core/receipts/lost.html", items=_items(), form=LostForm())


def _items() -> list[tuple[str, str, date]]:
    """Key, what was handed in, and since when."""
    found = queries.to_give_anew(g.neighbourhood.id)
    return [(receipt.key, name, clock.day_of(receipt.issued_at)) for receipt, name in found]


@bp.post("/lost", endpoint="reissue")
@may("receipt.reissue")
def reissue() -> str | BaseResponse:
    """A new one, on this page and never again; this page loaded again makes none."""
    form = LostForm(request.form)
    with writing():
        code = service.reissue(reread(), acting_as(), form.receipt.data) if is_first(form.twin) else None
    if code is None:
        return saved(url_for(".lost"), _l("That receipt was shown already. Make a new one if nobody kept it."))
    return render_template("core/receipts/anew.html", code=code)
