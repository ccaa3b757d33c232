"""The page that says what is still to do."""

from flask import Flask, g, render_template
from flask_babel import lazy_gettext as _l

from core.guard import Role, may, may_open
from core.maps import drawings
from core.menus import TEAM, Line, always
from core.places import plates
from core.places import queries as places
from core.setting_up import checklist
from core.staff import queries as staff

PLACES = 3  # the house, and two to walk to


def init_app(app: Flask) -> None:
    """Register the page, and what core itself asks for."""
    app.add_url_rule("/w/<slug>/staff/checklist", "setting_up.checklist", show)
    TEAM.add(app, "checklist", always(Line("setting_up.checklist", "vinkje", _l("Still to do"))), order=10)
    for order, name, item in (
        (10, "places", checklist.Item(
            _l("places"), PLACES, lambda here: len(places.of(here)), "places.new", _l("Make a place"),
            {"then": "checklist"},
        )),
        (40, "hosts", checklist.Item(
            _l("hosts"), 10, lambda here: staff.how_many(here, Role.HOST), "staff.invite", _l("Invite a host"),
            {"role": Role.HOST}, 1, lambda here: _invited(here, Role.HOST),
        )),
        (50, "editors", checklist.Item(
            _l("editors"), 2, lambda here: staff.how_many(here, Role.EDITOR), "staff.invite",
            _l("Invite an editor"), {"role": Role.EDITOR}, 1, lambda here: _invited(here, Role.EDITOR),
        )),
        (70, "signs", checklist.Item(
            _l("signs for in the street"), PLACES, lambda here: len(plates.in_use(here)), "printing.overview",
            _l("Print for the street"),
        )),
        (80, "map", checklist.Item(_l("a map"), 1, lambda _here: int(drawings.ground().is_there))),
    ):  # fmt: skip
        checklist.ITEMS.add(app, name, item, order)


@may("staff.team")
def show() -> str:
    """How far this neighbourhood is, and what comes next for who may do it."""
    lines = checklist.of(g.neighbourhood.id)
    own = [line for line in lines if line.item.endpoint and may_open(line.item.endpoint)]
    return render_template("core/setting_up/checklist.html", lines=lines, own=own, turn=checklist.turn(own))


def _invited(neighbourhood_id: int, role: Role) -> int:
    return sum(one.role == role for one in staff.invitations(neighbourhood_id))
