"""Offers and wishes: a host finds two that fit, and both say yes before names are told."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core import contributions
from core.audit import acts
from game.offers import demo, measures, staff_pages, views
from game.offers.kind import CARD

ACTS = acts.Acts("offers", _l("Offers and wishes"), {"offer.match": _l("Brought an offer and a wish together")})


def init_app(app: Flask) -> None:
    """Register the pages, the kind, and how what hosts do reads."""
    views.init_app(app)
    staff_pages.init_app(app)
    demo.init_app(app)
    contributions.add(app, CARD)
    measures.init_app(app)
    acts.PARTS.add(app, ACTS.part, ACTS)
