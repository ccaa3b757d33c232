"""The phones on which somebody is signed in: see them, end one, end all others."""

from flask import g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core.database import writing
from core.guard import may
from core.people import mail_links, phones
from core.people.views import bp, reread, token
from core.saved import saved


@bp.get("/me/phones", endpoint="phones")
@may("person.own")
def show() -> str:
    """Your phones, the newest first."""
    return render_template("core/people/phones.html", phones=phones.of(g.person, token()))


@bp.post("/me/phones", endpoint="end_phones")
@may("person.own")
def end() -> BaseResponse:
    """End one phone, or all but this one: at its next request it is a visitor."""
    with writing():
        if request.form.get("which") == "others":
            phones.end_others(reread(), token())
            mail_links.end_links(g.person)
        else:
            phones.end(reread(), request.form.get("which", ""))
    if not phones.is_signed_in(token()):
        return saved(url_for("pages.home"), _l("You are signed out on this phone."))
    return saved(url_for(".phones"), _l("Done. Only the phones below are still signed in."), "list")
