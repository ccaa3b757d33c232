"""The list of challenges, one challenge, and today's on home."""

from flask import Blueprint, Flask, abort, g, render_template, request

from core import clock
from core.forms import Form
from core.guard import may
from core.maps import signs
from core.pages.panels import PANELS
from core.places import panels as spot_panels
from core.places.models import Spot
from core.printing import poster
from core.walls.pieces import PIECES, Piece, Place
from game.challenges import drawings, findings, fitting, notes, queries, themes
from game.challenges.forms import FindingForm
from game.challenges.kinds import KINDS, Kind
from game.challenges.models import Challenge
from game.seasons import queries as seasons

ON_THE_WALL = 3
bp = Blueprint("challenges", __name__)


def init_app(app: Flask) -> None:
    """Register the pages, today's challenge on home, and those of a spot on its page."""
    app.register_blueprint(bp, url_prefix="/w/<slug>")
    app.add_template_global(_kind_of, "kind_of")
    app.add_template_global(drawings.of, "drawing_of")
    PANELS.add(app, "challenge of the day", _today, order=10)
    spot_panels.PANELS.add(app, "challenges", _at_spot, order=40)
    signs.SIGNS.add(app, "challenges", _to_do)
    poster.TASKS.add(app, "challenges", _on_the_poster)
    PIECES.add(app, "challenges", Piece(Place.SIDE, _on_the_wall), order=20)


@bp.get("/challenges")
@may("public.read")
def index() -> str:
    """Today's challenge first, then all, or those of a theme, or those that one can do ?alone=1."""
    here, is_alone = g.neighbourhood.id, "alone" in request.args
    today, offered = queries.todays(here, clock.today()), queries.of(here)
    offered = [one for one in offered if KINDS[one.kind].alone or KINDS[one.kind].finds] if is_alone else offered
    used = set() if is_alone else {one.theme_id for one in offered}
    known = [theme for theme in themes.of(here) if theme.id in used]
    chosen = next((theme for theme in known if theme.key == request.args.get("theme")), None)
    shown = [one for one in offered if not chosen or one.theme_id == chosen.id]
    wanted = fitting.wanted(request.args)
    shown = fitting.with_marks(shown, wanted)
    along = {name: value for name, value in request.args.items() if name in ("alone", "theme")}
    return render_template(
        "game/challenges/index.html", today=today if today and today.challenge in shown else None,
        kinds=fitting.by_kind(shown), themes=known, chosen=chosen, is_alone=is_alone, filters=fitting.FILTERS,
        wanted=wanted, along=along,
    )  # fmt: skip


@bp.get("/challenges/<challenge>")
@may("public.read")
def show(challenge: str) -> str:
    """What to do, what to ask, and how it goes."""
    return shown(queries.by_key(g.neighbourhood.id, challenge) or abort(404))


def shown(found: Challenge, finding: Form | None = None) -> str:
    """Its page; with what was typed of what they found out, where that did not fit."""
    turn, idea = queries.todays(found.neighbourhood_id, clock.today()), queries.idea(found)
    said = findings.of(found, g.person.player_key) if g.person and findings.is_counted(found) else None
    return render_template(
        "game/challenges/show.html", challenge=found, by=queries.name_with(found, idea),
        turn=turn if turn and turn.challenge == found else None,
        at_desk=(idea.kind, idea.key) if idea else (queries.DESK_KIND, found.desk_key),
        finding=finding or FindingForm(data={"said": said}), has_said=said is not None,
        together=findings.together(found), notes=notes.of(found),
    )  # fmt: skip


def _kind_of(challenge: Challenge) -> type[Kind]:
    return KINDS[challenge.kind]


def _at_spot(spot: Spot, plate: str | None) -> str | None:
    """Its own challenges; the turn's where it has none, since a sign asks what there is to do here."""
    found = [one for one in queries.at(spot.id) if plate or KINDS[one.kind].tells_spot]  # its plate: it was found
    turn = None if found else queries.todays(spot.neighbourhood_id, clock.today())
    if not found and not turn:
        return None
    return render_template("game/challenges/spot_panel.html", challenges=found, turn=turn, plate=plate)


def _today() -> str | None:
    turn = queries.todays(g.neighbourhood.id, clock.today())
    season = seasons.on(g.neighbourhood.id, clock.today())
    return render_template(
        "game/challenges/panel.html",
        turn=turn,
        days_left=season.days_left(clock.today()) if season else None,
    )


def _to_do(neighbourhood_id: int) -> dict[int, dict[str, str]]:
    """What the map says of each spot; a place that is to be found stays untold."""
    there = [one for one in queries.with_a_spot(neighbourhood_id) if KINDS[one.kind].tells_spot]
    return {one.spot_id: one.words for one in reversed(there) if one.spot_id is not None}


def _on_the_wall() -> str | None:
    """What there is to do now: what was chosen for the week or has its turn, and the next of those that take two."""
    here = g.neighbourhood.id
    turn = queries.todays(here, clock.today())
    together = [one for one in queries.of(here) if KINDS[one.kind].takes_two]
    first = [turn.challenge] if turn else []
    shown = [*first, *(one for one in together if one not in first)][:ON_THE_WALL]
    is_weeks = bool(turn and turn.is_weeks)
    return render_template("game/challenges/wall.html", challenges=shown, is_weeks=is_weeks) if shown else None


def _on_the_poster(neighbourhood_id: int) -> poster.Task | None:
    """A poster hangs longer than a day: only what was chosen for the week stands on it."""
    turn = queries.todays(neighbourhood_id, clock.today())
    return turn.challenge.words if turn and turn.is_weeks else None
