"""The hours of professionals: all of them, one, planning one, and the page of who sits there themselves."""

from datetime import time
from typing import Any

from flask import Blueprint, Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import codes, limits
from core.database import writing
from core.errors import on_refusal
from core.guard import may, may_open
from core.menus import ME, Group, Line, always
from core.once import once
from core.people.views import refuse_suspended
from core.places import panels
from core.places import queries as places
from core.places.models import Spot
from core.refusal import Refusal, Sort
from core.saved import saved
from game.dialogues import queries, question_queries, service, talk_queries
from game.dialogues.cards import THEMES, every
from game.dialogues.course import COURSE
from game.dialogues.forms import HourForm
from game.dialogues.models import Hour, Professional, State

bp = Blueprint("dialogues", __name__)
ON_A_PAGE = 4  # talk cards of A6
MOST = "30 per hour"  # hours that somebody plans, cards that they answer, and so on
SAID = {
    State.OPEN: _l("Open. People can draw a card now."),
    State.CLOSED: _l("Closed. Thank you for being there."),
    State.CANCELLED: _l("Done. It is cancelled, and everybody reads that."),
}


def init_app(app: Flask) -> None:
    """Register the pages, the line on Ik, and the panel of a spot."""
    app.register_blueprint(bp, url_prefix="/w/<slug>/dialogues")
    ME.add(
        app,
        "dialogues",
        always(Line("dialogues.index", "praten", _l("Talk with a professional"), group=Group.TOGETHER)),
        order=31,
    )
    panels.PANELS.add(app, "dialogues", _at_spot, order=55)


def _at_spot(spot: Spot, _plate: str | None) -> str | None:
    hours, learned = queries.at(spot), talk_queries.learned_at(spot)
    if not hours and not learned:
        return None
    return render_template("game/dialogues/spot_panel.html", hours=around(hours), learned=talk_queries.signed(learned))


@bp.get("")
@may("public.read")
def index() -> str:
    """Who is where and when, what was asked, and what people learned."""
    here = g.neighbourhood.id
    return render_template(
        "game/dialogues/index.html", coming=around(queries.coming(here)), past=around(queries.past(here)),
        may_plan=may_plan(),
    )  # fmt: skip


@bp.get("/cards")
@may("public.read")
def paper_cards() -> str:
    """Every talk card on paper, for two who answer it with a pen; four on a page of A4."""
    address = g.public_url + url_for(".index")
    found = list(every().values())
    return render_template(
        "print/talkcards.html", pages=[found[first : first + ON_A_PAGE] for first in range(0, len(found), ON_A_PAGE)],
        THEMES=THEMES, qr=codes.qr(address), address=address.partition("://")[2],
    )  # fmt: skip


@bp.get("/learned")
@may("public.read")
def learned() -> str:
    """What people learned from each other, the newest first."""
    return render_template(
        "game/dialogues/learned.html", learned=talk_queries.signed(talk_queries.learned(g.neighbourhood.id))
    )


@bp.get("/<key>")
@may("public.read")
def show(key: str) -> str:
    """One hour: who sits there, how it goes, what was asked and what was learned."""
    return hour_page(find(key))


@bp.get("/new")
@may("dialogue.open")
def new() -> str:
    """Plan an hour."""
    _must_plan()
    house = places.house(g.neighbourhood.id)
    return _new(HourForm(data={"spot": house.key if house else "", "theme": next(iter(THEMES))}))


@bp.post("/new", endpoint="do_new")
@may("dialogue.open")
def do_new() -> BaseResponse:
    """It stands among the hours."""
    refuse_suspended()
    _must_plan()
    form = HourForm(request.form)
    form.professional.among = [one.key for one in _whose()]
    form.spot.among = [spot.key for spot in places.of(g.neighbourhood.id)]
    on_refusal(lambda: _new(form), form)
    limits.spend(limits.by_who("hours planned", MOST))
    form.must_fit()
    with writing():
        key = once(form.twin, lambda: _plan(form))
    return saved(url_for(".show", key=key), _l("Planned. It stands among the hours now."))


def _plan(form: HourForm) -> str:
    here = g.neighbourhood.id
    one = queries.professional_by_key(here, form.professional.data) or abort(404)
    spot = places.by_key(here, form.spot.data) or abort(404)
    begins, ends = (time.fromisoformat(field.data) for field in (form.begins, form.ends))
    return service.plan(one, spot, form.theme.data, form.day.data, begins, ends).key


