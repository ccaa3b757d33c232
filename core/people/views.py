"""Joining in two taps, the page about oneself, and whose phone is asking."""

from contextlib import suppress
from typing import Any

from flask import Blueprint, Flask, Response, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import OperationalError
from werkzeug.routing import BuildError
from werkzeug.wrappers import Response as BaseResponse

from core import codes, i18n, limits, mail, menus
from core.database import db, writing
from core.errors import on_refusal, own_page
from core.guard import Role, identify_with, may
from core.menus import Group, Line
from core.neighbourhoods.models import Neighbourhood
from core.people import erasure, mail_links, queries, service, zones
from core.people.forms import JoinForm, NameForm
from core.people.models import Person
from core.people.suspensions import Suspension
from core.refusal import Refusal, Sort
from core.saved import saved

bp = Blueprint("people", __name__)
ON_THE_WAY = ("challenge", "letters", "spot", "code", "plate")  # of a page that somebody joins on the way to
YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Recognise phones, and register the pages."""
    identify_with(app, _identify)
    app.register_blueprint(bp, url_prefix="/w/<slug>")
    app.add_template_global(queries.by_player_keys, "people_by_key")
    menus.MAIN.add(app, "me", lambda _searches: Line("people.me", "ik", _l("Me"), name="me"), order=90)
    menus.ME.add(app, "mail", _of_mail, order=40)
    for order, name, line in (
        (30, "card", Line("people.card", "code", _l("My player card"), group=Group.OWN)),
        (31, "phones", Line("people.phones", "zak", _l("My phones"), group=Group.OWN)),
        (50, "household", Line("people.household", "huis", _l("My household"), group=Group.OWN)),
        (51, "blocks", Line("people.blocks", "kruis", _l("Whom you do not want to meet"), group=Group.OWN)),
        (52, "data", Line("people.data", "download", _l("My data"), group=Group.OWN)),
    ):
        menus.ME.add(app, name, menus.always(line), order)
    app.context_processor(_who_reads)


def give_device(response: Response | BaseResponse, person: Person) -> Response | BaseResponse:
    """Make the asking phone this person's, with a cookie. Inside `writing()`."""
    return give_token(response, service.sign_in(person))


def give_token(response: Response | BaseResponse, token: str) -> Response | BaseResponse:
    """Let the asking phone keep a token that was made for it."""
    response.set_cookie(
        _cookie(), token, max_age=YEAR, path="/", httponly=True, samesite="Lax", secure=request.is_secure
    )
    return response


def renew(response: Response | BaseResponse) -> Response | BaseResponse:
    """Let the asking phone go on with a fresh token, since it may do more from now on. Inside `writing()`."""
    fresh = service.renew(token())
    return give_token(response, fresh) if fresh else response


def token() -> str:
    """The token of the asking phone, "" for none."""
    return request.cookies.get(_cookie(), "")


def join_form(neighbourhood: Neighbourhood) -> JoinForm:
    """The fields of joining: as they were sent, else with a name that nobody has."""
    if "join_form" not in g:
        is_sent = "name" in request.form
        g.join_form = JoinForm(request.form) if is_sent else JoinForm(name=service.offer_name(neighbourhood))
    form: JoinForm = g.join_form
    return form


def join_as_asked(neighbourhood: Neighbourhood, form: JoinForm | None = None) -> Person:
    """The person that a join form asks for: the one of `join_form` where none is given and it came with a name."""
    form = form or (join_form(neighbourhood) if "name" in request.form else JoinForm(request.form))
    form.must_fit()
    with limits.joins():
        return service.join(neighbourhood, form.name.data, form.is_young, form.client_key.data or None)


@bp.get("/join")
@may("person.join")
def join() -> str | BaseResponse:
    """Two taps: a name, and an age."""
    if g.person:
        return redirect(_onwards(), 303)
    refuse_who_plays_elsewhere()
    return _join(join_form(g.neighbourhood))


@bp.post("/join", endpoint="do_join")
@may("person.join")
def do_join() -> BaseResponse:
    """Join, and go on where they were going."""
    if g.person:
        return redirect(_onwards(), 303)
    refuse_who_plays_elsewhere()
    form = join_form(g.neighbourhood)
    on_refusal(lambda: _join(form), form)
    with writing():
        person = join_as_asked(g.neighbourhood)
        welcome = _l("You play along now. Here you are called %(name)s.", name=person.name)
        return give_device(saved(_onwards(), welcome), person)


def _join(form: JoinForm) -> str:
    return render_template(
        "core/people/join.html", form=form, then=request.values.get("then", ""), onwards=_arguments(),
        can_undo=bool(token() and erasure.of_phone(service.device(token()))),
    )  # fmt: skip


@bp.get("/me")
@may("person.own")
def me() -> str:
    """Your name, your letters, your points."""
    return _me(NameForm(obj=g.person))


