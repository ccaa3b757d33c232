"""Makers put spots on the map, change them, and take them off again, with a way back."""

from typing import Any

from flask import Flask, Response, abort, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, spelling, spreadsheet
from core.audit import service as audit
from core.database import writing
from core.errors import show_again
from core.guard import acting_as, may
from core.neighbourhoods.models import Neighbourhood
from core.places import degrees, forms, geocoding, queries, service
from core.places.models import LARGEST, SMALLEST, Spot
from core.refusal import Refusal, Sort

FAR = 0.5  # degrees from the middle of the neighbourhood: beyond it something was swapped
WRITTEN = ("nl", "en")  # what makers write; what another language says stays beside it
LONGEST = {"name": 80, "street": 80, "about-nl": 300, "about-en": 300}
TYPED = {**LONGEST, "lat": 20, "lon": 20, "radius": 4}
USUAL = 40  # metres: how close one has to be, when a maker says nothing else
AROUND = 0.02  # degrees, some 2 km: how far beside a neighbourhood, or around its middle, an address is looked for


def init_app(app: Flask) -> None:
    """Register the pages."""
    add, under = app.add_url_rule, "/w/<slug>/staff/spots"
    add(under, "places.mine", index)
    add(f"{under}.csv", "places.table", table)
    add(f"{under}/new", "places.new", new)
    add(f"{under}/new", "places.do_new", do_new, methods=["POST"])
    add(f"{under}/<spot>", "places.change", change)
    add(f"{under}/<spot>", "places.do_change", do_change, methods=["POST"])
    add(f"{under}/<spot>/remove", "places.remove", remove, methods=["POST"])
    add(f"{under}/<spot>/restore", "places.restore", restore, methods=["POST"])


@may("spot.make")
def index() -> str:
    """The spots of this neighbourhood, and those that were taken off."""
    here = g.neighbourhood.id
    removed = queries.removed(here)
    just = next((spot for spot in removed if spot.key == request.args.get("removed")), None)
    return render_template("core/places/mine.html", spots=queries.of(here), removed=removed, just=just)


@may("spot.make")
def table() -> Response:
    """The spots on the map, for a spreadsheet."""
    rows = (
        (spot.key, spot.name, spot.street, spot.lat, spot.lon, spot.radius,
         *((spot.texts or {}).get(code, {}).get("about") for code in WRITTEN))
        for spot in queries.of(g.neighbourhood.id)
    )  # fmt: skip
    heading = ("key", "name", "street", "latitude", "longitude", "radius in metres", "to know nl", "to know en")
    return spreadsheet.table(f"{g.neighbourhood.slug}-spots", heading, rows)


@may("spot.make")
def new() -> str:
    """An empty form, at the middle of the neighbourhood."""
    here = g.neighbourhood
    return _form(None, {"lat": here.lat, "lon": here.lon, "radius": USUAL})


@may("spot.make")
def do_new() -> BaseResponse | str:
    """Put a spot on the map; or look an address up for it first."""
    if _looks_up():
        return _looked_up(None)
    show_again(lambda: _form(None, _typed()))
    with writing():
        said = _fields()
        service.must_be_put(g.neighbourhood, said["lat"], said["lon"])
        _record("spot.new", service.put_on_map(g.neighbourhood.id, said))
    return redirect(url_for("setting_up.checklist" if _is_on_the_list() else "places.mine"), 303)


@may("spot.make")
def change(spot: str) -> str:
    """The form as it stands."""
    found = _spot(spot)
    abouts = {f"about-{code}": text.get("about", "") for code, text in (found.texts or {}).items()}
    place = {"name": found.name, "street": found.street, "lat": found.lat, "lon": found.lon}
    return _form(found, {**place, **abouts, "radius": int(found.radius)})


@may("spot.make")
def do_change(spot: str) -> BaseResponse | str:
    """Change it; its address and its plates stay. Or look an address up for it first."""
    if _looks_up():
        return _looked_up(_spot(spot))
    show_again(lambda: _form(_spot(spot), _typed()))
    with writing():
        found, said = _spot(spot, hold=True), _fields()
        others = {code: texts for code, texts in (found.texts or {}).items() if code not in WRITTEN}
        found.border = _moved(found, said["lat"], said["lon"])
        for name, value in {**said, "texts": {**said["texts"], **others}}.items():
            setattr(found, name, value)
        _record("spot.change", found)
    return redirect(url_for("places.mine"), 303)


