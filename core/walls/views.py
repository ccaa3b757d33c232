"""The wall, and the photo on it: at each request the token is looked at anew, and who in it still says yes."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, Response, abort, g, render_template, url_for

from core import clock, codes
from core.guard import may
from core.maps import drawings, signs
from core.maps.drawings import Pin
from core.photos import captions, queries
from core.photos.models import SCREEN
from core.photos.views import Shown, send
from core.places import hours
from core.places import queries as places
from core.walls import glows, pieces
from core.walls import queries as walls
from core.walls.models import Wall
from core.walls.pieces import Place

EVERY = 20  # seconds between two looks; each shows the next photo. static/js/neighbourhood-wall.js has the same
MOST = 12  # photos that take turns: those that were cleared last
bp = Blueprint("walls", __name__, url_prefix="/w/<slug>")


@dataclass(frozen=True)
class OnWall(Shown):
    """A photo at the address of this screen."""

    token: str = ""

    def url(self, size: str) -> str:
        """Where it is; on the wall it has one size."""
        return url_for("walls.photo", token=self.token, key=self.photo.key)


def init_app(app: Flask) -> None:
    """Register the page, and the photo."""
    app.register_blueprint(bp)


@bp.get("/wall/<token>")
@may("wall.look")
def show(token: str) -> str:
    """All that the neighbourhood did, on one screen of 1920 × 1080. Nobody is named or ranked."""
    _must_be_on(token)
    house = places.house(g.neighbourhood.id)
    home = g.public_url + url_for("pages.home")
    return render_template(
        "core/walls/show.html", every=EVERY, now=clock.now(), shifts=clock.local(clock.now()).hour % 2 == 1,
        house=house, opening=hours.at(house.hours, clock.now()) if house else None, photo=_photo(token),
        **_map(), pieces={place.value: pieces.drawn(place) for place in Place},
        qr=codes.qr(home), address=home.partition("://")[2],
    )  # fmt: skip


@bp.get("/wall/<token>/<key>.webp")
@may("wall.look")
def photo(token: str, key: str) -> Response:
    """A photo that all in it let be seen here, and that an editor let through, at this very moment."""
    _must_be_on(token)
    return send(queries.picture(g.neighbourhood.id, key, (SCREEN,), None), "medium")


def _must_be_on(token: str) -> Wall:
    """404 for a wrong address, and the same for a screen that was ended."""
    return walls.opened(g.neighbourhood.id, token) or abort(404)


def _photo(token: str) -> OnWall | None:
    """Whose turn it is now."""
    found = queries.board(g.neighbourhood.id, (SCREEN,), limit=MOST)
    if not found:
        return None
    turn = found[int(clock.now().timestamp()) // EVERY % len(found)]
    return OnWall(turn, captions.of([turn.id]).get(turn.id), token)


def _map() -> dict[str, Any]:
    """The drawn map with a pin at each spot, and under it how the spot glows."""
    drawn = drawings.of(g.neighbourhood)
    if drawn is None:
        return {"picture": None, "credit": "", "glows": False}
    spots, glowing = places.of(g.neighbourhood.id), glows.at_spots(g.neighbourhood.id)
    to_do = signs.at_spots(g.neighbourhood.id)
    light = [
        Pin(part, "", "", spot.lat, spot.lon) for spot in spots for part in glows.Part if (spot.id, part) in glowing
    ]
    pins = [Pin(_kind(spot.kind, to_do.get(spot.id)), spot.name, "", spot.lat, spot.lon) for spot in spots]
    return {"picture": drawn.picture([*light, *pins]), "credit": drawn.credit, "glows": bool(light)}


def _kind(kind: str, doing: signs.Words | None) -> str:
    return "hq" if kind == "hq" else doing.get("kind", "meet") if doing else "place"
