"""The team of a neighbourhood: who has which role, who is invited, and accepting an invitation."""

import re

from flask import Flask, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from core import codes, limits, menus
from core.database import db, writing
from core.errors import on_refusal
from core.guard import STAFF, Role, may, may_open
from core.people import queries as players
from core.people import service as joining
from core.people import views as people
from core.people.models import Person
from core.refusal import Refusal
from core.saved import saved
from core.staff import devices, invitations, labels, queries, roles, service
from core.staff.forms import InviteForm, MineForm, NewcomersForm, PlayersForm

KEY = re.compile("[a-z2-7]{26}")


def init_app(app: Flask) -> None:
    """Register the pages beside those of signing in, whose names they share."""
    add, under = app.add_url_rule, "/w/<slug>/staff"
    add(f"{under}/", "staff.team", team)
    add(f"{under}/invite", "staff.invite", invite)
    add(f"{under}/invite", "staff.do_invite", do_invite, methods=["POST"])
    add(f"{under}/invite/withdraw", "staff.withdraw_invitation", withdraw, methods=["POST"])
    add(f"{under}/roles/end", "staff.end", end, methods=["POST"])
    add(f"{under}/roles/leave", "staff.give_up", give_up, methods=["POST"])
    add(f"{under}/invited", "staff.invited", invited)
    add(f"{under}/invited", "staff.do_invited", do_invited, methods=["POST"])


@may("staff.team")
def team() -> str:
    """Who is who here; a coordinator may end roles."""
    lines, counts = queries.here(g.neighbourhood.id), menus.COUNTS.named()
    return render_template(
        "core/staff/team.html", team=lines, labels=labels.LABELS, mine=sorted(g.roles & STAFF),
        coordinates=Role.COORDINATOR in g.roles, invitations=invitations.out(g.neighbourhood.id),
        is_last=[one.person_id for one in lines if one.role == Role.COORDINATOR] == [g.person.id],
        lacks_lock=roles.waits_for_a_lock(devices.mine().account),
        counts={endpoint: count() for endpoint, count in counts.items() if may_open(endpoint)},
        lines=menus.grouped(menus.of_team()),
    )  # fmt: skip


@may("staff.roles")
def invite() -> str:
    """Which role?"""
    return _invite(InviteForm())


def _invite(form: InviteForm) -> str:
    return render_template("core/staff/invite.html", roles=_may_give(), labels=labels.LABELS, form=form)


@may("staff.roles")
def do_invite() -> str:
    """The link of a fresh invitation, shown this once."""
    form, key = InviteForm(request.form), _key_of_form()
    on_refusal(lambda: _invite(form), form)
    limits.spend(limits.by_who("invitations", "60 per hour"))
    form.must_fit()
    role = Role(form.role.data)
    with writing():
        token = service.invite(g.neighbourhood.id, role, _me(), g.roles, key)
    link = f"{g.public_url}{url_for('staff.invited')}#{token}"
    return render_template(
        "core/staff/invitation.html", role=role, label=labels.LABELS[role], link=link, qr=codes.qr(link), key=key
    )


@may("staff.roles")
def withdraw() -> BaseResponse:
    """Take back an invitation that is out."""
    with writing():
        invitations.withdraw(g.neighbourhood.id, request.form.get("key", ""), _me())
    return saved(url_for("staff.team"), _l("Done. The link of that invitation opens nothing now."), "invitations")


@may("staff.roles")
def end() -> BaseResponse:
    """Take a role away."""
    role = labels.role(request.form.get("role", ""))
    with writing():
        person = players.by_tag(g.neighbourhood.id, request.form.get("tag", ""))
        if person:
            roles.end(person, role, _me(), g.roles)
    return saved(url_for("staff.team"), _l("Done. That role is over."), "team")


@may("staff.own")
def give_up() -> BaseResponse:
    """Give up one's own role, and go on as a player with a fresh token. Not from a phone that they only play on."""
    this = devices.mine().device_id
    with writing():
        roles.end(_me(), labels.role(request.form.get("role", "")), _me(), g.roles, this)
        return people.renew(saved(url_for("pages.home"), _l("Done. You gave up that role, and play on.")))


@may("staff.enter")
def invited() -> str:
    """Accept an invitation: its code stands behind the # of the link, so that it is in no log."""
    return _invited(_fields(None))


def _invited(form: MineForm) -> str:
    return render_template("core/staff/invited.html", form=form, is_staff=_is_staff())


@may("staff.enter")
def do_invited() -> BaseResponse:
    """Become staff here, and sign in; people with an account use its password, as on any other day.

    On a device of somebody of the team it asks first whether it is for them: who made it may look at it there.
    """
    form, is_staff = _fields(request.form), _is_staff()
    on_refusal(lambda: _invited(form), form)
    limits.spend(limits.by_who("invited", "20 per hour"))
    form.must_fit()
    if is_staff and "mine" not in request.form:
        raise Refusal(_l("Say first that this invitation is for you."))
    with writing():
        person = people.join_as_asked(g.neighbourhood, form) if isinstance(form, NewcomersForm) else _me()
        account = service.accept(form.token.data, person, form.data.get("login", ""), form.data.get("password", ""))
        welcome = _l("Welcome to the team.")
        if is_staff:
            onwards = "staff.code" if roles.waits_for_a_lock(account) else "staff.team"
            return saved(url_for(onwards if g.staff else "staff.enter"), welcome)
        return devices.open_session(account, lambda: saved(url_for("staff.team"), welcome))


def _fields(sent: MultiDict[str, str] | None) -> MineForm:
    """What an invitation asks, depending on whose device this is."""
    if g.person is None:
        return NewcomersForm(sent, name=joining.offer_name(g.neighbourhood))
    return MineForm(sent) if _is_staff() else PlayersForm(sent)


def _may_give() -> list[Role]:
    return [role for role in roles.STAFF if any(role in roles.MAY_GRANT.get(one, ()) for one in g.roles)]


def _is_staff() -> bool:
    """Whether the owner of this device signs in as staff already, here or elsewhere."""
    return g.person is not None and queries.account_of(g.person) is not None


def _key_of_form() -> str:
    given = request.form.get("client_key", "")
    return given if KEY.fullmatch(given) else codes.new_key()


def _me() -> Person:
    return db.session.get_one(Person, g.person.id)
