"""A spot's page, by a link or by the code on its plate; typing that code; the sheet that plates are printed from."""

from flask import Blueprint, Flask, abort, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import codes, guesses, limits
from core.database import writing
from core.errors import on_refusal
from core.forms import SixLetters
from core.guard import may, may_open
from core.places import hours, panels, plates, queries, service, sheet
from core.places.models import Plate, Spot
from core.refusal import Refusal, Sort, about
from core.saved import saved

bp = Blueprint("places", __name__)
REPORTS = "20 per hour"
SHEETS = 30  # pages of paper at a time
LAST = 1_000_000


def init_app(app: Flask) -> None:
    """Register the pages, and the panels of a spot that belong to the place itself."""
    app.register_blueprint(bp)
    app.add_template_global(_house, "house_here")
    panels.PANELS.add(app, "facts", _facts, order=80)
    panels.PANELS.add(app, "plate", _plate, order=90)


@bp.get("/w/<slug>/spots/<spot>")
@may("public.read")
def spot(spot: str) -> str:
    """What is here: its name, whether it is open, how one gets in, and what other slices have to show."""
    return _page(_spot(spot), None)


@bp.get("/q/<code>")
@may("public.read")
def plate(code: str) -> str | BaseResponse:
    """The same page, for somebody who read the code on its plate. A wrong, old or unknown code leads nowhere."""
    if codes.SHORT.read(code):  # typed behind the address that stands above them on the sign
        return redirect(url_for(".plate", code=_code_of(code)))
    if code != code.upper():
        return redirect(url_for(".plate", code=code.upper()))
    found = plates.plate_of(code) or abort(404)
    g.neighbourhood = found.spot.neighbourhood
    if g.person and g.person.neighbourhood_id != g.neighbourhood.id:
        g.plays_elsewhere, g.person, g.roles = True, None, frozenset()  # elsewhere one reads as a visitor
    return _page(found.spot, found)


@bp.get("/q/", endpoint="letters")
@may("public.read")
def letters() -> str:
    """Where the six letters of a plate are typed, when no camera reads its code."""
    return _letters(SixLetters())


def _letters(form: SixLetters) -> str:
    return render_template("core/places/letters.html", form=form)


@bp.post("/q/", endpoint="do_letters")
@may("public.read")
def do_letters() -> BaseResponse:
    """Go to the spot of six letters; wrong guesses are counted."""
    form = SixLetters(request.form)
    on_refusal(lambda: _letters(form), form)
    form.must_fit()
    with about("code"):
        return redirect(url_for(".plate", code=_code_of(form.code.data)), 303)


@bp.post("/w/<slug>/spots/<spot>/wrong")
@may("plate.report")
@limits.each(REPORTS, of_visitors=REPORTS)
def wrong(spot: str) -> BaseResponse:
    """Somebody says that a plate is wrong; who does not matter."""
    found = _named_plate()
    on_refusal(lambda: _page(_spot(spot), found))
    with writing():
        service.report(_spot(spot), found, request.form.get("wrong", ""))
    page = url_for(".plate", code=plates.code_of(found)) if found else url_for(".spot", spot=spot)
    return saved(page, _l("Thank you. The neighbourhood house will see it."), "sign")


@bp.post("/w/<slug>/spots/<spot>/seen")
@may("plate.keep")
def seen(spot: str) -> BaseResponse:
    """A host stands before the plate: it still hangs."""
    code = request.form.get("plate", "")
    with writing():
        found = plates.plate_of(code)
        if found is None or found.spot_id != _spot(spot).id:
            abort(404)
        service.seen(found)
    return saved(url_for(".plate", code=code), _l("Kept: this sign hangs here today."), "sign")


@bp.get("/w/<slug>/print/plates", endpoint="sheet")
@may("plate.keep")
def printed() -> str:
    """The plates that hang here, a page of A4 each, so many at a time (?start=); of one ?spot=, or made ?since= one."""
    start, spot = max(0, request.args.get("start", 0, int)), request.args.get("spot")
    since = request.args.get("since")
    hanging = plates.in_use(g.neighbourhood.id, spot, min(start, LAST), SHEETS + 1, since)
    more = url_for(".sheet", start=start + SHEETS, spot=spot, since=since) if len(hanging) > SHEETS else None
    return sheet.draw(hanging[:SHEETS], g.public_url, more=more)


def _code_of(letters: str) -> str:
    """The whole code of a plate by its six letters; wrong ones are counted. Raises Refusal when no plate has them."""
    found = guesses.look_up(letters, plates.by_letters)
    if found is None:
        raise Refusal(_l("We do not know these letters. See if you swapped one."), Sort.UNKNOWN)
    return plates.code_of(found)


def _page(found: Spot, by: Plate | None) -> str:
    code = plates.code_of(by) if by else None
    return render_template("core/places/spot.html", spot=found, panels=panels.drawn(found, code))


def _facts(found: Spot, _code: str | None) -> str:
    return render_template("core/places/facts.html", spot=found, week=hours.rows(found.hours))


def _plate(found: Spot, code: str | None) -> str:
    to_keep = plates.plate_of(code) if code and may_open("places.seen") else None
    return render_template("core/places/plate.html", spot=found, code=code, plate=to_keep, wrong=service.WRONG)


def _house() -> Spot | None:
    """The house of the neighbourhood that this page is about, for whoever is helped there."""
    here = g.get("neighbourhood") or (g.person.neighbourhood if g.get("person") else None)
    return queries.house(here.id) if here else None


def _spot(key: str) -> Spot:
    return queries.by_key(g.neighbourhood.id, key) or abort(404)


def _named_plate() -> Plate | None:
    return plates.plate_of(request.form.get("plate", ""))
