"""My data: what is kept, all of it as a zip, and being erased with a day to think again.

Who leaves what they told sees its receipt first. It is made once they go on from that page, which carries it, signed.
"""

from flask import Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response as BaseResponse

from core import clock, codes, limits, personal_data, staying
from core.database import writing
from core.errors import on_refusal
from core.guard import may
from core.people import erasure, own_data, service
from core.people.forms import STAY, EraseForm
from core.people.models import Device
from core.people.views import bp, emptied, reread, token
from core.refusal import Refusal, Sort
from core.saved import saved
from core.security import limiter
from core.staying import Heir

SEEN_WITHIN = 3600  # seconds, from a receipt on the screen to going on


@bp.get("/me/data")
@may("person.own")
def data() -> str:
    """What is kept about you, by sort."""
    me = g.person.player_key
    kept = [(one.label or one.name, one.about, len(one.export(me))) for one in personal_data.SORTS.all()]
    return render_template("core/people/data.html", kept=[row for row in kept if row[2]])


@bp.get("/me/data.zip", endpoint="export")
@may("person.own")
@limiter.limit("6 per hour", key_func=lambda: g.person.player_key)
def export() -> Response:
    """All of it, to keep."""
    return as_zip(g.person.player_key)


def as_zip(player: str, has_account: bool = True) -> Response:
    """What is kept of somebody, as a file; without an account of the subject of a receipt."""
    texts, files = own_data.gather(player, has_account)
    name = f"buurtspoor-{clock.today().isoformat()}.zip"
    return Response(
        own_data.packed(texts, files), mimetype="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


@bp.get("/me/erase")
@may("person.own")
def erase() -> str:
    """Asks again, and says what goes and what stays."""
    return _erase(EraseForm())


def _erase(form: EraseForm) -> str:
    return render_template(
        "core/people/erase.html", form=form, stays=_stays(), choices=staying.choices(g.person.player_key)
    )


def _stays() -> LazyString | None:
    """Why they cannot be erased now."""
    return next(filter(None, (one.stays(g.person.player_key) for one in personal_data.SORTS.all())), None)


@bp.post("/me/erase", endpoint="do_erase")
@may("person.own")
def do_erase() -> BaseResponse:
    """Gone for everybody, now; where what they told stays, first the page with the receipt that opens it."""
    form = EraseForm(request.form)
    on_refusal(lambda: _erase(form), form)
    limits.spend(limits.by_who("erasures", "10 per hour"))
    form.must_fit()
    heir = None
    if form.told.data == STAY and staying.choices(g.person.player_key):
        code = _seen(form.receipt.data)
        if code is None:
            return make_response(_with_receipt(form))
        heir = Heir(g.neighbourhood.id, codes.new_key(), code)
    with writing():
        erasure.ask(reread(), form.name.data, _device(), heir)
    return emptied(redirect(url_for(".erased"), 303))


def _with_receipt(form: EraseForm) -> str:
    """The secret, which is nowhere but on this page. Raises Refusal for who cannot be erased."""
    erasure.must_be_theirs(g.person, form.name.data)
    if why := _stays():
        raise Refusal(why, Sort.CONFLICT)
    code = codes.long_code()
    sealed = _signer().dumps([g.person.player_key, code])
    return render_template("core/people/erase_receipt.html", form=form, code=code, sealed=sealed)


def _seen(sealed: str) -> str | None:
    """The secret that this person saw a moment ago; None where they did not."""
    try:
        player, code = _signer().loads(sealed, max_age=SEEN_WITHIN)
    except BadData:
        return None
    return str(code) if player == g.person.player_key else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["BUURT"].secret, salt="what stays")


@bp.get("/erased")
@may("person.leave")
def erased() -> str:
    """On the phone that asked: until when it can be undone. On any other one: that there is nothing to undo."""
    asked = erasure.of_phone(_device())
    return render_template(
        "core/people/erased.html", until=clock.local(asked.due_at) if asked else None,
        has_receipt=bool(asked and asked.stays),
    )  # fmt: skip


@bp.post("/erased", endpoint="undo_erase")
@may("person.leave")
def undo() -> BaseResponse:
    """Come back, as if nothing was asked."""
    with writing():
        erasure.undo(_device())
    return saved(url_for(".me"), _l("You are back, and nothing is gone."))


def _device() -> Device | None:
    return service.device(token())
