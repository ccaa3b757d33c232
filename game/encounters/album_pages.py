"""The album of a season: a page, slides for the party, a book to print. In each stands what its people allow there."""

from dataclasses import dataclass
from datetime import date

from flask import Flask, Response, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, menus
from core.database import writing
from core.errors import on_refusal
from core.guard import may, may_open
from core.photos import captions, queries
from core.photos.models import PRINT, SCREEN, WEB
from core.photos.views import Shown, send
from core.saved import saved
from game.encounters import album_prints, season_photos
from game.scoring.queries import published
from game.seasons import rules
from game.seasons.change_pages import day_of
from game.seasons.models import Season
from game.seasons.queries import begun, shown, that_began

PAGE = 24
MOST = 300  # slides: half an hour of them


@dataclass(frozen=True)
class Pasted(Shown):
    """A photo in the album, with the Monday of the week in which the two said yes."""

    week: date | None = None


@dataclass(frozen=True)
class Printed(Pasted):
    """The same at the address of the book."""

    def url(self, size: str) -> str:
        """Where it is; on paper it has one size."""
        return url_for("albums.photo", key=self.key)


@dataclass(frozen=True)
class Projected(Pasted):
    """The same at the address of the slides."""

    def url(self, size: str) -> str:
        """Where it is; for a wall it has one size."""
        return url_for("albums.slide", key=self.key)


def init_app(app: Flask) -> None:
    """Register the pages, and the way to them from the board of photos."""
    app.add_url_rule("/w/<slug>/season/album", "albums.season", album)
    app.add_url_rule("/w/<slug>/season/<season>/album", "albums.of", album)
    app.add_url_rule("/w/<slug>/season/slides", "albums.slides", slides)
    app.add_url_rule("/w/<slug>/season/slides/<key>.webp", "albums.slide", slide)
    app.add_url_rule("/w/<slug>/print/album", "albums.book", book)
    app.add_url_rule("/w/<slug>/season/<season>/album/replaced", "albums.replaced", replaced, methods=["POST"])
    app.add_url_rule("/w/<slug>/print/album/<key>.webp", "albums.photo", photo)
    menus.PURPOSES.add(app, "album of the season", _way)


@may("public.read")
def album(season: str = "") -> str:
    """What everybody may see of a season, by its first day, or of the one that began last; and the way to others.

    In the order in which people met.
    """
    one, page = _season(season), max(request.args.get("page", 1, int), 1)
    found = _pasted(Pasted, one, WEB, PAGE + 1, (page - 1) * PAGE)
    further = url_for("albums.of", season=one.starts_on, page=page + 1) if len(found) > PAGE else None
    return render_template(
        "game/encounters/season_album.html", season=one, photos=found[:PAGE], further=further,
        closes_on=rules.closes_on(one), to_replace=_to_replace(one),
        others=[other for other in begun(g.neighbourhood.id) if other.id != one.id and not other.closed_on],
    )  # fmt: skip


@may("print.make")
def book() -> str:
    """The same to print, of what may stand on paper: a cover, and two photos a page; of another with ?season=."""
    first_day = request.args.get("season", "")
    with writing():
        noted = _open(first_day)
        album_prints.note(noted, [photo.id for photo, _at in season_photos.seen(noted, PRINT)])
    one = _open(first_day)
    return render_template(
        "print/album.html", season=one, closes_on=rules.closes_on(one), photos=_pasted(Printed, one, PRINT),
        left_out=published(season_photos.how_many_stay(one, PRINT)),
    )  # fmt: skip


@may("print.make")
def replaced(season: str) -> BaseResponse:
    """The books with what is gone were replaced, everywhere that they lay."""
    _season(season)
    on_refusal(lambda: album(season))
    with writing():
        album_prints.replace(_season(season), request.form.get("printed", 0, int))
    return saved(url_for("albums.of", season=season), _l("Noted: that album was replaced."), "printed")


@may("print.make")
def photo(key: str) -> Response:
    """A photo that all in it let be printed, and that an editor let through, at this very moment."""
    return send(queries.picture(g.neighbourhood.id, key, (PRINT,), None), "large")


@may("desk.witness")
def slides() -> str:
    """One after another, large, for the party in the house: what may be seen on its screen; also with ?season=."""
    one = _open(request.args.get("season", ""))
    return render_template("game/encounters/slides.html", season=one, photos=_pasted(Projected, one, SCREEN, MOST))


@may("desk.witness")
def slide(key: str) -> Response:
    """A photo that all in it let be seen on the screen, and that an editor let through, at this very moment."""
    return send(queries.picture(g.neighbourhood.id, key, (SCREEN,), None), "large")


def _season(first_day: str) -> Season:
    here = g.neighbourhood.id
    return (that_began(here, day_of(first_day)) if first_day else shown(here)) or abort(404)


def _open(first_day: str) -> Season:
    """The same, while its photos are there: once it closed, each is in the album of who is in it, and nowhere else."""
    season = _season(first_day)
    return abort(404) if season.closed_on else season


def _to_replace(season: Season) -> list[album_prints.Stale]:
    """For who prints, while the season is open."""
    return album_prints.to_replace(season) if may_open("albums.book") and not season.closed_on else []


def _way() -> str | None:
    season = shown(g.neighbourhood.id)
    return url_for("albums.of", season=season.starts_on) if season and not season.closed_on else None


def _pasted(sort: type[Pasted], season: Season, scope: str, limit: int | None = None, after: int = 0) -> list[Pasted]:
    found = season_photos.seen(season, scope, limit, after)
    said = captions.of([photo.id for photo, _at in found])
    return [sort(photo, said.get(photo.id), clock.week_of(clock.day_of(at))) for photo, at in found]
