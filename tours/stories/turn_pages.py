"""When it is a teller's turn: above every page, on home and on Ik, with an account or with the receipt open here."""

from flask import Flask, g, render_template, url_for
from flask_babel import lazy_gettext as _l

from core.contributions import queries as contributions
from core.menus import TILES, TURNS, Tile, Turn
from core.pages.panels import PANELS
from core.people.models import Person
from core.receipts.views import hands
from tours.stories import queries, service

YOUR_YES = _l("Your story waits for your yes")


def init_app(app: Flask) -> None:
    """Register the strip, the button on home and the row on Ik."""
    TURNS.add(app, "stories", turn)
    PANELS.add(app, "story that waits", _panel, order=5)
    TILES.add(app, "stories", _tile)


def turn() -> Turn | None:
    """A story that waits for the yes of who looks."""
    waits = queries.waiting_for_yes(g.neighbourhood.id, hands())
    if not waits:
        return None
    url = url_for("stories.mine", key=waits[0]) if len(waits) == 1 else url_for("stories.own")
    return Turn(YOUR_YES, _l("Look"), url)


def _panel() -> str | None:
    waits = turn()
    return render_template("tours/stories/turn.html", turn=waits) if waits else None


def _tile(person: Person) -> Tile | None:
    """How many stories somebody told, or that one waits for them."""
    waits = queries.waiting_for_yes(g.neighbourhood.id, [person.player_key])
    if waits:
        return YOUR_YES, len(waits), url_for("stories.own")
    how_many = contributions.how_many(person.player_key, service.STORY.name)
    return (service.STORY.words.own, how_many, url_for("stories.own")) if how_many else None
