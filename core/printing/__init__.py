"""What is printed for the street and the letter box: signs, cards for paper players, a letter, a poster."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.audit import acts
from core.printing import views

ACTS = acts.Acts("cards", _l("Cards"), {"card.make": _l("Made a card of paper")}, on_players=frozenset({"card.make"}))


def init_app(app: Flask) -> None:
    """Register the pages, and how what they record reads."""
    views.init_app(app)
    acts.PARTS.add(app, ACTS.part, ACTS)
