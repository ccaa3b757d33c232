"""Makers put spots on the map, change them, and take them off again, with a way back."""

from typing import TYPE_CHECKING

from flask import Flask, Response, abort, current_app, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, spreadsheet
from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.menus import TEAM, Group, Line, always
from core.once import once
from core.places import forms, queries, service
from core.places.forms import WRITTEN, SpotForm
from core.places.models import LARGEST, SMALLEST, Spot
from core.refusal import Refusal
from core.saved import saved

if TYPE_CHECKING:
    from core.places import geocoding


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
    TEAM.add(app, "places", always(Line("places.mine", "bordje", _l("Places"), group=Group.MAKE)), order=40)


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
    return _form(None, SpotForm(data={"lat": here.lat, "lon": here.lon}))


@may("spot.make")
def do_new() -> BaseResponse | str:
    """Put a spot on the map; or look an address up for it first."""
    form = SpotForm(request.form)
    if _can_look_up() and form.looks_up:
        return _looked_up(None, form)
    on_refusal(lambda: _form(None, form), form)
    form.must_fit()
    with writing():
        once(form.twin, lambda: _make(form))
    onwards = "setting_up.checklist" if _is_on_the_list() else "places.mine"
    return saved(url_for(onwards), _l("Saved. This place is on the map now."))


def _make(form: SpotForm) -> str:
    service.must_lie_near(g.neighbourhood, *form.place)
    service.must_be_put(g.neighbourhood, *form.place)
    made = service.put_on_map(g.neighbourhood.id, form.said)
    _record("spot.new", made)
    return made.key


@may("spot.make")
def change(spot: str) -> str:
    """The form as it stands."""
    found = _spot(spot)
    return _form(found, forms.filled(found))


@may("spot.make")
def do_change(spot: str) -> BaseResponse | str:
    """Change it; its address and its plates stay. Or look an address up for it first."""
    known, form = _spot(spot), SpotForm(request.form)
    if _can_look_up() and form.looks_up:
        return _looked_up(known, form)
    on_refusal(lambda: _form(_spot(spot), form), form)
    form.must_fit()
    service.must_lie_near(g.neighbourhood, *form.place)
    with writing():
        found = _spot(spot, lock=True)
        others = {code: texts for code, texts in (found.texts or {}).items() if code not in WRITTEN}
        found.border = _moved(found, *form.place)
        for name, value in {**form.said, "texts": {**form.said["texts"], **others}}.items():
            setattr(found, name, value)
        _record("spot.change", found)
    return saved(url_for("places.mine"), _l("Saved. This is how the place reads now."))


@may("spot.make")
def remove(spot: str) -> BaseResponse:
    """Take it off the map, with the way back at hand. The house of the neighbourhood stays."""
    with writing():
        found = _spot(spot, lock=True)
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
    return saved(url_for("places.mine"), _l("Done. This place is on the map again."))


def _form(spot: Spot | None, form: SpotForm, answer: "geocoding.Answer | None" = None) -> str:
    """The form, and what came of looking an address up."""
    here = queries.of(g.neighbourhood.id)
    return render_template(
        "core/places/form.html", spot=spot, form=form, answer=answer, looks_up=_can_look_up(), smallest=SMALLEST,
        largest=LARGEST, others=[(one.name, one.lat, one.lon) for one in here if spot is None or one.id != spot.id],
    )  # fmt: skip


def _can_look_up() -> bool:
    """Whether the operator chose a service that knows addresses."""
    return bool(current_app.config["BUURT"].geocoder)


def _is_on_the_list() -> bool:
    """Whether they came from the list of what is still to do, and go on with that."""
    return request.values.get("then") == "checklist"


def _looked_up(spot: Spot | None, form: SpotForm) -> str:
    """The form as it was typed, with the addresses that were found, or with the pin at the one that was chosen."""
    lat, comma, lon = form.pick.data.partition(",")
    if comma:
        form.lat.put(lat)
        form.lon.put(lon)
        return _form(spot, form)
    from core.places import geocoding  # brings geopy: only where an operator chose a service

    form.looked.put(form.address.data)
    return _form(spot, form, geocoding.find(form.address.data, geocoding.around(g.neighbourhood)))


def _spot(key: str, lock: bool = False) -> Spot:
    return queries.by_key(g.neighbourhood.id, key, lock) or abort(404)


def _moved(spot: Spot, lat: float, lon: float) -> list[list[float]] | None:
    """The border of a spot, taken along to where its point goes."""
    north, east = lat - spot.lat, lon - spot.lon
    return [[corner[0] + north, corner[1] + east] for corner in spot.border] if spot.border else None


def _record(action: str, spot: Spot) -> None:
    audit.record(action, spot.key, g.neighbourhood.id, g.person.player_key, acting_as())
