"""The page of a host at the desk."""

from flask import Blueprint, Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, codes
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may, may_open
from core.menus import TEAM, TILES, Group, Line, always
from core.people import queries as people
from core.people import service as people_service
from core.people.models import Person
from core.people.views import reread
from core.places import checks, hours
from core.places import queries as places
from core.refusal import about
from core.saved import saved
from game.challenges import queries as challenges
from game.challenges.kinds import KINDS
from game.challenges.models import Challenge
from game.encounters import addresses, meeting_pages
from game.encounters import queries as encounters
from game.encounters.models import Encounter
from game.headquarters import queries, service
from game.headquarters.forms import CardForm, NewPlayerForm, SeenForm, WitnessForm
from game.seasons import queries as seasons

STAMPS = 5  # on a card
CHECKS = 3  # signs beside the desk; all of them stand on the page about care
bp = Blueprint("headquarters", __name__)


def init_app(app: Flask) -> None:
    """Register the desk, and the way to it for hosts."""
    app.register_blueprint(bp, url_prefix="/w/<slug>")
    TILES.add(app, "house", _tile)
    TEAM.add(
        app,
        "house",
        always(Line("headquarters.host", "huis", _l("The desk of the house"), group=Group.HOUSE)),
        order=30,
    )


@bp.get("/host")
@may("desk.witness")
def host() -> str:
    """Two players' letters and a challenge; below, what was witnessed today and whose yes is missing."""
    return page()


def page(
    form: WitnessForm | None = None, card: SeenForm | None = None, opened: CardForm | None = None,
    new: NewPlayerForm | None = None,
) -> str:  # fmt: skip
    """The desk, with the one form that came back."""
    g.scans = True
    meetings = queries.witnessed_by(g.person)
    names = meeting_pages.names(meetings)
    phoneless = people.without_phone({player for one in meetings for player in one.players if player})
    items = [
        (one, one.challenge, [(names[who], one.said_yes(who), who in phoneless, who) for who in _two(one)])
        for one in meetings
    ]
    return render_template(
        "game/headquarters/host.html", items=items, challenges=doing(), form=form or WitnessForm(),
        card=card or SeenForm(), opened=opened or CardForm(),
        new=new or NewPlayerForm(name=people_service.offer_name(g.neighbourhood)), **_around(),
    )  # fmt: skip


@bp.post("/host", endpoint="witness")
@may("desk.witness")
def witness() -> BaseResponse:
    """You saw these two meet."""
    form, offered = WitnessForm(request.form), {one.key: one for one in _together()}
    form.challenge.among = offered
    on_refusal(lambda: page(form=form), form)
    form.must_fit()
    key = form.client_key.data or codes.new_key()
    with about("other"), writing():
        me = reread()
        one, other = (addresses.by_tag(me, field.data, field.name) for field in (form.one, form.other))
        service.witness(me, acting_as(), one, other, offered[form.challenge.data], key)
    return saved(url_for(".host"), _l("Kept. Each of them still says yes."), "seen")


@bp.post("/host/seen", endpoint="see")
@may("desk.witness")
def see() -> BaseResponse:
    """You see somebody's card. What the host reads is the same whether they were known or not."""
    form = SeenForm(request.form)
    on_refusal(lambda: page(card=form), form)
    form.must_fit()
    with about("letters"), writing():
        me = reread()
        service.see(me, acting_as(), addresses.by_tag(me, form.letters.data, "letters"))
    return saved(url_for(".host"), _l("Kept. You know this neighbour."), "card")


@bp.get("/host/stamps")
@may("desk.witness")
def stamps() -> str:
    """A card to print: what there is to do together, each with a place for a stamp."""
    house, turn = places.house(g.neighbourhood.id), challenges.todays(g.neighbourhood.id, clock.today())
    first = [turn.challenge] if turn and KINDS[turn.challenge.kind].takes_two else []
    shown = [*first, *(one for one in _together() if one not in first)][:STAMPS]
    week = hours.open_days(house.hours) if house else []
    home = g.public_url + url_for("pages.home")
    return render_template("print/stamps.html", challenges=shown, house=house, week=week, qr=codes.qr(home))


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


def doing() -> list[tuple[str, str, str]]:
    """What two can have done together: for a list to choose from."""
    return [(one.key, one.words["title"], one.words["lang"]) for one in _together()]


def _around() -> dict[str, object]:
    """What waits for who is at the desk, and what there is today: beside the one who stands there."""
    here, today = g.neighbourhood.id, clock.today()
    house = places.house(here)
    return {
        "wanted": encounters.wanted_on_paper(here), "checks": checks.due(here, today)[:CHECKS],
        "opening": house.now if house else None, "turn": challenges.todays(here, today),
        "season": seasons.on(here, today),
    }  # fmt: skip


def _together() -> list[Challenge]:
    return [one for one in challenges.of(g.neighbourhood.id) if KINDS[one.kind].takes_two]


def _two(encounter: Encounter) -> list[str]:
    return [player for player in (encounter.starter, encounter.companion) if player]


def _tile(_person: Person) -> tuple[object, object, str] | None:
    """On the page about oneself: the way to the desk, where a host signed in."""
    may = may_open("headquarters.host")
    return (_l("The host’s desk"), "", url_for("headquarters.host")) if may else None
