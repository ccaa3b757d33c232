"""Joining a class with its code, and whose device this is. The secret of a crew stands in the address of its pages.

So they work in a browser that keeps no cookie; the cookie only leads back from the page of the code.
"""

from flask import Blueprint, Flask, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.classes import queries, service, tries
from core.classes.animals import ANIMALS, Animal
from core.classes.forms import JoinForm
from core.classes.models import Crew, Part, SchoolClass
from core.classes.words import WORDS
from core.codes import letters_of
from core.database import db, writing
from core.errors import on_refusal
from core.guard import Role, identify_with, may
from core.once import once
from core.refusal import Refusal, Sort

bp = Blueprint("classes", __name__, url_prefix="/w/<slug>")
PARTS = {Part.STREET: _l("street team"), Part.NEWS: _l("newsroom, inside")}


def init_app(app: Flask) -> None:
    """Recognise the device of a crew, and register the pages."""
    base = app.extensions["identify"]
    identify_with(app, lambda: _with_crew(base()))
    app.register_blueprint(bp)
    app.add_template_global(lambda: WORDS, "class_words")
    app.add_template_global(lambda: PARTS, "class_parts")
    app.add_template_filter(animal)


def animal(crew: Crew) -> Animal:
    """What a crew is called, with its track."""
    return ANIMALS[crew.animal]


def on_device() -> Crew | None:
    """The crew whose device this is today."""
    token = request.cookies.get(_cookie())
    crew = queries.crew(g.neighbourhood.id, token) if token and g.get("neighbourhood") else None
    return crew if crew and crew.school_class.is_open else None


def go_on(token: str) -> BaseResponse:
    """To the page of the crew with this secret, whose device this is from now on."""
    return remember(redirect(url_for("classes.crew", token=token), 303), token)


def remember(response: BaseResponse, token: str) -> BaseResponse:
    """Let this device keep the secret of its crew until midnight."""
    left = clock.last_moment_of(clock.today()) - clock.now()
    response.set_cookie(
        _cookie(), token, max_age=int(left.total_seconds()), path="/", httponly=True, samesite="Lax",
        secure=request.is_secure,
    )  # fmt: skip
    return response


def forget(response: BaseResponse) -> BaseResponse:
    """This device is no crew's any more."""
    response.delete_cookie(_cookie(), path="/", secure=request.is_secure, httponly=True, samesite="Lax")
    return response


@bp.get("/class", endpoint="join")
@may("class.join")
def join() -> str:
    """Six letters; who is in a class already finds the way back."""
    return _join(JoinForm(data={"code": letters_of(request.args.get("code", ""))}))


def _join(form: JoinForm) -> str:
    crew, scanned = on_device(), request.values.get("scanned") or request.args.get("code", "")
    back = url_for("classes.crew", token=service.token(crew)) if crew else None
    return render_template("core/classes/join.html", form=form, crew=crew, crew_page=back, scanned=scanned)


@bp.post("/class", endpoint="do_join")
@may("class.join")
def do_join() -> BaseResponse:
    """A crew of that class; on a device that has one there already, the same."""
    form = JoinForm(request.form)
    on_refusal(lambda: _join(form), form, Sort.GONE, Sort.UNKNOWN)
    form.must_fit()
    scanned = request.form.get("scanned", "")
    typed = scanned if letters_of(scanned) == form.code.data else form.code.data
    here = tries.look_up(typed, lambda letters: queries.by_code(g.neighbourhood.id, letters))
    if here is None:
        raise Refusal(_l("We do not know this code. See if you swapped a letter."), Sort.UNKNOWN, field="code")
    return go_on(_token_in(here, form.twin))


def _token_in(here: SchoolClass, twin: str) -> str:
    mine = on_device()
    if mine and mine.class_id == here.id:
        return service.token(mine)
    with writing():
        key = once(twin, lambda: service.join(db.session.get_one(SchoolClass, here.id)).key)
        crew = queries.of_class(here, key)
        if crew is None:
            raise Refusal(service.NOT_HERE, Sort.UNKNOWN)
        return service.token(crew)


def _with_crew(roles: frozenset[Role]) -> frozenset[Role]:
    """A device of a crew is no visitor: it joins no game, and tells nothing to the neighbourhood (docs/rules.md §3)."""
    return frozenset({Role.CREW}) if roles == {Role.VISITOR} and on_device() else roles


def _cookie() -> str:
    return "__Host-crew" if request.is_secure else "crew"