@may("spot.make")
def remove(spot: str) -> BaseResponse:
    """Take it off the map, with the way back at hand. The house of the neighbourhood stays."""
    with writing():
        found = _spot(spot, hold=True)
        if found.kind == "hq":
            raise Refusal(_l("The house of the neighbourhood stays on the map. You can change it."))
        found.removed_at = clock.now()
        _record("spot.remove", found)
        key = found.key
    return redirect(url_for("places.mine", removed=key), 303)


@may("spot.make")
def restore(spot: str) -> BaseResponse:
    """Bring it back as it was."""
    with writing():
        found = next((one for one in queries.removed(g.neighbourhood.id) if one.key == spot), None) or abort(404)
        found.removed_at = None
        _record("spot.restore", found)
    return redirect(url_for("places.mine"), 303)


def _form(spot: Spot | None, said: dict[str, Any], answer: geocoding.Answer | None = None) -> str:
    """The form with what was said in it, and what came of looking an address up."""
    here = queries.of(g.neighbourhood.id)
    return render_template(
        "core/places/form.html", spot=spot, said=said, answer=answer, looks_up=geocoding.is_on(), smallest=SMALLEST,
        largest=LARGEST, others=[(one.name, one.lat, one.lon) for one in here if spot is None or one.id != spot.id],
    )  # fmt: skip


def _is_on_the_list() -> bool:
    """Whether they came from the list of what is still to do, and go on with that."""
    return request.values.get("then") == "checklist"


def _looks_up() -> bool:
    """Whether the form comes to look an address up, or with one that was found, and not to be saved."""
    asked = request.form.get("address", "").strip() or "pick" in request.form
    return geocoding.is_on() and bool(asked)


def _looked_up(spot: Spot | None) -> str:
    """The form as it was typed, with the addresses that were found, or with the pin at the one that was chosen."""
    said = _typed()
    lat, comma, lon = request.form.get("pick", "")[:60].partition(",")
    if comma:
        return _form(spot, {**said, "lat": lat, "lon": lon})
    return _form(spot, said, geocoding.find(request.form.get("address", ""), _box()))


def _typed() -> dict[str, Any]:
    return {name: request.form.get(name, "")[:most] for name, most in TYPED.items()}


def _box() -> tuple[geocoding.Corner, geocoding.Corner]:
    """Where addresses of this neighbourhood lie: two opposite corners."""
    here = g.neighbourhood
    lats, lons = zip(*(here.border or [(here.lat, here.lon)]), strict=True)
    return (min(lats) - AROUND, min(lons) - AROUND), (max(lats) + AROUND, max(lons) + AROUND)


def _spot(key: str, hold: bool = False) -> Spot:
    return queries.by_key(g.neighbourhood.id, key, hold) or abort(404)


def _fields() -> dict[str, Any]:
    """What the form says, within bounds. Raises Refusal naming what does not fit."""
    said = {name: spelling.line(request.form.get(name, "")) for name in LONGEST}
    if not said["name"] or any(len(said[name]) > most for name, most in LONGEST.items()):
        raise Refusal(_l("A place has a name, and texts of at most 300 letters."), Sort.INVALID)
    abouts = {code: {"about": said[f"about-{code}"]} for code in WRITTEN if said[f"about-{code}"]}
    lat, lon = place = degrees.read(request.form.get("lat", ""), request.form.get("lon", ""))
    degrees.must_lie(place, _is_near, _l("That lies far from this neighbourhood. Look at the numbers once more."))
    radius = forms.number(request.form.get("radius", ""))
    if not SMALLEST <= radius <= LARGEST:
        raise Refusal(_l("How close one has to be is 25 to 150 metres."), Sort.INVALID)
    return {
        "name": said["name"], "street": said["street"], "texts": abouts or {"nl": {"about": ""}},
        "lat": lat, "lon": lon, "radius": radius,
    }  # fmt: skip


def _is_near(lat: float, lon: float) -> bool:
    here: Neighbourhood = g.neighbourhood
    return abs(lat - here.lat) <= FAR and abs(lon - here.lon) <= FAR


def _moved(spot: Spot, lat: float, lon: float) -> list[list[float]] | None:
    """The border of a spot, taken along to where its point goes."""
    north, east = lat - spot.lat, lon - spot.lon
    return [[corner[0] + north, corner[1] + east] for corner in spot.border] if spot.border else None


def _record(action: str, spot: Spot) -> None:
    audit.record(action, spot.key, g.neighbourhood.id, g.person.player_key, acting_as())
