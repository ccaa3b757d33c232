"""The pages of what can be printed. Each is a page for the browser's own print (docs/decisions/0015)."""

from collections.abc import Iterable
from datetime import timedelta

from flask import Blueprint, Flask, g, redirect, render_template, request, url_for
from flask_babel import force_locale, get_locale
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, codes, guesses, limits, menus
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may, may_open
from core.menus import Group, Line, way_to
from core.people import service as people
from core.places import hours, plates, sheet
from core.places import queries as places
from core.places.models import Spot
from core.printing import poster as posters
from core.printing import queries, service
from core.security import limiter

bp = Blueprint("printing", __name__)
SIGNS = 30  # at a time, two on a page
LAST = 1_000_000
PAPER = ("a4", "a3")


def init_app(app: Flask) -> None:
    """Register the pages, and their lines on the team's page: who has no more to print than the plates goes there."""
    app.register_blueprint(bp, url_prefix="/w/<slug>/print")
    menus.TEAM.add(
        app, "print", menus.always(Line("printing.overview", "print", _l("To print"), group=Group.HOUSE)), order=80
    )
    menus.TEAM.add(app, "plates", _plates_alone, order=85)


@bp.get("/")
@may("print.make")
def overview() -> str:
    """What can be printed, what it is for, and how many pages it is; first all that one needs for the street."""
    here = g.neighbourhood.id
    hanging, bare = queries.plates(here), len(queries.without_plate(here))
    return render_template("core/printing/overview.html", plates=hanging, signs=(hanging + 1) // 2, bare=bare)


@bp.post("/plates", endpoint="put_up")
@may("print.make")
@limiter.limit("60 per hour", key_func=lambda: g.person.player_key)
def put_up() -> BaseResponse:
    """A sign for each place that has none, and on to print those, with what else goes to the street."""
    with writing():
        made = service.put_up_missing(g.neighbourhood.id, g.person.player_key, acting_as())
        since = made[0].key if made else None
    return redirect(url_for(".street", since=since), 303)


@bp.get("/street")
@may("print.make")
def street() -> str:
    """All for the street in one go, on A4: a sign for each place, or of those made ?since= one, a poster, a letter."""
    since = request.args.get("since")
    hanging = plates.in_use(g.neighbourhood.id, most=SIGNS + 1, since=since)
    more = url_for("places.sheet", start=SIGNS, since=since) if len(hanging) > SIGNS else None
    return render_template(
        "print/street.html", plates=sheet.faces(hanging[:SIGNS], g.public_url), host=_host(), more=more,
        letter=_letter(), poster=_poster(),
    )  # fmt: skip


@bp.get("/signs")
@may("print.make")
def signs() -> str:
    """The plates that hang here as A5, two on a page of A4, so many at a time (?start=)."""
    start = min(max(0, request.args.get("start", 0, int)), LAST)
    hanging = plates.in_use(g.neighbourhood.id, start=start, most=SIGNS + 1)
    more = url_for(".signs", start=start + SIGNS) if len(hanging) > SIGNS else None
    return render_template(
        "print/signs.html", plates=sheet.faces(hanging[:SIGNS], g.public_url), host=_host(), more=more
    )


@bp.get("/cards")
@may("print.make")
def cards() -> str:
    """Who gets a card: names, and whether they are older than 16."""
    offered = people.offer_name(g.neighbourhood)
    return render_template("core/printing/cards.html", most=service.MOST, offered=offered, said=request.form)


@bp.post("/cards", endpoint="make_cards")
@may("print.make")
def make_cards() -> str:
    """The cards, to print on this page and never again."""
    form = request.form
    names = [line for line in form.get("names", "")[:2000].splitlines() if line.strip()]
    is_young = form.get("age") != "adult"  # without an age they are taken as younger, the careful answer
    role = acting_as()
    on_refusal(cards)
    limits.spend(limits.by_who("cards", "20 per hour"))
    with writing():
        made = service.make_cards(
            g.neighbourhood, names, is_young, g.person.player_key, role, form.get("client_key", "")
        )
    return sheet_of(made)


@bp.get("/letter")
@may("print.make")
def letter() -> str:
    """A letter for behind the door, in the reader's language and in English; in large print with ?large=1."""
    return render_template("print/letter.html", letter=_letter(), is_large="large" in request.args)


@bp.get("/poster")
@may("print.make")
def poster() -> str:
    """A poster with what there is to do now, on A4, or on A3 with ?paper=a3."""
    paper = request.args.get("paper", "")
    return render_template("print/poster.html", poster=_poster(paper if paper in PAPER else PAPER[0]))


def _letter() -> dict[str, object]:
    """The letter in its two languages, around the way to join."""
    own, join = str(get_locale() or "nl"), g.public_url + url_for("people.join")
    house = places.house(g.neighbourhood.id)
    halves = [_half(code, house) for code in ("nl" if own == "en" else own, "en")]
    return {"halves": halves, "house": house, "qr": codes.qr(join), "address": _bare(join)}


def _plates_alone() -> Line | None:
    plates = Line("places.sheet", "print", _l("Print the plates"), group=Group.HOUSE)
    return None if may_open("printing.overview") else plates


def _poster(paper: str = PAPER[0]) -> dict[str, object]:
    """What there is to do now, where the house is, and the way to home."""
    home, house = g.public_url + url_for("pages.home"), places.house(g.neighbourhood.id)
    return {
        "task": posters.task(g.neighbourhood.id), "house": house, "week": _week(house), "qr": codes.qr(home),
        "address": _bare(home), "paper": paper, "sunday": clock.week_of(clock.today()) + timedelta(days=6),
    }  # fmt: skip


def sheet_of(cards: Iterable[service.PaperCard], back: str = "") -> str:
    """Cards that were made just now, to print on this page and never again; `back`: where the way back leads."""
    drawn = [_drawn(card) for card in cards]
    return render_template(
        "print/cards.html", cards=drawn, host=_host(), back=_back(), way_on=back or url_for("printing.cards")
    )


def _drawn(card: service.PaperCard) -> dict[str, object]:
    face = g.public_url + (way_to("meet with", letters=guesses.scannable(card.letters)) or url_for("pages.home"))
    return {
        "name": card.name, "letters": codes.spaced(card.letters), "face": codes.qr(face),
        "groups": codes.in_groups(card.secret), "way_back": codes.qr(f"{_back(whole=True)}#{card.secret}"),
    }  # fmt: skip


def _half(code: str, house: Spot | None) -> str:
    """What the letter says, in one language."""
    with force_locale(code):
        return render_template("print/letter_half.html", house=house, week=_week(house))


def _week(house: Spot | None) -> list[hours.Row]:
    """The days on which the house is open."""
    return hours.open_days(house.hours) if house else []


def _back(whole: bool = False) -> str:
    address = g.public_url + url_for("people.back")
    return address if whole else _bare(address)


def _host() -> str:
    return _bare(g.public_url)


def _bare(address: str) -> str:
    """An address as people type it."""
    return address.partition("://")[2]
