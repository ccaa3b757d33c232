"""The page of a host at the desk."""

from flask import Blueprint, Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import codes
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may, may_open
from core.menus import TEAM, TILES, Line, always
from core.people import queries as people
from core.people.models import Person
from core.people.views import reread
from core.refusal import about
from core.saved import saved
from game.challenges import queries as challenges
from game.challenges.kinds import KINDS
from game.challenges.models import Challenge
from game.encounters import addresses, meeting_pages
from game.encounters import queries as encounters
from game.encounters.models import Encounter
from game.headquarters import queries, service
from game.headquarters.forms import WitnessForm

bp = Blueprint("headquarters", __name__)


def init_app(app: Flask) -> None:
    """Register the desk, and the way to it for hosts."""
    app.register_blueprint(bp, url_prefix="/w/<slug>")
    TILES.add(app, "house", _tile)
    TEAM.add(app, "house", always(Line("headquarters.host", "huis", _l("The desk of the house"))), order=30)


@bp.get("/host")
@may("desk.witness")
def host() -> str:
    """Two players' letters and a challenge; below, what was witnessed today and whose yes is missing."""
    return _host(WitnessForm())


def _host(form: WitnessForm) -> str:
    meetings = queries.witnessed_by(g.person)
    names = meeting_pages.names(meetings)
    phoneless = people.without_phone({player for one in meetings for player in one.players if player})
    items = [
        (one, one.challenge, [(names[who], one.said_yes(who), who in phoneless, who) for who in _two(one)])
        for one in meetings
    ]
    doing = [(one.key, one.words["title"], one.words["lang"]) for one in _together()]
    return render_template("game/headquarters/host.html", items=items, challenges=doing, form=form)


@bp.post("/host", endpoint="witness")
@may("desk.witness")
def witness() -> BaseResponse:
    """You saw these two meet."""
    form, doing = WitnessForm(request.form), {one.key: one for one in _together()}
    form.challenge.among = doing
    on_refusal(lambda: _host(form), form)
    form.must_fit()
    key = form.client_key.data or codes.new_key()
    with about("other"), writing():
        me = reread()
        one, other = (addresses.by_tag(me, field.data, field.name) for field in (form.one, form.other))
        service.witness(me, acting_as(), one, other, doing[form.challenge.data], key)
    return saved(url_for(".host"), _l("Kept. Each of them still says yes."), "seen")


@bp.post("/host/yes", endpoint="say_yes")
@may("desk.witness")
def say_yes() -> BaseResponse:
    """The yes of somebody without a phone."""
    meeting = encounters.by_key(request.form.get("meeting", ""))
    if meeting is None or meeting.neighbourhood_id != g.neighbourhood.id:
        abort(404)
    meeting_id = meeting.id
    with writing():
        host, player = reread(), request.form.get("player", "")
        service.say_yes_for(host, acting_as(), encounters.locked(meeting_id), player)
    return saved(url_for(".host"), _l("Kept. That yes counts."), "seen")


def _together() -> list[Challenge]:
    return [one for one in challenges.of(g.neighbourhood.id) if KINDS[one.kind].takes_two]


def _two(encounter: Encounter) -> list[str]:
    return [player for player in (encounter.starter, encounter.companion) if player]


def _tile(_person: Person) -> tuple[object, object, str] | None:
    """On the page about oneself: the way to the desk, where a host signed in."""
    may = may_open("headquarters.host")
    return (_l("The host’s desk"), "", url_for("headquarters.host")) if may else None
