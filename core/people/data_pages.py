"""My data: what is kept, all of it as a zip, and being erased with a day to think again."""

from flask import Response, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, limits, personal_data
from core.database import writing
from core.errors import on_refusal
from core.guard import may
from core.people import erasure, own_data, service
from core.people.forms import EraseForm
from core.people.models import Device
from core.people.views import bp, emptied, reread, token
from core.saved import saved
from core.security import limiter


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
    texts, files = own_data.gather(g.person.player_key)
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
    stays = next(filter(None, (one.stays(g.person.player_key) for one in personal_data.SORTS.all())), None)
    return render_template("core/people/erase.html", form=form, stays=stays)


@bp.post("/me/erase", endpoint="do_erase")
@may("person.own")
def do_erase() -> BaseResponse:
    """Gone for everybody, now."""
    form = EraseForm(request.form)
    on_refusal(lambda: _erase(form), form)
    limits.spend(limits.by_who("erasures", "10 per hour"))
    form.must_fit()
    with writing():
        erasure.ask(reread(), form.name.data, _device())
    return emptied(redirect(url_for(".erased"), 303))


@bp.get("/erased")
@may("person.leave")
def erased() -> str:
    """On the phone that asked: until when it can be undone. On any other one: that there is nothing to undo."""
    asked = erasure.of_phone(_device())
    return render_template("core/people/erased.html", until=clock.local(asked.due_at) if asked else None)


@bp.post("/erased", endpoint="undo_erase")
@may("person.leave")
def undo() -> BaseResponse:
    """Come back, as if nothing was asked."""
    with writing():
        erasure.undo(_device())
    return saved(url_for(".me"), _l("You are back, and nothing is gone."))


def _device() -> Device | None:
    return service.device(token())
