"""Devices on which staff signed in: roles count nowhere else."""

from collections.abc import Callable
from contextlib import suppress

from flask import abort, g, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.database import db, writing
from core.guard import Role, asks_for_staff
from core.people import service as players
from core.people import views as people
from core.refusal import Refusal
from core.staff import queries, roles, second_factor, service
from core.staff.models import NOTED_EVERY, SIGNED_IN_FOR, Account, Session

HINT = "staff"  # a cookie that says "look for roles": it opens nothing, and spares every player the question
PHONES = ("Mobi", "Android", "iPhone", "iPad")
COMPUTERS = ("Windows NT", "Macintosh", "X11")


def open_session(account: Account, onwards: Callable[[], BaseResponse]) -> BaseResponse:
    """A fresh token for this device, and onwards, or to the second factor where the role needs one first.

    Inside `writing()`. Raises Refusal where somebody else plays on this device, also in another neighbourhood.
    """
    if g.get("plays_elsewhere") or (g.person and g.person.id != account.person_id):
        raise Refusal(_l("Somebody else plays on this device. They sign out first, so that they lose nothing."))
    played_since = queries.played_since(people.token()) if g.person else None
    if g.person:
        players.sign_out(people.token())
    needs_code = roles.waits_for_a_lock(account)
    token = players.sign_in(account.person)
    session = service.open_session(account, token, _kind(request.headers.get("User-Agent", "")), played_since)
    if needs_code:
        second_factor.new_secret(session)
    response = redirect(url_for("staff.code"), 303) if needs_code else onwards()
    people.give_token(response, token)
    response.set_cookie(
        hint(), "1", max_age=int(SIGNED_IN_FOR.total_seconds()), path="/", httponly=True, samesite="Lax",
        secure=request.is_secure,
    )  # fmt: skip
    return response


def mine() -> Session:
    """The staff session of this device, read in the transaction at hand; 403 without one."""
    return db.session.get_one(Session, g.staff) if g.staff else abort(403)


def active_roles() -> frozenset[Role]:
    """The roles that count on the device that asks; notes its session for the views."""
    g.staff = None
    if g.get("person") is None or hint() not in request.cookies:
        return frozenset()
    session = queries.session_of(people.token())
    if session is None or session.account.person_id != g.person.id:
        return frozenset()
    g.staff, g.is_proved = session.id, session.is_proved
    counting, unnoted = service.active_roles(session), clock.now() - session.last_used
    if asks_for_staff() and unnoted >= NOTED_EVERY:
        _note_use(session.id)
    return counting


def _note_use(session_id: int) -> None:
    """Reading goes on where the disk takes nothing more."""
    with suppress(OperationalError), writing():
        service.note_use(session_id)


def _kind(browser: str) -> str | None:
    """Whether a browser says that it is a phone's or a computer's; more is not kept."""
    if any(word in browser for word in PHONES):
        return "phone"
    return "computer" if any(word in browser for word in COMPUTERS) else None


def hint() -> str:
    """The name of that cookie."""
    return f"__Host-{HINT}" if request.is_secure else HINT
