"""What is left of seasons that closed: one's own copies of photos, and until when the others stay as they are."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core import clock
from core.people.models import Person
from core.photos import own_copies
from core.photos.drawn import Drawn
from core.photos.queries import PAGE, choices
from game.seasons import queries, rules


@dataclass(frozen=True)
class Own(Drawn):
    """A copy of one's own, which says of itself only in which season it was."""

    @property
    def alt(self) -> LazyString:
        """What a reader who cannot see it hears."""
        return _l("A photo of you")

    @property
    def season_until(self) -> date:
        """The last day of its season."""
        return clock.day_of(self.photo.kept_at)

    def url(self, size: str) -> str:
        """Where one size of it is."""
        return url_for("photos.picture", key=self.photo.key, size=size)


def about(person: Person) -> dict[str, Any]:
    """For the album: which season closes next and when, and whether there are copies of those that did."""
    closes = queries.closes_next(person.neighbourhood_id)
    return {
        "closes": closes, "closes_on": rules.closes_on(closes) if closes else None,
        "has_copies": bool(own_copies.of(person.player_key)),
    }  # fmt: skip


def album() -> str:
    """One's own photos of closed seasons, the last season first."""
    found = own_copies.of(g.person.player_key, request.args.get("before"))
    page = [Own(photo) for photo in found[:PAGE]]
    older = url_for("encounters.album", closed=1, before=page[-1].key) if len(found) > PAGE else None
    chosen = choices([one.photo for one in page], g.person.player_key)
    return render_template("game/encounters/own_copies.html", photos=page, choices=chosen, older=older)
