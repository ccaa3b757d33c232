"""The page that says what is still to do."""

from flask import Flask, g, render_template
from flask_babel import lazy_gettext as _l

from core.guard import Role, may
from core.places import queries as places
from core.setting_up import checklist
from core.staff import queries as staff


def init_app(app: Flask) -> None:
    """Register the page, and what core itself asks for."""
    app.add_url_rule("/w/<slug>/staff/checklist", "setting_up.checklist", show)
    for item in (
        checklist.Item(10, _l("places"), 3, lambda here: len(places.of(here)), "places.new"),
        checklist.Item(40, _l("hosts"), 10, lambda here: staff.how_many(here, Role.HOST), "staff.invite"),
        checklist.Item(50, _l("editors"), 2, lambda here: staff.how_many(here, Role.EDITOR), "staff.invite"),
    ):
        checklist.add(app, item)


@may("staff.team")
def show() -> str:
    """How far this neighbourhood is."""
    return render_template("core/setting_up/checklist.html", lines=checklist.of(g.neighbourhood.id))