def _me(name: NameForm) -> str:
    about, lines = menus.tiles_of(g.person), menus.grouped(menus.of_me())
    return render_template("core/people/me.html", tag=codes.spaced(g.person.tag), about=about, form=name, lines=lines)


def _of_mail() -> Line | None:
    has_mail = mail.is_set_up() or mail_links.of(g.person) is not None  # an address of before can be taken away
    return Line("people.own_email", "tekst", _l("Your e-mail address"), group=Group.OWN) if has_mail else None


@bp.post("/me/name")
@may("person.own")
def rename() -> BaseResponse:
    """Change your name."""
    refuse_suspended()
    form = NameForm(request.form)
    on_refusal(lambda: _me(form), form)
    limits.spend(limits.by_who("names", "20 per hour"))
    form.must_fit()
    with writing():
        service.rename(reread(), form.name.data)
    return saved(url_for(".me"), _l("Saved. Neighbours see this name now."), "name")


@bp.post("/me/zone")
@may("person.own")
def zone() -> BaseResponse:
    """In which part of the neighbourhood you live, and back to the page where it was asked."""
    with writing():
        zones.choose(reread(), request.form.get("zone", ""))
    page = own_page(request.form.get("back", "")) or url_for(".me")
    return saved(page, _l("Saved. A meeting across parts gives you both 5 more."), "zone")


@bp.get("/me/leave")
@may("person.own")
def leave() -> str:
    """Ask whether to leave this phone, and say what that means."""
    return render_template("core/people/leave.html")


@bp.post("/me/leave", endpoint="do_leave")
@may("person.leave")
def do_leave() -> BaseResponse:
    """Sign this phone out."""
    with writing():
        service.sign_out(request.cookies.get(_cookie(), ""))
    response = saved(url_for("pages.home"), _l("You are signed out on this phone."))
    response.delete_cookie(_cookie(), path="/", secure=request.is_secure, httponly=True, samesite="Lax")
    return emptied(response)


def emptied(response: Response | BaseResponse) -> Response | BaseResponse:
    """Have the browser throw away what it kept for this site, but for cookies: it would take those of our parents too.

    What waits there to be sent goes with it, so pages that lead to this say so (components/unsent.html).
    """
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def refuse_who_plays_elsewhere() -> None:
    """Refuse who is somebody in another neighbourhood. Raises Refusal."""
    if g.get("plays_elsewhere"):  # a second person would take the cookie of the first
        raise Refusal(_l("You play in another neighbourhood already. Here you can look around."))


def pause() -> Suspension | None:
    """The pause that the one who asks has now."""
    found: Suspension | None = g.get("suspension")
    return found


def _who_reads() -> dict[str, Any]:
    """For every template. `acts_here`: whether who reads may do something here, as a visitor too."""
    acts_here = pause() is None and not g.get("plays_elsewhere")
    return {"person": g.get("person"), "suspension": pause(), "acts_here": acts_here}


def refuse_suspended() -> None:
    """Refuse people with a pause, in words for them alone: nobody else reads that it is one. Raises Refusal."""
    if running := pause():
        raise Refusal(
            _l(
                "You have a pause until %(moment)s. Your points and your album stay. An editor wrote why.",
                moment=i18n.day_with_time(running.until),
            ),
            Sort.FORBIDDEN,
            way_on=(url_for("desk.answers", slug=g.person.neighbourhood.slug), _l("Read why, or ask another editor")),
        )


def reread() -> Person:
    """The one who asks, read inside the transaction that judges."""
    return db.session.get_one(Person, g.person.id)


def _identify() -> frozenset[Role]:
    token = request.cookies.get(_cookie())
    found = service.whose(token) if token else None
    if token and found and found.is_renewed:
        with suppress(OperationalError), writing():  # reading goes on where the disk takes nothing more
            service.end_before(token)
        found = service.whose(token)
    person, suspension = (found.person, found.suspension) if found else (None, None)
    here = g.get("neighbourhood")
    if person and here and person.neighbourhood_id != here.id:
        g.plays_elsewhere, person = (
            True,
            None,
        )  # a person belongs to one neighbourhood; elsewhere they read as a visitor
    g.person, g.suspension = person, suspension if person else None
    return frozenset({Role.PLAYER if person else Role.VISITOR})


def _cookie() -> str:
    return "__Host-device" if request.is_secure else "device"


def _onwards() -> str:
    """Where they were going: a route name of ours that opens with GET, else home. Never a URL."""
    try:
        return own_page(url_for(request.values.get("then", ""), **_arguments())) or url_for("pages.home")
    except (BuildError, LookupError):
        return url_for("pages.home")


def _arguments() -> dict[str, Any]:
    """What that route needs beside its name, as far as it was given."""
    return {name: value for name in ON_THE_WAY if (value := request.values.get(name))}
