"""The page of a receipt: scan it or type its letters, and see what stands under it.

Who opened one has a signed cookie for two hours: a visitor still, who may do with those things what their maker may. A
newer receipt ends it at once.
"""

from typing import NamedTuple

from flask import Blueprint, Flask, Response, current_app, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeTimedSerializer
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from core import codes, guesses
from core.errors import on_refusal
from core.guard import may
from core.people.data_pages import as_zip
from core.people.forms import CodeForm
from core.receipts import queries, service
from core.receipts.holdings import HOLDINGS
from core.refusal import about
from core.saved import saved
from core.security import address, limiter

bp = Blueprint("receipts", __name__, url_prefix="/w/<slug>/receipt")
LIVES = 2 * 3600  # seconds


class Slip(NamedTuple):
    """A secret as its holder gets it, this once."""

    groups: list[str]
    qr: Markup
    page: str


def init_app(app: Flask) -> None:
    """Register the page, and the slip for pages that give one (components/receipt.html)."""
    app.register_blueprint(bp)
    app.add_template_global(slip, "receipt_slip")


def slip(code: str) -> Slip:
    """What to show of a secret that was just made."""
    page = g.public_url + url_for("receipts.show")
    return Slip(codes.in_groups(code), codes.qr(f"{page}#{code}"), page.partition("://")[2])


def holder() -> str | None:
    """The subject of the receipt that is open here, on this device."""
    text = request.cookies.get(_cookie())
    if not text:
        return None
    try:
        code_hash = _signer().loads(text, max_age=LIVES)
    except BadData:
        return None
    found = queries.by_hash(g.neighbourhood.id, str(code_hash))
    return found.subject if found else None


def hands() -> list[str]:
    """As whom the one who asks hands something in or comes back to it: as a player, and by an open receipt."""
    mine = g.person.player_key if g.get("person") else None
    return [key for key in (mine, holder()) if key]


def give(response: BaseResponse, code: str) -> BaseResponse:
    """Open a receipt that was just made, on the device that asked for it."""
    return _keep(response, service.hashed(code))


@bp.get("")
@may("receipt.open")
def show() -> str:
    """What stands under the open receipt; else a field for one. The secret behind the # reaches no server."""
    subject = holder()
    return _lying_under(subject) if subject else _ask(CodeForm())


@bp.post("", endpoint="open")
@may("receipt.open")
def open_() -> BaseResponse:
    """This device is theirs to see and change it with, for a while. Wrong ones are counted."""
    form = CodeForm(request.form)
    on_refusal(lambda: _ask(form), form)
    form.must_fit()
    with guesses.of_long_codes(), about("code"):
        found = service.opened(g.neighbourhood.id, form.code.data)
    return _keep(saved(url_for(".show"), _l("Here is what you handed in.")), found.code_hash)


@bp.get("/data.zip")
@may("receipt.open")
@limiter.limit("6 per hour", key_func=lambda: holder() or address())
def export() -> str | Response:
    """All that lies under the open receipt, to keep: its name and what is in it lead to nobody."""
    subject = holder()
    return as_zip(subject, has_account=False) if subject else _ask(CodeForm())


@bp.post("/close")
@may("receipt.open")
def close() -> BaseResponse:
    """Not on this device any more."""
    response = saved(url_for(".show"), _l("Closed. With your receipt you open it again."))
    response.delete_cookie(_cookie(), path="/", secure=request.is_secure, httponly=True, samesite="Lax")
    return response


def _ask(form: CodeForm) -> str:
    return render_template("core/receipts/open.html", form=form)


def _lying_under(subject: str) -> str:
    panels = [panel for one in HOLDINGS.all() if (panel := one.panel(subject))]
    return render_template("core/receipts/show.html", panels=panels)


def _keep(response: BaseResponse, code_hash: str) -> BaseResponse:
    response.set_cookie(
        _cookie(), _signer().dumps(code_hash), max_age=LIVES, path="/", httponly=True, samesite="Lax",
        secure=request.is_secure,
    )  # fmt: skip
    return response


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["BUURT"].secret, salt="receipt")


def _cookie() -> str:
    return "__Host-receipt" if request.is_secure else "receipt"
