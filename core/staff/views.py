"""Staff sign in, prove once more that it is still them, and set up their second factor; and whose roles count here."""

from collections.abc import Callable

from flask import Blueprint, Flask, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from core import codes
from core.database import writing
from core.errors import on_refusal, show, wants_json
from core.guard import ask_again_with, identify_with, lacks_staff_with, may, may_open
from core.menus import TILES
from core.people import views as people
from core.people.models import Person
from core.saved import saved
from core.staff import account_pages, devices, log_pages, queries, second_factor, service, team_pages, tries, typed
from core.staff.forms import CodeForm, EnterForm, PasswordForm
from core.staff.typed import Typed

bp = Blueprint("staff", __name__)


def init_app(app: Flask) -> None:
    """Let roles count on devices where staff signed in, and register the pages."""
    base = app.extensions["identify"]
    identify_with(app, lambda: base() | devices.active_roles())
    ask_again_with(app, _ask_again)
    lacks_staff_with(app, _say_it_is_over)
    app.register_blueprint(bp, url_prefix="/w/<slug>/staff")
    TILES.add(app, "team", _tile)
    team_pages.init_app(app)
    account_pages.init_app(app)
    log_pages.init_app(app)


@bp.get("/in")
@may("staff.enter")
def enter() -> str:
    """A name, a password, and a code where there is a second factor."""
    return _enter(EnterForm(), "", None)


@bp.post("/in", endpoint="do_enter")
@may("staff.enter")
def do_enter() -> BaseResponse:
    """Sign in on this device, with a fresh token. Refuses on a phone that somebody else plays on: nothing is lost."""
    form = EnterForm(request.form)
    on_refusal(lambda: _enter(form, request.form.get("then", ""), typed.along()), form)
    form.must_fit()
    with tries.of(service.tidy(form.login.data)), writing():
        account = service.sign_in(form.login.data, form.password.data, form.code.data, g.neighbourhood.id)
        return devices.open_session(account, lambda: typed.onwards(_l("You are signed in as staff.")))


@bp.post("/out")
@may("person.leave")
def leave() -> BaseResponse:
    """End this device, as staff and as a player."""
    response = people.do_leave()
    response.delete_cookie(devices.hint(), path="/", secure=request.is_secure, httponly=True, samesite="Lax")
    return response


@bp.get("/again")
@may("staff.own")
def again() -> str:
    """Once more: is it still you?"""
    return _again(_proof(), request.args.get("then", ""), None)


@bp.post("/again", endpoint="do_again")
@may("staff.own")
def do_again() -> BaseResponse:
    """It is; on to where they were going."""
    form = _proof(request.form)
    on_refusal(lambda: _again(form, request.form.get("then", ""), typed.along()), form)
    form.must_fit()
    with tries.own(), writing():
        is_new = service.prove(devices.mine(), form.data.get("password", ""), form.data.get("code", ""))
        return people.renew(typed.onwards()) if is_new else typed.onwards()


@bp.get("/code")
@may("staff.lock")
def code() -> str:
    """The secret that waits here, as QR and in letters, until a first code came back; else how one begins."""
    return _code(CodeForm())


def _code(form: CodeForm) -> str:
    session = devices.mine()
    secret = second_factor.next_secret(session)
    if secret is None:
        return render_template("core/staff/begin_code.html", account=session.account)
    address = second_factor.address(session.account, secret, f"Buurtspoor {g.neighbourhood.name}")
    return render_template(
        "core/staff/code.html", account=session.account, qr=codes.qr(address), secret=secret, form=form
    )


@bp.post("/code/new")
@may("staff.lock")
def begin_code() -> BaseResponse:
    """A fresh secret for an authenticator app; the one that waits here already when this is sent twice."""
    with writing():
        session = devices.mine()
        if second_factor.next_secret(session) is None:
            second_factor.new_secret(session)
    return redirect(url_for(".code"), 303)


@bp.post("/code", endpoint="do_code")
@may("staff.lock")
def do_code() -> BaseResponse:
    """A first code came back: ten codes for on paper, shown this once. Sent once more, it leads to what is in force."""
    mine = devices.mine()
    if mine.account.has_second_factor and mine.next_secret is None:
        works = _l("Your second lock works. Its codes on paper were shown once.")
        return saved(url_for("staff.account"), works, "lock")
    form = CodeForm(request.form)
    on_refusal(lambda: _code(form), form)
    form.must_fit()
    with tries.own(), writing():
        paper = service.begin_second_factor(devices.mine(), form.code.data)
        return people.renew(make_response(render_template("core/staff/paper.html", paper=paper)))


def _tile(person: Person) -> tuple[str, str, str] | None:
    """The row on the page about oneself: to the team, or the way to it: a second lock, or signing in on this phone."""
    if may_open("staff.team"):
        return _("The team"), "", url_for("staff.team")
    if g.get("staff"):
        return _("Signing in and devices"), "", url_for("staff.account")
    return (_("Sign in as staff"), "", url_for("staff.enter")) if queries.roles_of(person) else None


def _ask_again() -> ResponseReturnValue | None:
    devices.mine()  # elsewhere there is nothing to prove
    if g.get("is_proved"):
        return None
    if request.method == "GET":
        return redirect(url_for("staff.again", then=typed.then()), 303)
    sentence = _("It is a while ago that you showed it is you. Do that first.")
    return _first(sentence, lambda then, along: _again(_proof(), then, along))


def _say_it_is_over() -> ResponseReturnValue | None:
    """For somebody who was signed in as staff until their day was over, or nobody used the device for an hour."""
    session = queries.session_on(people.token()) if g.get("person") else None
    if session is None or session.is_live or session.account.person_id != g.person.id:
        return None
    day_over, unused = _("Your working day as staff is over."), _("Nobody used this device as staff for an hour.")
    return _first(f"{day_over if session.is_day_over else unused} {_('Sign in again.')}", _enter_anew)


def _first(sentence: str, page: Callable[[str, Typed | None], str]) -> ResponseReturnValue:
    """A page that comes before what was asked for, with that sentence; what was typed goes along."""
    if wants_json():
        return show(403, sentence)
    along = typed.of_request()
    g.refused = sentence
    return page(typed.then(), along), 403


def _enter_anew(then: str, along: Typed | None) -> str:
    return _enter(EnterForm(login=request.form.get("login", "")), then, along)


def _enter(form: EnterForm, then: str, along: Typed | None) -> str:
    return render_template("core/staff/enter.html", form=form, then=then, typed=along)


def _proof(sent: MultiDict[str, str] | None = None) -> CodeForm | PasswordForm:
    """What they prove with that it is them."""
    return CodeForm(sent) if devices.mine().account.has_second_factor else PasswordForm(sent)


def _again(form: CodeForm | PasswordForm, then: str, along: Typed | None) -> str:
    return render_template("core/staff/again.html", form=form, then=then, typed=along)
