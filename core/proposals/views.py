"""On the page of a spot: whose idea it was, where they let their name stand there; and how to say that it is wrong."""

from flask import Flask, render_template

from core.contributions import queries
from core.people import queries as people
from core.places import panels
from core.places.models import Spot
from core.proposals.kind import Place, keeps_its_words


def init_app(app: Flask) -> None:
    """Register the panel."""
    panels.PANELS.add(app, "whose idea", _by, order=85)


def _by(spot: Spot, _code: str | None) -> str | None:
    found = queries.that_became(Place.name, spot.id)
    if found is None:
        return None
    keeps = found.named and keeps_its_words(found, spot)
    player = people.by_player_key(found.who) if keeps else None
    return render_template("core/proposals/by.html", key=found.key, kind=Place.name, player=player)
