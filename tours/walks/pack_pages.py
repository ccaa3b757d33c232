"""A walk to go without network: the list of what a phone keeps, and the one page that it keeps."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from flask import Response, abort, current_app, g, jsonify, make_response, render_template, url_for

from core import as_they_are, assets
from core.guard import may
from core.maps import drawings
from core.maps.drawings import Drawing, Pin
from core.pages import worker_pages
from tours.stories import queries as stories
from tours.stories import text
from tours.stories.models import Story
from tours.walks import pack, queries, views
from tours.walks.models import Tour
from tours.walks.queries import Shown
from tours.walks.views import bp

STYLE = ("walk", "story", "kept")  # sheets of components
SCRIPTS = ("walk-kept", "story-player", "walk-line")
LEAFLET = ("vendor/leaflet/leaflet.js", "vendor/leaflet/leaflet.css", "css/components/map.css")
PROTOMAPS = ("vendor/protomaps-leaflet/protomaps-leaflet.js",)
MAP = ("map-ground", "map-tiles")  # modules that walk-line asks for when it knows what lies under it


@bp.get("/<key>/kept")
@may("public.read")
def kept(key: str) -> Response:
    """The whole walk on one page, in the reader's language. It holds nothing of anybody, whoever asks for it."""
    tour, stops = _found(key)
    return _page(tour, stops)


@bp.get("/<key>/pack.json")
@may("machine.read")
def pack_list(key: str) -> Response:
    """Every address of it with its size and its SHA-256, and how much that is."""
    tour, stops = _found(key)
    answer = jsonify(pack.listed(list(_files(tour, stops)), tour.title, tour.version))
    answer.cache_control.no_cache = True
    return answer


def _found(key: str) -> tuple[Tour, list[Shown]]:
    tour = queries.one(g.neighbourhood.id, key)
    if tour is None:
        was = queries.was_here(g.neighbourhood.id, key)
        abort(410 if was and was.published_at else 404)
    return tour, queries.live([tour.id]).get(tour.id, [])


def _files(tour: Tour, stops: list[Shown]) -> Iterator[pack.File]:
    yield pack.of_body(url_for(".kept", key=tour.key), _page(tour, stops).get_data(), "page")
    for of, number, key in pack.pictures_of(stops):
        address = url_for("stories.picture", key=of, number=number, size="large")
        if file := pack.of_media(address, key, pack.PICTURE, "picture"):
            yield file
    told = _told(stops)
    heard = stories.voices(told)
    for story in told:
        if story.id in heard and story.sound_key:
            address = url_for("stories.play", key=story.key)
            if file := pack.of_media(address, story.sound_key, pack.SOUND, "sound"):
                yield file
    yield from _parts()
    yield from _map(drawings.of(g.neighbourhood))


def _told(stops: list[Shown]) -> list[Story]:
    return [one.stop.story for one in stops if one.stop.story]


def _parts() -> Iterator[pack.File]:
    """What the page is drawn with beyond what the service worker keeps of itself: its sheets and scripts."""
    for name in STYLE:
        yield _part(f"css/components/{name}.css", assets.url(f"css/components/{name}.css"))
    for name in SCRIPTS:
        yield _part(f"js/{name}.js", assets.url(f"js/{name}.js"))
    for name in sorted(worker_pages.with_imports((*SCRIPTS, *MAP)) - set(SCRIPTS)):
        yield _part(f"js/{name}.js", url_for("static", filename=f"js/{name}.js"))


def _map(drawing: Drawing | None) -> Iterator[pack.File]:
    """What the map that moves is drawn with, and its ground: our own tiles, else the drawing; never another host's."""
    if drawing is None:
        return
    tiles = None if drawing.is_light else drawing.tiles
    ground = tiles.read_bytes() if tiles else drawing.geojson()
    address = url_for("maps.tiles" if tiles else "maps.drawing", v=drawing.version)
    if len(ground) <= pack.LARGEST_MAP:
        for name in (*LEAFLET, *(PROTOMAPS if tiles else ())):
            yield _part(name, assets.url(name))
        yield pack.of_body(address, ground, "map")


def _part(name: str, address: str) -> pack.File:
    return pack.of_body(address, (Path(str(current_app.static_folder)) / name).read_bytes(), "part")


def _page(tour: Tour, stops: list[Shown]) -> Response:
    """As it goes out: what marks names on every page does so here, for its hash stands on the list."""
    g.person = g.suspension = None
    told = _told(stops)
    drawing = drawings.of(g.neighbourhood)
    pins = [Pin("meet", one.title, f"#stop-{one.number}", one.stop.spot.lat, one.stop.spot.lon) for one in stops]
    answer = make_response(
        render_template(
            "tours/walks/kept.html", tour=tour, stops=stops, names=stories.names(told), heard=stories.voices(told),
            words={story.id: text.shown(story.words) for story in told}, legs=_legs(tour, stops),
            picture=drawing.picture(pins) if drawing else None, credit=drawing.credit if drawing else "",
            line=views.line(tour, [one.stop for one in stops]),
            languages=(),  # another language is another page to keep
        )
    )  # fmt: skip
    return as_they_are.marked(answer)


def _legs(tour: Tour, stops: list[Shown]) -> dict[int, int]:
    """By the number of a stop the metres to the next one that is shown."""
    metres = {(leg["from"], leg["to"]): leg["metres"] for leg in tour.legs}
    known = ((one.number, metres.get((one.stop.id, after.stop.id))) for one, after in pairwise(stops))
    return {number: found for number, found in known if found}
