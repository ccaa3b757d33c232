"""Walks on paper: for everybody a map with the way in words, and all in large print; for makers codes and a booklet.

The browser prints (docs/decisions/0015). What a maker opens is noted on the print list (print_list.py).
"""

from flask import abort, g, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, codes
from core.basemap.extract import CREDIT
from core.database import writing
from core.guard import may, may_open
from core.maps import drawings
from core.places import plates
from core.saved import saved
from tours.stories import queries as stories
from tours.walks import on_paper, paper_map, print_list, queries, views
from tours.walks.models import State, Tour
from tours.walks.on_paper import Piece
from tours.walks.views import bp

PAPER = ("a4", "a3")


@bp.get("/<key>/paper/map")
@may("public.read")
def paper_map_page(key: str) -> str:
    """The map with numbered stops and the way in words, on A4, or on A3 with ?paper=a3."""
    tour = _public(key, print_list.MAP)
    paper, drawn = request.args.get("paper", ""), drawings.of(g.neighbourhood)
    found = on_paper.pieces(tour)
    return _sheets(
        "map", tour, found, paper=paper if paper in PAPER else PAPER[0], map=_map(tour, found, drawn),
        credit=(drawn.credit if drawn else "") or (CREDIT if on_paper.is_of_the_map(tour) else ""),
    )  # fmt: skip


@bp.get("/<key>/paper/large")
@may("public.read")
def large_print(key: str) -> str:
    """All of it in letters of 18 points, with the stories that may stand on paper."""
    return _told("large", _public(key, print_list.LARGE))


@may("walk.make")
def paper_codes(tour: str) -> str:
    """A small sign for each stop: its code, and the same in letters."""
    one = _of_makers(tour, print_list.CODES)
    found = on_paper.pieces(one)
    return _sheets("codes", one, found, codes=codes_of(found))


@may("walk.make")
def booklet(tour: str) -> str:
    """A booklet of A5, with the stories that may stand on paper."""
    return _told("booklet", _of_makers(tour, print_list.BOOKLET))


@may("walk.make")
def replaced(tour: str) -> BaseResponse:
    """The sheets that name what is gone were replaced, everywhere that they lay."""
    with writing():
        one = queries.locked(g.neighbourhood.id, tour) or abort(404)
        print_list.replace(one, request.form.get("printed", 0, int))
    return saved(url_for("walks.made"), _l("Noted: that sheet was replaced."), "printed")


def _public(key: str, sheet: str) -> Tour:
    tour = queries.one(g.neighbourhood.id, key) or abort(404)
    if may_open("walks.booklet"):
        _note(key, sheet)
        tour = queries.one(g.neighbourhood.id, key) or abort(404)
    return tour


def _of_makers(key: str, sheet: str) -> Tour:
    tour = queries.was_here(g.neighbourhood.id, key)
    if tour is None or tour.state == State.RETIRED:
        abort(404)
    _note(key, sheet)
    return queries.was_here(g.neighbourhood.id, key) or abort(404)


def _note(key: str, sheet: str) -> None:
    with writing():
        tour = queries.locked(g.neighbourhood.id, key) or abort(404)
        print_list.note(tour, sheet, on_paper.pieces(tour))


def _map(tour: Tour, found: list[Piece], drawn: drawings.Drawing | None) -> str:
    line = views.line(tour, [one.shown.stop for one in found])
    if not line["stops"]:
        return ""
    label = _("Map: the walk with its stops. The list says the same.")
    return paper_map.draw(label, drawn, line["stops"], line["legs"])


def _told(name: str, tour: Tour) -> str:
    found = on_paper.pieces(tour)
    names = stories.names([one.shown.stop.story for one in found if one.shown.stop.story])
    return _sheets(name, tour, found, names=names, codes=_to_stories(found))


def _to_stories(found: list[Piece]) -> dict[int, dict[str, object]]:
    """By number the way to what is not on paper."""
    told = {one.shown.number: one.shown.stop.story for one in found if not one.is_full}
    return {number: _code(url_for("stories.show", key=story.key)) for number, story in told.items() if story}


def codes_of(found: list[Piece]) -> dict[int, dict[str, object]]:
    """By number the way to the place, which stays when a story goes; by its plate where one hangs there."""
    hanging = {plate.spot_id: plate for plate in plates.in_use(g.neighbourhood.id)}
    return {
        one.shown.number: {**_code("/q/"), "qr": codes.qr(f"{g.public_url}/q/{plates.code_of(plate)}"),
                           "letters": codes.spaced(plate.letters)}
        if (plate := hanging.get(one.shown.stop.spot_id))
        else _code(url_for("places.spot", spot=one.shown.stop.spot.key))
        for one in found
    }  # fmt: skip


def _code(path: str) -> dict[str, object]:
    address = g.public_url + path
    return {"qr": codes.qr(address), "address": address.partition("://")[2].removesuffix("/"), "letters": ""}


def _sheets(name: str, tour: Tour, found: list[Piece], **more: object) -> str:
    address = g.public_url + url_for("walks.show", key=tour.key)
    return render_template(
        f"tours/walks/print/{name}.html", tour=tour, pieces=found, today=clock.today(),
        left_out=on_paper.left_out(found), qr=codes.qr(address), address=address.partition("://")[2], **more,
    )  # fmt: skip
