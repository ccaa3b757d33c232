"""Places: the spots where people meet and where stories lie, and the plates with a code that hang there."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.audit import acts
from core.places import cli, maker_pages, views

ACTS = acts.Acts(
    "places",
    _l("Places"),
    {
        "spot.new": _l("Made a place"),
        "spot.change": _l("Changed a place"),
        "spot.remove": _l("Took a place off the map"),
        "spot.restore": _l("Put a place back on the map"),
        "plate.new": _l("Made a sign for a place"),
        "plate.withdraw": _l("Withdrew a sign"),
        "plate.rekey": _l("Made a new key for signs"),
    },
)


def init_app(app: Flask) -> None:
    """Register the pages and the commands, and how what they record reads."""
    views.init_app(app)
    maker_pages.init_app(app)
    cli.init_app(app)
    acts.PARTS.add(app, ACTS.part, ACTS)
