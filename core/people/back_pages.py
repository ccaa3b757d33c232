"""Coming back on a new phone: by the code of the card or of a mail, and asking for that mail."""

import hashlib

from flask import g, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import guesses, i18n, mail
from core.database import writing
from core.guard import may
from core.people import mail_links, recovery
from core.people.views import bp, give_token, token
from core.refusal import Refusal, Sort
from core.security import limiter


def _to_whom() -> str:
    return hashlib.sha256(request.form.get("address", "").strip().lower().encode()).hexdigest()


@bp.get("/back")
@may("person.return")
def back() -> str:
    """One field for a code; a scanned one comes behind the # and is read by the page, so that no log has it."""
    return render_template("core/people/back.html", sends_mail=mail.is_set_up(), asked=request.args.get("asked") == "1")


@bp.post("/back", endpoint="do_back")
@may("person.return")
def do_back() -> BaseResponse:
    """This phone is theirs from now on. Wrong codes are counted."""
    guesses.refuse_too_many()
    try:
        with writing():
            person, fresh = recovery.come_back(
                g.neighbourhood.id, request.form.get("code", ""), request.form.get("others") != "stay", token()
            )
            lang = person.lang
    except Refusal:
        guesses.count()
        raise
    response = give_token(redirect(url_for(".me"), 303), fresh)
    return i18n.remember(response, lang) if lang else response


@bp.post("/back/mail", endpoint="ask_back")
@may("person.return")
@limiter.limit("20 per hour")
@limiter.limit("3 per hour", key_func=_to_whom)
def ask_back() -> BaseResponse:
    """A link by mail, if the address is known: the answer is the same."""
    _must_send_mail()
    with writing():
        mail_links.ask_back(g.neighbourhood.id, request.form.get("address", ""), str(get_locale()))
    return redirect(url_for(".back", asked=1), 303)


@bp.get("/email")
@may("person.return")
def email() -> str:
    """Where the link of a mail leads that asks whether an address is right."""
    return render_template("core/people/confirm.html", is_done=request.args.get("done") == "1")


@bp.post("/email", endpoint="confirm_email")
@may("person.return")
def confirm() -> BaseResponse:
    """The address is theirs. Wrong codes are counted."""
    guesses.refuse_too_many()
    try:
        with writing():
            recovery.confirm_address(g.neighbourhood.id, request.form.get("code", ""))
    except Refusal:
        guesses.count()
        raise
    return redirect(url_for(".email", done=1), 303)


@bp.get("/me/email")
@may("person.own")
def own_email() -> str:
    """Your address, if you gave one."""
    kept = mail_links.of(g.person)
    return render_template(
        "core/people/email.html", sends_mail=mail.is_set_up(), address=kept.address if kept else None,
        asked=request.args.get("asked") == "1",
    )  # fmt: skip


@bp.post("/me/email", endpoint="give_email")
@may("person.own")
@limiter.limit("10 per hour", key_func=lambda: g.person.player_key)
@limiter.limit("3 per hour", key_func=_to_whom)
def give_email() -> BaseResponse:
    """Give an address: a link goes there first."""
    _must_send_mail()
    with writing():
        mail_links.give(g.person, request.form.get("address", ""), str(get_locale()))
    return redirect(url_for(".own_email", asked=1), 303)


@bp.post("/me/email/forget", endpoint="forget_email")
@may("person.own")
def forget_email() -> BaseResponse:
    """Your address goes, and every link that was mailed."""
    with writing():
        mail_links.forget(g.person)
    return redirect(url_for(".own_email"), 303)


def _must_send_mail() -> None:
    if not mail.is_set_up():
        raise Refusal(_l("This site sends no mail."), Sort.UNKNOWN)
