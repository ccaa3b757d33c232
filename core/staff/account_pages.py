"""Signing in and devices: the password, the second lock, codes for on paper, and where one is signed in as staff."""

from flask import Flask, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import limits
from core.database import writing
from core.errors import on_refusal
from core.guard import may
from core.people import views as people
from core.saved import saved
from core.staff import devices, roles, second_factor, service, sessions, tries
from core.staff.forms import NewPasswordForm


def init_app(app: Flask) -> None:
    """Register the pages beside those of signing in, whose names they share."""
    add, under = app.add_url_rule, "/w/<slug>/staff"
    add(f"{under}/account", "staff.account", account)
    add(f"{under}/account/password", "staff.change_password", change_password, methods=["POST"])
    add(f"{under}/account/devices", "staff.end_devices", end_devices, methods=["POST"])
    add(f"{under}/paper", "staff.paper", paper)
    add(f"{under}/paper", "staff.do_paper", do_paper, methods=["POST"])


@may("staff.own")
def account() -> str:
    """What one signs in with, and where one is signed in."""
    return _account(NewPasswordForm())


def _account(form: NewPasswordForm) -> str:
    session = devices.mine()
    return render_template(
        "core/staff/account.html", account=session.account, laptops=sessions.of(session), form=form,
        paper_left=second_factor.paper_left(session.account),
    )  # fmt: skip


@may("staff.own")
def change_password() -> BaseResponse:
    """Another password, for the old one."""
    session, form = devices.mine(), NewPasswordForm(request.form)
    on_refusal(lambda: _account(form), form)
    form.must_fit()
    counts = _l("Your new password counts. Your other devices are signed out.")
    with tries.own(), writing():
        service.change_password(session, form.password.data, form.new.data)
        return people.renew(saved(url_for("staff.account"), counts, "password"))


@may("staff.own")
def end_devices() -> BaseResponse:
    """End one device, or all but this one. It asks for no second proof: people who lost a laptop are in a hurry."""
    which = request.form.get("which", "")
    with writing():
        session = devices.mine()
        if which == "others":
            roles.sign_out_staff(session.account.person, but=session.device_id)
        else:
            sessions.end(session, which)
        is_out = session.device.ended_at is not None
    if is_out:
        return saved(url_for("pages.home"), _l("You are signed out on this device."))
    return saved(url_for("staff.account"), _l("Done. Only the devices below are still signed in."), "devices")


@may("staff.lock")
def paper() -> str:
    """Before fresh codes for on paper: the old ones are over then."""
    mine = devices.mine().account
    return render_template("core/staff/fresh.html", has_lock=mine.has_second_factor, replaces=second_factor.paper(mine))


@may("staff.lock")
@limits.each("10 per hour")
def do_paper() -> str:
    """Ten fresh codes, shown this once: their page loaded again makes no others."""
    on_refusal(paper)
    with writing():
        fresh = service.paper_codes(devices.mine(), request.form.get("replaces", ""))
    return render_template("core/staff/paper.html", paper=fresh)
