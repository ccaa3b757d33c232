"""The ideas of a neighbourhood, and one: who signs it too, until when it is answered, and every step it took."""

from flask import Blueprint, Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, limits
from core.contributions import queries as contributions
from core.database import writing
from core.errors import on_refusal
from core.guard import may, may_open
from core.i18n import lang
from core.menus import ME, PURPOSES, Group, Line, always, page
from core.once import once
from core.people.views import refuse_suspended
from core.places import panels
from core.places.models import Spot
from core.receipts.views import hands
from core.saved import saved
from core.steps import queries as steps
from game.ideas import queries, service
from game.ideas.course import APPEALED, COURSE, GOES_AHEAD, MERGED, NOT_NOW, WAITS, answers, due
from game.ideas.forms import AppealForm, DecisionForm, SignForm
from game.ideas.kind import PROPOSAL, SORTS
from game.ideas.models import Idea
from game.ideas.onwards import ONWARDS

bp = Blueprint("ideas", __name__)
MOST = "60 per hour"  # that somebody signs, or takes back


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp, url_prefix="/w/<slug>/ideas")
    PURPOSES.add(app, "send an idea", page("sent_ideas.propose"))
    ME.add(app, "ideas", always(Line("ideas.index", "idee", _l("Ideas of neighbours"), group=Group.TOGETHER)), order=30)
    panels.PANELS.add(app, "ideas", _at_spot, order=50)


def _at_spot(spot: Spot, _plate: str | None) -> str:
    return render_template("game/ideas/spot_panel.html", spot=spot, rows=queries.at(spot), COURSE=COURSE)


@bp.get("")
@may("public.read")
def index() -> str:
    """What neighbours would like here, and how each idea stands."""
    here = g.neighbourhood.id
    awake, asleep = queries.of(here), queries.of(here, asleep=True)
    return render_template("game/ideas/index.html", rows=awake, asleep=asleep, COURSE=COURSE)


@bp.get("/<key>")
@may("public.read")
def show(key: str) -> str:
    """One idea."""
    return idea_page(find(key), SignForm(), AppealForm(), DecisionForm())


def find(key: str, lock: bool = False) -> Idea:
    """An idea of this neighbourhood that everybody reads; else 404."""
    return queries.one(g.neighbourhood.id, key, lock) or abort(404)


def idea_page(idea: Idea, sign: SignForm, appeal: AppealForm, decision: DecisionForm) -> str:
    """The page of an idea, with the forms that who looks may send."""
    taken = steps.said(steps.of(COURSE.kind, idea.key))
    state = taken[-1].step.state if taken else COURSE.begins
    begun = taken[-1].step.at if state == APPEALED else idea.visible_at
    mine = g.person.player_key if g.person else None
    sender, signed = queries.sender(idea.key), queries.many_signed([idea.key]).get(idea.key, 0)
    is_mine = sender in hands()
    return render_template(
        "game/ideas/show.html", idea=idea, taken=taken, state=state, COURSE=COURSE, SORTS=SORTS, signed=signed,
        by=contributions.names(PROPOSAL.name, [idea.id]).get(idea.id), names=queries.names(idea.key), is_mine=is_mine,
        due=due(clock.day_of(begun)), days=(clock.today() - clock.day_of(begun)).days + 1, waits=state in WAITS,
        signature=queries.signature(idea.key, mine) if mine else None, ahead=state in GOES_AHEAD,
        may_appeal=is_mine and state in (NOT_NOW, MERGED) and all(one.step.state != APPEALED for one in taken),
        sleeps=queries.is_asleep(idea), goes_on_in=queries.goes_on_in(idea.key) if state == MERGED else None,
        merged=queries.merged_into(idea.key), onwards=_onwards(idea) if state in GOES_AHEAD else (),
        sign=sign, appeal=appeal, decision=decision, is_merged=state == MERGED,
        **(_deciding(idea, [one.step.state for one in taken]) if may_open("ideas.decide") and sender != mine else {}),
    )  # fmt: skip


def _deciding(idea: Idea, states: list[str]) -> dict[str, object]:
    """What an editor can decide now, and in which other ideas it could go on."""
    ways = answers(states)
    others = queries.to_merge_into(idea) if MERGED in ways else ()
    choices = [(to, COURSE.labels[to]) for to in COURSE.labels if to in ways and (to != MERGED or others)]
    return {"choices": choices, "others": [(one.key, one.title, one.language) for one in others]}


def _onwards(idea: Idea) -> list[Line]:
    return [line for onward in ONWARDS.all() if (line := onward.line(idea))]


@bp.post("/<key>/sign", endpoint="sign")
@may("idea.sign")
def do_sign(key: str) -> BaseResponse:
    """I want it too."""
    refuse_suspended()
    form = SignForm(request.form)
    on_refusal(lambda: idea_page(find(key), form, AppealForm(), DecisionForm()), form)
    limits.spend(limits.by_who("idea signed", MOST))
    with writing():
        service.sign(find(key), g.person.player_key, bool(form.shows_name.data))
    return saved(url_for(".show", key=key), _l("Done. You signed it too."), "signed")


@bp.post("/<key>/unsign", endpoint="unsign")
@may("idea.sign")
def do_unsign(key: str) -> BaseResponse:
    """Not any more."""
    with writing():
        service.unsign(find(key).key, g.person.player_key)
    return saved(url_for(".show", key=key), _l("Done. You do not sign it any more."), "signed")


@bp.post("/<key>/appeal", endpoint="appeal")
@may("idea.send")
def do_appeal(key: str) -> BaseResponse:
    """Who sent it asks another editor to look."""
    form = AppealForm(request.form)
    on_refusal(lambda: idea_page(find(key), SignForm(), form, DecisionForm()), form)
    form.must_fit()
    with writing():
        idea = find(key, lock=True)
        who = next(iter({queries.sender(key)} & set(hands())), None) or abort(404)
        once(form.twin, lambda: str(service.appeal(idea, who, form.words.data, lang()).id))
    return saved(url_for(".show", key=key), _l("Asked. Another editor looks, within 14 days."), "steps")
