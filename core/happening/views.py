"""The page of what happens here, the same on paper, and for who will live here; and what of it stands elsewhere."""

from flask import Blueprint, Flask, g, render_template, url_for
from flask_babel import lazy_gettext as _l

from core import clock, codes
from core.guard import may
from core.happening import goings_on
from core.happening.goings_on import GOINGS_ON, GoingOn, Sort, Way
from core.menus import ME, Group, Line, always
from core.neighbourhoods.models import Neighbourhood
from core.pages import panels
from core.places import hours
from core.places import queries as places
from core.walls.pieces import PIECES, Piece, Place

bp = Blueprint("happening", __name__, url_prefix="/w/<slug>/happening")
ON_WALL = 3  # lines; a fourth is not read from across the room
ON_HOME = 3


def init_app(app: Flask) -> None:
    """Register the page, its panel on home, its piece of the wall, and what core itself knows."""
    app.register_blueprint(bp)
    ME.add(
        app,
        "happening",
        always(Line("happening.show", "hinkel", _l("What happens here?"), group=Group.TOGETHER)),
        order=25,
    )
    panels.PANELS.add(app, "happening", _panel, order=15)
    PIECES.add(app, "happening", Piece(Place.UNDER, _on_the_wall), order=5)
    GOINGS_ON.add(app, "house", _house, order=80)
    GOINGS_ON.add(app, "moving in", _moving_in, order=90)


@bp.get("")
@may("public.read")
def show() -> str:
    """What goes on, who takes part, how to join in, and what became of it."""
    return render_template("core/happening/show.html", page=goings_on.of(g.neighbourhood))


@bp.get("/paper")
@may("public.read")
def paper() -> str:
    """The same on one sheet, for a window or a kitchen table, with a code that leads to the page."""
    address = g.public_url + url_for("happening.show")
    page = goings_on.of(g.neighbourhood)
    return render_template(
        "core/happening/paper.html", page=page, qr=codes.qr(address), address=address.partition("://")[2],
        printed_on=clock.today(),
    )  # fmt: skip


@bp.get("/moving-in")
@may("public.read")
def moving_in() -> str:
    """For who will live here: whom to meet, what to choose with us, and where a hand is welcome."""
    page = goings_on.of(g.neighbourhood)
    return render_template("core/happening/moving_in.html", ways={way.value: page.to(way) for way in Way})


def _panel() -> str | None:
    page = goings_on.of(g.neighbourhood)
    first = (*page.today, *page.soon)[:ON_HOME]
    return render_template("core/happening/panel.html", first=first, more=len(page.everything) > len(first))


def _on_the_wall() -> str | None:
    """What can be gone to today; nobody is named."""
    page = goings_on.of(g.neighbourhood)
    first = [one for one in (*page.today, *page.soon) if one.key != "house"][:ON_WALL]
    return render_template("core/happening/piece.html", first=first) if first else None


def _house(here: Neighbourhood) -> list[GoingOn]:
    """The house of the neighbourhood, on a day on which it is open."""
    house = places.house(here.id)
    now = hours.at(house.hours, clock.now()) if house else None
    if house is None or now is None or not now.is_open:
        return []
    about = _l("open until %(until)s", until=now.until) if now.until else _l("always open")
    return [
        GoingOn(
            "house", Sort.TIMED, house.name, "places.spot", {"spot": house.key}, "huis", about, language="nl",
            begins=clock.now(), way=Way.MEET,
        )
    ]  # fmt: skip


def _moving_in(here: Neighbourhood) -> list[GoingOn]:
    """That who will live here is welcome already, where the neighbourhood has a place for them."""
    if not any(zone.is_future for zone in here.zones):
        return []
    return [
        GoingOn(
            "moving-in", Sort.OPEN, _l("Will you live here?"), "happening.moving_in", {}, "deur",
            _l("come and look, and choose with us, also before you move"),
        )
    ]  # fmt: skip
