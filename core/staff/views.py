"""Staff sign in, prove once more that it is still them, and set up their second factor; and whose roles count here."""

from flask import Blueprint, Flask, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import codes
from core.database import writing
from core.errors import own_page
from core.guard import ask_again_with, identify_with, may
from core.people import views as people
from core.refusal import Refusal, Sort
from core.security import limiter
from core.staff import account, devices, second_factor, service, team

bp = Blueprint("staff", __name__)
ADDRESS_TRIES = "60 per hour"


def init_app(app: Flask) -> None:
    """Let roles count on devices where staff signed in, and register the pages."""
    base = app.extensions["identify"]
    identify_with(app, lambda: base() | devices.active_roles())
    ask_again_with(app, _ask_again)
    app.register_blueprint(bp, url_prefix="/w/<slug>/staff")
    team.init_app(app)
    account.init_app(app)


@bp.get("/in")
@may("staff.enter")
def enter() -> str:
    """A name, a password, and a code where there is a second factor."""
    return render_template("core/staff/enter.html")


@bp.post("/in", endpoint="do_enter")
@may("staff.enter")
@limiter.limit(devices.TRIES, key_func=lambda: f"login {service.tidy(request.form.get('login', ''))}")
@limiter.limit(ADDRESS_TRIES)
def do_enter() -> BaseResponse:
    """Sign in on this device, with a fresh token. Refuses on a phone that somebody else plays on: nothing is lost."""
    form = request.form
    with writing():
        account = service.sign_in(
            form.get("login", ""), form.get("password", ""), form.get("code", ""), g.neighbourhood.id
        )
        return devices.open_session(account)


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
    return render_template("core/staff/again.html", account=devices.mine().account, then=request.args.get("then", ""))


@bp.post("/again", endpoint="do_again")
@may("staff.own")
@limiter.limit(devices.TRIES, key_func=lambda: g.person.player_key)
def do_again() -> BaseResponse:
    """It is; on to where they were going."""
    with writing():
        service.prove(devices.mine(), request.form.get("password", ""), request.form.get("code", ""))
    return redirect(own_page(request.form.get("then", "")) or url_for("staff.team"), 303)


@bp.get("/code")
@may("staff.lock")
def code() -> str:
    """A fresh secret for an authenticator app, as QR and in letters, until a first code came back."""
    session = devices.mine()
    if session.next_secret is None:
        with writing():
            second_factor.new_secret(devices.mine())
        session = devices.mine()
    secret = second_factor.next_secret(session) or ""
    address = second_factor.address(session.account, secret, f"Buurtspoor {g.neighbourhood.name}")
    return render_template("core/staff/code.html", account=session.account, qr=codes.qr(address), secret=secret)


@bp.post("/code", endpoint="do_code")
@may("staff.lock")
@limiter.limit(devices.TRIES, key_func=lambda: g.person.player_key)
def do_code() -> str:
    """A first code came back: ten codes for on paper, shown this once."""
    with writing():
        paper = service.begin_second_factor(devices.mine(), request.form.get("code", ""))
    return render_template("core/staff/paper.html", paper=paper)


def _ask_again() -> BaseResponse | None:
    devices.mine()  # elsewhere there is nothing to prove
    if g.get("is_proved"):
        return None
    if request.method != "GET":
        raise Refusal(_l("It is a while ago that you showed it is you. Do that first."), Sort.FORBIDDEN)
    return redirect(url_for("staff.again", then=request.path), 303)
