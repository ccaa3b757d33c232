"""A neighbourhood from nothing: its outline from GeoJSON, its house, its first coordinator, and what is still to do."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.audit import acts
from core.setting_up import area_pages, cli, views

ACTS = acts.Acts(
    "neighbourhood",
    _l("The neighbourhood"),
    {
        "neighbourhood.found": _l("Set the neighbourhood up"),
        "neighbourhood.draw": _l("Drew the border or the zones"),
    },
)


def init_app(app: Flask) -> None:
    """Register the command, the page that says what is still to do, the one to draw on, and how acts read."""
    app.cli.add_command(cli.neighbourhood)
    views.init_app(app)
    area_pages.init_app(app)
    acts.PARTS.add(app, ACTS.part, ACTS)
