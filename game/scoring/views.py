"""The thermometer as a page and on home, and your own points."""

from flask import Blueprint, Flask, g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core import clock
from core.guard import may
from core.menus import ME, TILES, Line, always
from core.neighbourhoods.models import Neighbourhood
from core.pages.panels import PANELS
from core.people.models import Person
from game.scoring import queries, thermometer, web
from game.scoring.thermometer import Thermometer
from game.seasons import queries as seasons
from game.seasons.models import Season

bp = Blueprint("scoring", __name__)
THERMOMETER = Line("scoring.thermometer", "samen", _l("Neighbourhood thermometer"))


def init_app(app: Flask) -> None:
    """Register the page, the panel on home and the tile on the page about oneself."""
    app.register_blueprint(bp, url_prefix="/w/<slug>")
    PANELS.add(app, "thermometer", _panel, order=40)
    TILES.add(app, "points", _tile)
    ME.add(app, "thermometer", always(THERMOMETER), order=20)


@bp.get("/thermometer", endpoint="thermometer")
@may("public.read")
def show() -> str:
    """The wall, the lines between zones, and the same as a table."""
    season = _season(g.neighbourhood)
    read = _read(season)
    drawn = web.draw(read.lines, _("New pairs between the zones. The table says the same.")) if read else None
    return render_template("game/scoring/thermometer.html", season=season, thermometer=read, web=drawn)


def _panel() -> str:
    return render_template("game/scoring/panel.html", thermometer=_read(_season(g.neighbourhood)))


def _tile(person: Person) -> tuple[str, str, str] | None:
    season = seasons.on(person.neighbourhood_id, clock.today())
    if season is None:
        return None
    points = queries.points(season.id, person.player_key)
    return _("Your points this season"), str(points), url_for("scoring.thermometer")


def _season(neighbourhood: Neighbourhood) -> Season | None:
    return seasons.on(neighbourhood.id, clock.today()) or seasons.latest(neighbourhood.id)


def _read(season: Season | None) -> Thermometer | None:
    zones = {zone.id: zone.name for zone in g.neighbourhood.zones if not zone.is_future}
    return thermometer.read(season.id, zones, clock.today()) if season else None
