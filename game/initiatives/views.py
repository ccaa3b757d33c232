"""The initiatives of a neighbourhood, and one: who takes part, what it needs and has, when, and what became of it."""

from flask import Blueprint, Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import limits
from core.contributions import queries as contributions
from core.database import writing
from core.errors import on_refusal
from core.guard import may, may_open
from core.menus import ME, Group, Line, always
from core.people.views import refuse_suspended
from core.saved import saved
from game.ideas import queries as ideas
from game.ideas.kind import PROPOSAL
from game.initiatives import queries, service
from game.initiatives.course import COURSE, DONE
from game.initiatives.forms import SORTS, JoinForm, NeedForm, StepForm
from game.initiatives.models import Initiative
from game.initiatives.queries import Told

bp = Blueprint("initiatives", __name__)
MOST = "60 per hour"  # that somebody joins, leaves, sees to something or not


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp, url_prefix="/w/<slug>/initiatives")
    ME.add(
        app, "initiatives", always(Line("initiatives.index", "hand", _l("Initiatives"), group=Group.TOGETHER)), order=31
    )


@bp.get("")
@may("public.read")
def index() -> str:
    """What neighbours do together."""
    shown = queries.of(g.neighbourhood.id)
    mine = queries.led_by(g.neighbourhood.id, g.person.player_key) if g.person else []
    unseen = [told for told in mine if told.initiative.is_hidden or not told.title]
    return render_template("game/initiatives/index.html", shown=shown, unseen=unseen, COURSE=COURSE)


@bp.get("/<key>")
@may("public.read")
def show(key: str) -> str:
    """One initiative."""
    return initiative_page(key)


def initiative_page(
    key: str, join: JoinForm | None = None, need: NeedForm | None = None, step: StepForm | None = None
) -> str:
    """The page of an initiative, with the one form that came back."""
    told = find(key)
    one, me = told.initiative, g.person.player_key if g.person else None
    faces, mine = queries.faces(one), queries.participant(one, me) if me else None
    runs, sent = is_run_by_me(told), ideas.sender(one.idea)
    by = contributions.names(PROPOSAL.name, [told.idea.id]).get(told.idea.id) if told.idea else None
    begun = JoinForm(data={"shows_name": mine.shows_name, "would_lead": mine.would_lead}) if mine else JoinForm()
    needs = queries.needs(one)
    return render_template(
        "game/initiatives/show.html", told=told, key=key, faces=faces, mine=mine, me=me, by=by, sent=sent, runs=runs,
        needed=[need for need in needs if not need.is_met], there=[need for need in needs if need.is_met],
        names={face.who: face.name for face in faces}, taken=queries.steps_of(one, faces), COURSE=COURSE,
        is_done=told.state == DONE, ways=_ways(told.state) if runs else (),
        sorts=SORTS.items(), join=join or begun, need=need or NeedForm(), step=step or StepForm(),
    )  # fmt: skip


def find(key: str) -> Told:
    """An initiative that everybody reads; else 404."""
    return queries.one(g.neighbourhood.id, key) or abort(404)


def is_run_by_me(told: Told) -> bool:
    """Whether who looks leads it, or is an editor."""
    mine = queries.participant(told.initiative, g.person.player_key) if g.person else None
    return bool(mine and mine.leads) or may_open("ideas.decide")


def _ways(state: str) -> list[tuple[str, object]]:
    ways = COURSE.moves.get(state, {}).get("editor", frozenset())
    return [(to, COURSE.labels[to]) for to in COURSE.labels if to in ways]


def _held(key: str) -> Initiative:
    """One that everybody reads, its row held."""
    find(key)
    return queries.held(g.neighbourhood.id, key) or abort(404)


@bp.post("/<key>/join", endpoint="join")
@may("initiative.join")
def do_join(key: str) -> BaseResponse:
    """I take part; or say anew whether my name stands there."""
    refuse_suspended()
    form = JoinForm(request.form)
    on_refusal(lambda: initiative_page(key, join=form), form)
    limits.spend(limits.by_who("initiatives", MOST))
    with writing():
        service.join(_held(key), g.person.player_key, bool(form.shows_name.data), bool(form.would_lead.data))
    return saved(url_for(".show", key=key), _l("Done. You take part."), "people")


@bp.post("/<key>/leave", endpoint="leave")
@may("initiative.join")
def do_leave(key: str) -> BaseResponse:
    """Not any more."""
    with writing():
        service.leave(_held(key), g.person.player_key)
    return saved(url_for(".show", key=key), _l("Done. You take part no longer."), "people")


@bp.post("/<key>/needs/<need>/take", endpoint="take")
@may("initiative.join")
def do_take(key: str, need: str) -> BaseResponse:
    """I can do that."""
    refuse_suspended()
    on_refusal(lambda: initiative_page(key))
    limits.spend(limits.by_who("initiatives", MOST))
    with writing():
        service.take(_held(key), need, g.person.player_key)
    return saved(url_for(".show", key=key), _l("Done. You see to it."), "needs")


@bp.post("/<key>/needs/<need>/give-back", endpoint="give_back")
@may("initiative.join")
def do_give_back(key: str, need: str) -> BaseResponse:
    """Not any more."""
    on_refusal(lambda: initiative_page(key))
    with writing():
        service.give_back(_held(key), need, g.person.player_key)
    return saved(url_for(".show", key=key), _l("Done. Somebody else can see to it."), "needs")
