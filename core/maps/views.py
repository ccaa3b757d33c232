"""The map with its list, on home and on a page of its own; the drawing under it, for phones to keep."""

from flask import Blueprint, Flask, Response, abort, g, render_template, request, send_file, url_for

from core.assets import YEAR
from core.guard import may
from core.maps import drawings, signs
from core.maps.drawings import Pin
from core.pages.panels import PANELS
from core.places import queries as places
from core.places.models import Spot

ON_HOME = 8  # rows that home shows; the rest is one tap away
DAY = 24 * 3600  # seconds

bp = Blueprint("maps", __name__, url_prefix="/w/<slug>")


def init_app(app: Flask) -> None:
    """Register the page, the drawing, the panel on home, and the ground for maps of other slices."""
    app.register_blueprint(bp)
    app.add_template_global(drawings.ground)
    app.add_template_global(drawings.command_for_one)
    app.add_template_global(drawings.settings_for_one)
    PANELS.add(app, "map", lambda: _draw("core/maps/panel.html", ON_HOME), order=20)


@bp.get("/map")
@may("public.read")
def show() -> str:
    """The map as large as the phone allows, and every spot in the list."""
    return _draw("core/maps/show.html")


@bp.get("/map.geojson")
@may("machine.read")
def drawing() -> Response:
    """The ground in WGS 84 degrees. It is the same for everybody, so a phone may keep it."""
    drawn = drawings.of(g.neighbourhood) or abort(404)
    g.may_be_kept = True
    answer = Response(drawn.geojson(), mimetype="application/geo+json")
    answer.cache_control.public, answer.cache_control.max_age = True, DAY
    answer.add_etag()
    answer.make_conditional(request)
    return answer


@bp.get("/map.pmtiles")
@may("machine.read")
def tiles() -> Response:
    """The same as vector tiles, whole or the part that is asked for (Range). By its version it stays what it is."""
    drawn = drawings.of(g.neighbourhood)
    if not (drawn and drawn.tiles):
        abort(404)
    g.may_be_kept = True
    answer = send_file(drawn.tiles, mimetype="application/vnd.pmtiles", conditional=True)
    if request.args.get("v") == drawn.version:
        answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return answer


def _draw(template: str, shown: int | None = None) -> str:
    spots, to_do = places.of(g.neighbourhood.id), signs.at_spots(g.neighbourhood.id)
    points = signs.points(g.neighbourhood.id)
    return render_template(
        template,
        spots=spots,
        shown=shown or len(spots),
        to_do=to_do,
        points=points,
        pins={spot.key: _pin(spot, to_do.get(spot.id)) for spot in spots}
        | {point.page: Pin(point.kind, point.name, point.page, point.lat, point.lon) for point in points},
        **(under := drawings.ground())._asdict(),
        is_there=under.is_there,
    )


def _pin(spot: Spot, doing: signs.Words | None) -> Pin:
    """A spot as it stands in the picture and in the list."""
    kind = "hq" if spot.kind == "hq" else doing.get("kind", "meet") if doing else "place"
    return Pin(kind, spot.name, url_for("places.spot", spot=spot.key), spot.lat, spot.lon)