def _new(form: HourForm) -> str:
    whose, spots = _whose(), places.of(g.neighbourhood.id)
    faces = queries.faces(whose)
    return render_template(
        "game/dialogues/new.html", form=form, themes=list(THEMES.items()),
        whose=[(one.key, _named(faces[one.id]), "nl") for one in whose],
        spots=[(spot.key, spot.name, "nl") for spot in spots],
    )  # fmt: skip


@bp.post("/<key>/state", endpoint="move")
@may("dialogue.open")
def move(key: str) -> BaseResponse:
    """Open, close or cancel it."""
    to = next((state for state in SAID if state == request.form.get("to")), None) or abort(404)
    if not keeps(find(key)):
        raise Refusal(service.NOT_YOURS, Sort.FORBIDDEN)
    on_refusal(lambda: hour_page(find(key)))
    with writing():
        service.move(find(key, lock=True), to)
    return saved(url_for(".show", key=key), SAID[to])


@bp.get("/mine")
@may("person.own")
def mine() -> str:
    """The page of who sits there themselves: their hours, the cards and questions that wait, and their name."""
    one = me_as_professional() or abort(404)
    return render_template(
        "game/dialogues/mine.html", professional=one, face=queries.faces([one])[one.id],
        waiting=talk_queries.unanswered(one),
        hours=around(queries.hours_of(one)), questions=question_queries.questions_to(one), COURSE=COURSE,
        cards=every(),
    )  # fmt: skip


@bp.post("/mine/name", endpoint="name")
@may("person.own")
def name() -> BaseResponse:
    """Their name stands there, or not any more: by their own word, at any time."""
    shows = request.form.get("shows") == "1"
    with writing():
        service.show_name(me_as_professional() or abort(404), shows)
    told = _l("Done. Your name stands there.") if shows else _l("Done. Your name stands nowhere any more.")
    return saved(url_for(".mine"), told, "name")


def find(key: str, lock: bool = False) -> Hour:
    """An hour of this neighbourhood; else 404."""
    return queries.hour(g.neighbourhood.id, key, lock) or abort(404)


def me_as_professional() -> Professional | None:
    """Who asks, as a professional here."""
    return queries.professional(g.neighbourhood.id, g.person.player_key) if g.person else None


def keeps(hour: Hour) -> bool:
    """Whether who asks opens and closes this hour: who sits there, a host, a coordinator."""
    is_mine = bool(g.person and g.person.player_key == hour.professional.who and not hour.professional.ended_at)
    return is_mine or may_open("dialogues.paper")


def may_plan() -> bool:
    """Whether who asks plans hours and lays theme tables."""
    return may_open("dialogues.paper") or me_as_professional() is not None


def hour_page(hour: Hour) -> str:
    """The page of an hour, with what who looks can do there."""
    is_mine = bool(g.person and g.person.player_key == hour.professional.who)
    others = [one for one in queries.running_of(hour.professional) if one.id != hour.id and not one.is_over]
    return render_template(
        "game/dialogues/hour.html", hour=hour, face=queries.faces([hour.professional])[hour.professional_id],
        questions=question_queries.questions_in(hour), others=others,
        learned=talk_queries.signed(talk_queries.learned_in(hour)),
        is_mine=is_mine, keeps=keeps(hour), COURSE=COURSE,
        waiting=talk_queries.unanswered(hour.professional, hour) if is_mine else (),
        THEMES=THEMES, cards=every(), types_in=may_open("dialogues.paper") and not is_mine,
    )  # fmt: skip


def around(hours: Any) -> list[tuple[Hour, queries.Face]]:
    """Hours in a list, each with who sits there."""
    faces = queries.faces([hour.professional for hour in hours])
    return [(hour, faces[hour.professional_id]) for hour in hours]


def _must_plan() -> None:
    if not may_plan():
        raise Refusal(_l("Professionals, hosts and coordinators plan these."), Sort.FORBIDDEN)


def _whose() -> list[Professional]:
    """Whose hours who asks plans: their own, or as a host anybody's."""
    if may_open("dialogues.paper"):
        return list(queries.professionals(g.neighbourhood.id))
    mine = me_as_professional()
    return [mine] if mine else []


def _named(face: queries.Face) -> str:
    return " · ".join(part for part in (face.name, face.role, face.organisation) if part)
