"""The gatherings of a neighbourhood, and one: where and when, who is there, what was said and what was promised."""

from typing import Any, NamedTuple

from flask import Blueprint, Flask, abort, g, render_template, url_for
from flask_babel import lazy_gettext as _l

from core import clock, codes
from core.contributions import queries as contributions
from core.forms import Form
from core.guard import may
from core.menus import ME, PURPOSES, Group, Line, always, page
from core.places import panels
from core.places import queries as places
from core.places.models import Spot
from core.steps import queries as steps
from game.gatherings import keeping, letters, queries
from game.gatherings.course import CANCELLED, COURSE, OPENER, can_be_counted, is_open
from game.gatherings.forms import ArriveForm, CancelForm, CardForm, LettersForm, MoveForm, OthersForm
from game.gatherings.kind import OPENING
from game.gatherings.models import Gathering
from game.promises import queries as promises
from game.promises.course import COURSE as VOWS

bp = Blueprint("gatherings", __name__, url_prefix="/w/<slug>/gatherings")


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
    PURPOSES.add(app, "open a gathering", page("sent_gatherings.propose"))
    ME.add(
        app, "gatherings", always(Line("gatherings.index", "kopje", _l("Gatherings"), group=Group.TOGETHER)), order=31
    )
    panels.PANELS.add(app, "gatherings", _at_spot, order=45)


def _at_spot(spot: Spot, _plate: str | None) -> str:
    return render_template("game/gatherings/spot_panel.html", rows=queries.at(spot), COURSE=COURSE)


@bp.get("")
@may("public.read")
def index() -> str:
    """What comes, and what was."""
    here = g.neighbourhood.id
    return render_template(
        "game/gatherings/index.html", coming=queries.coming_and_cancelled(here), past=queries.past(here), COURSE=COURSE
    )


@bp.get("/<key>")
@may("public.read")
def show(key: str) -> str:
    """One gathering."""
    return gathering_page(key)


class Code(NamedTuple):
    """What lies on the table: as QR, and as letters."""

    letters: str
    qr: str
    host: str


def find(key: str, lock: bool = False) -> Gathering:
    """A gathering of this neighbourhood that everybody reads; else 404."""
    return queries.one(g.neighbourhood.id, key, lock) or abort(404)


def me() -> str | None:
    """The player key of who asks."""
    return g.person.player_key if g.person else None


def must_keep(key: str) -> keeping.Keeper:
    """Who asks, as the keeper of this gathering; else a refusal."""
    return keeping.must_keep(key, g.person.player_key, g.roles)


def code_of(gathering: Gathering) -> Code:
    """The code of a gathering, for who keeps it."""
    code = letters.of(gathering.key)
    address = g.public_url + url_for("gatherings.here", key=gathering.key, letters=code)
    return Code(code, codes.qr(address), g.public_url.partition("://")[2])


def spots() -> list[tuple[str, str, str]]:
    """Where it can be."""
    return [(spot.key, spot.name, "nl") for spot in places.of(g.neighbourhood.id)]


def gathering_page(key: str, **sent: Form) -> str:
    """The page of a gathering; `sent`: the forms that come back, by name."""
    gathering, now = find(key), clock.now()
    row, taken = queries.row(gathering), steps.said(steps.of(COURSE.kind, key))
    said, keeper = (taken[-1].step.state if taken else COURSE.begins), keeping.keeper(key, me(), g.roles)
    counts = keeper is not None and can_be_counted(gathering, said, now)
    return render_template(
        "game/gatherings/show.html", gathering=gathering, row=row, taken=taken, COURSE=COURSE, keeper=keeper,
        is_mine=keeper is not None and keeper.as_what == OPENER, begun=gathering.begins_at <= now,
        over=gathering.ends_at <= now, cancelled=row.state == CANCELLED, open=is_open(gathering, said, now),
        about=queries.about(row.many), names=queries.names(key),
        promised=promises.of_gathering(key), VOWS=VOWS, reports=_reports(key), counts=counts,
        others=queries.others(key) if counts else 0, code=code_of(gathering) if keeper and not _is_done(row) else None,
        attendance=queries.attendance(key, me() or ""), spots=spots() if keeper else (),
        by=contributions.names(OPENING.name, [gathering.id]).get(gathering.id), **_forms(gathering, sent),
    )  # fmt: skip


def _is_done(row: queries.Row) -> bool:
    return row.state == CANCELLED or row.gathering.ends_at <= clock.now()


def _reports(key: str) -> list[tuple[Any, str | None]]:
    found = queries.reports(key)
    names = contributions.names("gathering_report", [one.id for one in found])
    return [(one, names.get(one.id)) for one in found]


def _forms(gathering: Gathering, sent: dict[str, Form]) -> dict[str, Form]:
    begins, ends = clock.local(gathering.begins_at), clock.local(gathering.ends_at)
    now = {"day": begins.date(), "begins": f"{begins:%H:%M}", "until": f"{ends:%H:%M}", "spot": gathering.spot.key}
    empty = {"move": MoveForm(data=now), "cancel": CancelForm(), "others_form": OthersForm(), "card": CardForm(),
             "typed": LettersForm(), "arrival": ArriveForm()}  # fmt: skip
    return {**empty, **sent}
