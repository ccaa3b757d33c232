"""A coordinator draws the border and the zones: on the map, or from a file; and takes them along as a file."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Flask, Response, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from werkzeug.wrappers import Response as BaseResponse

from core.audit import service as audit
from core.database import db, writing
from core.errors import on_refusal
from core.guard import Role, may
from core.menus import TEAM, Group, Line, always
from core.neighbourhoods.models import Zone
from core.places import queries as places
from core.refusal import Sort, about
from core.saved import saved
from core.security import takes
from core.setting_up import checklist, outline, redrawing
from core.setting_up.forms import AreasForm
from core.setting_up.outline import BORDER, Area

FORM = outline.LARGEST_FILE + 64 * 1024  # bytes: a file, and what a form puts around it
WANTED = 2  # zones: fewer draw no lines between neighbours


def init_app(app: Flask) -> None:
    """Register the page, the file and the item of the checklist."""
    under = "/w/<slug>/staff/areas"
    app.add_url_rule(under, "setting_up.areas", show)
    app.add_url_rule(under, "setting_up.draw", draw, methods=["POST"])
    app.add_url_rule(f"{under}.geojson", "setting_up.areas_file", file)
    zones = checklist.Item(_l("zones"), WANTED, _zones, "setting_up.areas", _l("Draw the zones"))
    checklist.ITEMS.add(app, "zones", zones, order=60)
    TEAM.add(
        app, "areas", always(Line("setting_up.areas", "kaart", _l("Border and zones"), group=Group.MAKE)), order=50
    )


@may("neighbourhood.draw")
def show() -> str:
    """The border and the zones as a list, and on the map."""
    return _page(AreasForm())


def _page(form: AreasForm) -> str:
    here = g.neighbourhood
    living = redrawing.living_in(here)
    return render_template(
        "core/setting_up/areas.html",
        drawn=[_row(area, living) for area in redrawing.drawn(here)],
        others=[(spot.name, spot.lat, spot.lon) for spot in places.of(here.id)],
        form=form,
        border=BORDER,
        longest=outline.LONGEST_NAME,
        most=outline.MOST_AREAS,
    )


@may("neighbourhood.draw")
@takes(FORM, text=FORM)
def draw() -> BaseResponse:
    """Keep what was drawn, or what a file says of the border, the zones or both.

    A drawing that is refused comes back: the tab that sent it has it still (static/js/kept-drawing.js).
    """
    file, form = request.files.get("file"), AreasForm(request.form)
    on_refusal(lambda: _page(form), form, Sort.TOO_LARGE)
    form.must_fit()
    said = form.what.data
    content = file.read(outline.LARGEST_FILE + 1) if file else request.form.get("areas", "").encode()
    with about("file" if file else ""):
        areas = outline.areas(content, may_be_undrawn=said == "all")
        with writing():
            redrawing.redraw(g.neighbourhood.id, _meant(said, areas), said != BORDER, from_file=bool(file))
            audit.record(
                "neighbourhood.draw", g.neighbourhood.slug, g.neighbourhood.id, g.person.player_key, Role.COORDINATOR
            )
    return saved(url_for("setting_up.areas"), _l("Saved. This is how the border and the zones lie now."))


@may("neighbourhood.draw")
def file() -> Response:
    """The border and the zones as GeoJSON, to be read in again."""
    answer = Response(outline.geojson(redrawing.drawn(g.neighbourhood)), mimetype="application/geo+json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{g.neighbourhood.slug}.geojson"'
    return answer


def _meant(said: str, areas: list[Area]) -> list[Area]:
    """The areas of a file as what somebody says they are: a file of another's making has no parts."""
    if said == BORDER:
        return [Area(areas[0].name, areas[0].ring, BORDER)]
    if said == "zones":
        return [area for area in areas if area.part != BORDER]
    return areas


def _row(area: Area, living: Mapping[int, int]) -> dict[str, Any]:
    """An area as the page has it."""
    people = living.get(area.zone, 0) if area.zone else 0
    return {**asdict(area), "living": people, "undrawn": not area.ring}


def _zones(neighbourhood_id: int) -> int:
    drawn = select(func.count()).where(Zone.neighbourhood_id == neighbourhood_id, Zone.is_future.is_(False))
    return db.session.scalar(drawn) or 0
