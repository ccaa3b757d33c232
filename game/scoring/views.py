"""The thermometer as a page and on home, and your own points."""

from flask import Blueprint, Flask, Response, g, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core import clock, shared
from core.guard import may
from core.measures import web
from core.menus import ME, TILES, Line, always
from core.neighbourhoods.models import Neighbourhood, Zone
from core.pages.panels import PANELS
from core.people.models import Person
from core.walls.pieces import PIECES, Piece, Place
from game.scoring import boards, calculator, correction_pages, own_pages, queries, season_pages, still, thermometer
from game.scoring.calculator import Asked
from game.scoring.models import Board, LedgerEntry, Pair
from game.scoring.rules import RULESETS, SIX
from game.scoring.thermometer import Thermometer
from game.seasons import queries as seasons
from game.seasons.models import Season

bp = Blueprint("scoring", __name__)
ZONES = 3  # on the wall
TABLES = frozenset(model.__tablename__ for model in (Pair, LedgerEntry, Board, Season, Zone, Neighbourhood))
THERMOMETER = Line("scoring.thermometer", "samen", _l("Neighbourhood thermometer"))


def init_app(app: Flask) -> None:
    """Register the page, the panel on home and the tile on the page about oneself."""
    app.register_blueprint(bp, url_prefix="/w/<slug>")
    season_pages.init_app(app)
    own_pages.init_app(app)
    correction_pages.init_app(app)
    PANELS.add(app, "thermometer", shared.piece("thermometer", _panel), order=40)
    PIECES.add(app, "thermometer", Piece(Place.UNDER, shared.piece("thermometer on the wall", _on_the_wall)), order=10)
    PIECES.add(app, "season", Piece(Place.SIDE, shared.piece("season on the wall", _season_on_the_wall)), order=10)
    PIECES.add(app, "zones", Piece(Place.SIDE, shared.piece("zones on the wall", _zones_on_the_wall)), order=30)
    shared.DRAWN_FROM.add(app, "scoring", TABLES)
    TILES.add(app, "points", _tile)
    TILES.add(app, "waiting points", _waits)
    ME.add(app, "thermometer", always(THERMOMETER), order=20)


@bp.get("/thermometer", endpoint="thermometer")
@may("public.read")
@shared.page
def show() -> str:
    """The wall, the lines between zones, and the same as a table."""
    season = seasons.shown(g.neighbourhood.id)
    read = _read(season)
    drawn = web.draw(read.lines, _("New pairs between the zones. The table says the same.")) if read else None
    return render_template(
        "game/scoring/thermometer.html", season=season, thermometer=read, web=drawn, own=_own(),
        boards=boards.drawn(season) if season else [], **season_pages.about(season),
    )  # fmt: skip


@bp.get("/me/points", endpoint="own")
@may("person.own")
def own() -> Response:
    """One's own points of this season, which also a board that stands still does not hold back; null without one."""
    return jsonify(points=_own())


@bp.get("/points", endpoint="explained")
@may("public.read")
def explain() -> str:
    """The card of the season on one page, and what a meeting that one thinks of would give."""
    season, asked = _season(g.neighbourhood), calculator.read(request.args)
    card = RULESETS[season.ruleset if season else SIX]
    hows = zip(calculator.HOWS, (_l("meet for the first time"), _l("meet again, a week or more later"),
                                 _l("live together"), _l("are in one team")), strict=True)  # fmt: skip
    return render_template(
        "game/scoring/explained.html", card=calculator.sentences(card), limits=card, hows=list(hows),
        chosen=asked or Asked(), answer=calculator.lines(card, asked) if asked else None,
    )  # fmt: skip


def _own() -> int | None:
    season = seasons.on(g.neighbourhood.id, clock.today()) if g.person else None
    return queries.points(season.id, g.person.player_key) if season else None


def _panel() -> str:
    season = seasons.shown(g.neighbourhood.id)
    about = season_pages.about(season)
    return render_template("game/scoring/panel.html", season=season, thermometer=_read(season), **about)


def _on_the_wall() -> str | None:
    season = seasons.shown(g.neighbourhood.id)
    read = _read(season)
    return render_template("game/scoring/on_the_wall.html", season=season, thermometer=read) if read else None


def _season_on_the_wall() -> str | None:
    """Until when it runs; after it, that the party shows what it came to, and when the next one begins."""
    season = seasons.shown(g.neighbourhood.id)
    about = season_pages.about(season)
    says = not about["is_over"] or about["waits"] or about["coming"]
    return render_template("game/scoring/season_on_the_wall.html", season=season, **about) if says else None


def _zones_on_the_wall() -> str | None:
    """With how many others each zone is connected: zones share places, and nobody is in it alone."""
    read = _read(seasons.shown(g.neighbourhood.id))
    rows = thermometer.places(read.lines)[:ZONES] if read else []
    return render_template("game/scoring/zones_on_the_wall.html", rows=rows) if rows else None


def _tile(person: Person) -> tuple[str, str, str] | None:
    season = seasons.on(person.neighbourhood_id, clock.today())
    if season is None:
        return None
    points = queries.points(season.id, person.player_key)
    return _("Your points this season"), str(points), url_for("scoring.mine")


def _waits(person: Person) -> tuple[str, str, str] | None:
    """Points that come by themselves: without a name, and without a cause."""
    season = seasons.on(person.neighbourhood_id, clock.today())
    points = queries.waiting(season.id, person.player_key) if season else 0
    return (_("Points that still wait"), str(points), url_for("scoring.mine")) if points else None


def _season(neighbourhood: Neighbourhood) -> Season | None:
    return seasons.shown(neighbourhood.id) or seasons.latest(neighbourhood.id)


def _read(season: Season | None) -> Thermometer | None:
    return still.read(season, still.lived_in(g.neighbourhood.zones)) if season else None
