"""Signing in and devices: the password, the second lock, codes for on paper, and where one is signed in as staff."""

from flask import Flask, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from core import limits
from core.database import writing
from core.errors import show_again
from core.guard import may
from core.people import views as people
from core.staff import devices, roles, second_factor, service, sessions, tries


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
    session = devices.mine()
    return render_template(
        "core/staff/account.html", account=session.account, laptops=sessions.of(session),
        paper_left=second_factor.paper_left(session.account), is_changed="changed" in request.args,
        is_set="set" in request.args,
    )  # fmt: skip


@may("staff.own")
def change_password() -> BaseResponse:
    """Another password, for the old one."""
    form = request.form
    show_again(account)
    with tries.own(), writing():
        service.change_password(devices.mine(), form.get("password", ""), form.get("new", ""))
        return people.renew(redirect(url_for("staff.account", changed=1), 303))


@may("staff.own")
def end_devices() -> BaseResponse:
    """End one device, or all but this one. It asks for no second proof: who lost a laptop is in a hurry."""
    which = request.form.get("which", "")
    with writing():
        session = devices.mine()
        if which == "others":
            roles.sign_out_staff(session.account.person, but=session.device_id)
        else:
            sessions.end(session, which)
        is_out = session.device.ended_at is not None
    return redirect(url_for("pages.home" if is_out else "staff.account"), 303)


@may("staff.lock")
def paper() -> str:
    """Before fresh codes for on paper: the old ones are over then."""
    mine = devices.mine().account
    return render_template("core/staff/fresh.html", has_lock=mine.has_second_factor, replaces=second_factor.paper(mine))


@may("staff.lock")
@limits.each("10 per hour")
def do_paper() -> str:
    """Ten fresh codes, shown this once: their page loaded again makes no others."""
    show_again(paper)
    with writing():
        fresh = service.paper_codes(devices.mine(), request.form.get("replaces", ""))
    return render_template("core/staff/paper.html", paper=fresh)
