"""Makers put spots on the map, change them, and take them off again, with a way back."""

import re
import unicodedata
from math import isfinite
from typing import Any

from flask import Flask, Response, abort, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, spreadsheet
from core.audit import service as audit
from core.database import db, writing
from core.guard import STAFF, may
from core.places import queries
from core.places.models import LARGEST, SMALLEST, Spot
from core.refusal import Refusal, Sort

FAR = 0.5  # degrees from the middle of the neighbourhood: beyond it something was swapped
WRITTEN = ("nl", "en")  # what makers write; what another language says stays beside it
LONGEST = {"name": 80, "street": 80, "about-nl": 300, "about-en": 300}


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
    return render_template("core/places/mine.html", spots=queries.of(here), removed=queries.removed(here))


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
    return render_template("core/places/form.html", spot=None, texts={}, smallest=SMALLEST, largest=LARGEST)


@may("spot.make")
def do_new() -> BaseResponse:
    """Put a spot on the map."""
    with writing():
        spot = Spot(neighbourhood_id=g.neighbourhood.id, kind="place", facts={}, **_fields())
        spot.key = _free_key(spot.name)
        db.session.add(spot)
        _record("spot.new", spot)
    return redirect(url_for("places.mine"), 303)


@may("spot.make")
def change(spot: str) -> str:
    """The form as it stands."""
    found = _spot(spot)
    return render_template(
        "core/places/form.html", spot=found, texts=found.texts or {}, smallest=SMALLEST, largest=LARGEST
    )


@may("spot.make")
def do_change(spot: str) -> BaseResponse:
    """Change it; its address and its plates stay."""
    with writing():
        found, said = _spot(spot), _fields()
        others = {code: texts for code, texts in (found.texts or {}).items() if code not in WRITTEN}
        found.border = _moved(found, said["lat"], said["lon"])
        for name, value in {**said, "texts": {**said["texts"], **others}}.items():
            setattr(found, name, value)
        _record("spot.change", found)
    return redirect(url_for("places.mine"), 303)


@may("spot.make")
def remove(spot: str) -> BaseResponse:
    """Take it off the map. The house of the neighbourhood stays."""
    with writing():
        found = _spot(spot)
        if found.kind == "hq":
            raise Refusal(_l("The house of the neighbourhood stays on the map. You can change it."))
        found.removed_at = clock.now()
        _record("spot.remove", found)
    return redirect(url_for("places.mine"), 303)


@may("spot.make")
def restore(spot: str) -> BaseResponse:
    """Bring it back as it was."""
    with writing():
        found = next((one for one in queries.removed(g.neighbourhood.id) if one.key == spot), None) or abort(404)
        found.removed_at = None
        _record("spot.restore", found)
    return redirect(url_for("places.mine"), 303)


def _spot(key: str) -> Spot:
    return queries.by_key(g.neighbourhood.id, key) or abort(404)


def _fields() -> dict[str, Any]:
    """What the form says, within bounds. Raises Refusal naming what does not fit."""
    said = {name: " ".join(request.form.get(name, "").split()) for name in LONGEST}
    if not said["name"] or any(len(said[name]) > most for name, most in LONGEST.items()):
        raise Refusal(_l("A place has a name, and texts of at most 300 letters."), Sort.INVALID)
    abouts = {code: {"about": said[f"about-{code}"]} for code in WRITTEN if said[f"about-{code}"]}
    lat, lon, radius = (_number(request.form.get(name, "")) for name in ("lat", "lon", "radius"))
    if abs(lat - g.neighbourhood.lat) > FAR or abs(lon - g.neighbourhood.lon) > FAR:
        raise Refusal(_l("That lies far from this neighbourhood. Did you swap latitude and longitude?"), Sort.INVALID)
    if not SMALLEST <= radius <= LARGEST:
        raise Refusal(_l("How close one has to be is 25 to 150 metres."), Sort.INVALID)
    return {
        "name": said["name"], "street": said["street"], "texts": abouts or {"nl": {"about": ""}},
        "lat": lat, "lon": lon, "radius": radius,
    }  # fmt: skip


def _moved(spot: Spot, lat: float, lon: float) -> list[list[float]] | None:
    """The border of a spot, taken along to where its point goes."""
    north, east = lat - spot.lat, lon - spot.lon
    return [[corner[0] + north, corner[1] + east] for corner in spot.border] if spot.border else None


def _number(text: str) -> float:
    try:
        number = float(text.replace(",", ".")[:30])
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise Refusal(_l("Write latitude and longitude in degrees, such as 52.0907 and 5.1214."), Sort.INVALID)
    return number


def _free_key(name: str) -> str:
    """A name as it can stand in an address, with a number where it is taken: also by a spot that was taken off."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:34] or "plek"
    taken = set(db.session.scalars(db.select(Spot.key).where(Spot.neighbourhood_id == g.neighbourhood.id)))
    numbered = (f"{base}-{number}" if number > 1 else base for number in range(1, len(taken) + 3))
    return next(key for key in numbered if key not in {*taken, "new"})


def _record(action: str, spot: Spot) -> None:
    audit.record(action, spot.key, g.neighbourhood.id, g.person.player_key, min(g.roles & STAFF, default=""))
