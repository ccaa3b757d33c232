"""Coming back on a new phone: by the code of the card or of a mail, and asking for that mail."""

import hashlib

from flask import g, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from limits import parse
from werkzeug.wrappers import Response as BaseResponse

from core import guesses, i18n, limits, mail
from core.database import writing
from core.errors import on_refusal
from core.guard import may
from core.once import is_first
from core.people import mail_links, recovery
from core.people.forms import AddressForm, BackForm, CodeForm
from core.people.views import bp, give_token, token
from core.refusal import Refusal, Sort, about
from core.saved import saved
from core.security import address

FROM_ONE = parse("150 per hour")  # address on the network, which may be a hall
TO_ONE = parse("3 per hour")  # address of mail


@bp.get("/back")
@may("person.return")
def back() -> str:
    """One field for a code; a scanned one comes behind the # and is read by the page, so that no log has it."""
    return _back(BackForm(), AddressForm())


def _back(form: BackForm, address: AddressForm) -> str:
    return render_template("core/people/back.html", sends_mail=mail.is_set_up(), form=form, address=address)


@bp.post("/back", endpoint="do_back")
@may("person.return")
def do_back() -> BaseResponse:
    """This phone is theirs from now on. Wrong codes are counted."""
    form = BackForm(request.form)
    on_refusal(lambda: _back(form, AddressForm()), form)
    form.must_fit()
    with guesses.of_long_codes(), about("code"), writing():
        person, fresh = recovery.come_back(g.neighbourhood.id, form.code.data, form.others.data != "stay", token())
        lang, name = person.lang, person.name
    response = give_token(saved(url_for(".me"), _l("You are back. You play on as %(name)s.", name=name)), fresh)
    return i18n.remember(response, lang) if lang else response


@bp.post("/back/mail", endpoint="ask_back")
@may("person.return")
def ask_back() -> BaseResponse:
    """A link by mail, if the address is known: the answer is the same."""
    _must_send_mail()
    form = AddressForm(request.form)
    on_refusal(lambda: _back(BackForm(), form), form)
    form.must_fit()
    limits.spend([(FROM_ONE, "links asked", address()), _to("links asked", form)])
    with writing():
        if is_first(form.twin):
            mail_links.ask_back(g.neighbourhood.id, form.address.data, str(get_locale()))
    known = _l("Do we know this address? Then a mail is on its way. It works for 10 minutes.")
    return saved(url_for(".back"), known, "mail")


@bp.get("/email")
@may("person.return")
def email() -> str:
    """Where the link of a mail leads that asks whether an address is right."""
    return _confirm(CodeForm())


def _confirm(form: CodeForm) -> str:
    return render_template("core/people/confirm.html", form=form, is_done=request.args.get("done") == "1")


@bp.post("/email", endpoint="confirm_email")
@may("person.return")
def confirm() -> BaseResponse:
    """The address is theirs. Wrong codes are counted."""
    form = CodeForm(request.form)
    on_refusal(lambda: _confirm(form), form)
    form.must_fit()
    with guesses.of_long_codes(), about("code"), writing():
        recovery.confirm_address(g.neighbourhood.id, form.code.data)
    return saved(url_for(".email", done=1), _l("Done. When your phone is lost, you can ask for a link there."))


@bp.get("/me/email")
@may("person.own")
def own_email() -> str:
    """Your address, if you gave one."""
    return _own_email(AddressForm())


def _own_email(form: AddressForm) -> str:
    kept = mail_links.of(g.person)
    return render_template(
        "core/people/email.html", sends_mail=mail.is_set_up(), address=kept.address if kept else None, form=form
    )


@bp.post("/me/email", endpoint="give_email")
@may("person.own")
def give_email() -> BaseResponse:
    """Give an address: a link goes there first."""
    _must_send_mail()
    form = AddressForm(request.form)
    on_refusal(lambda: _own_email(form), form)
    form.must_fit()
    limits.spend([*limits.by_who("addresses given", "10 per hour"), _to("addresses given", form)])
    with writing():
        mail_links.give(g.person, form.address.data, str(get_locale()))
    return saved(url_for(".own_email"), _l("A mail is on its way. Open the link in it within 10 minutes."), "mail")


@bp.post("/me/email/forget", endpoint="forget_email")
@may("person.own")
def forget_email() -> BaseResponse:
    """Your address goes, and every link that was mailed."""
    with writing():
        mail_links.forget(g.person)
    return saved(url_for(".own_email"), _l("Done. We no longer have your address."), "mail")


def _to(what: str, form: AddressForm) -> limits.Budget:
    """So often to one address, whoever asks."""
    return TO_ONE, what, hashlib.sha256(form.address.data.strip().lower().encode()).hexdigest()


def _must_send_mail() -> None:
    if not mail.is_set_up():
        raise Refusal(_l("This site sends no mail."), Sort.UNKNOWN)
