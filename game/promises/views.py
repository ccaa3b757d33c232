"""The promises of a neighbourhood on one board, one with every step it took, and the board on paper."""

from flask import Blueprint, Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from core import clock, codes
from core.forms import Form
from core.guard import may
from core.menus import ME, PURPOSES, Group, Line, always, page
from core.steps import queries as steps
from game.promises import queries, service
from game.promises.course import BROKEN, COURSE, KEPT, RELEASED
from game.promises.forms import NameForm, StepForm, SuccessorForm
from game.promises.models import Promise
from game.promises.speakers import organisation_of

bp = Blueprint("promises", __name__, url_prefix="/w/<slug>/promises")
PAPER = ("a4", "a3")
ON_PAPER = {"a4": 7, "a3": 7}  # A3 is read from further away


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
    app.add_template_global(_speaks_for, "speaks_for")
    PURPOSES.add(app, "make a promise", page("sent_promises.propose"))
    ME.add(app, "promises", always(Line("promises.index", "krijt", _l("Promises"), group=Group.TOGETHER)), order=32)


def _speaks_for() -> str | None:
    return organisation_of(g.neighbourhood.id, g.person.player_key) if g.person else None


@bp.get("")
@may("public.read")
def index() -> str:
    """Who does what, for whom, and when; and what became of it."""
    rows = queries.of(g.neighbourhood.id)
    became = [(state, [row for row in rows if row.state == state]) for state in (KEPT, BROKEN, RELEASED)]
    to_me = queries.to(g.person.player_key, g.neighbourhood.id) if g.person else []
    return render_template(
        "game/promises/index.html", running=[row for row in rows if row.runs], became=became, COURSE=COURSE,
        to_me=[row for row in to_me if row.runs],
    )  # fmt: skip


@bp.get("/paper")
@may("public.read")
def paper() -> str:
    """What runs, for a window: on A4, or on A3 with ?paper=a3."""
    size = request.args.get("paper", "")
    size, address = size if size in PAPER else PAPER[0], g.public_url + url_for(".index")
    rows = queries.open_and_late(g.neighbourhood.id)
    return render_template(
        "game/promises/paper.html", rows=rows[: ON_PAPER[size]], more=len(rows) - ON_PAPER[size], paper=size,
        qr=codes.qr(address), address=address.partition("://")[2], COURSE=COURSE, printed_on=clock.today(),
    )  # fmt: skip


@bp.get("/<key>")
@may("public.read")
def show(key: str) -> str:
    """One promise."""
    return promise_page(key)


def find(key: str, lock: bool = False) -> Promise:
    """A promise of this neighbourhood that everybody reads; else 404."""
    return queries.one(g.neighbourhood.id, key, lock) or abort(404)


def promise_page(key: str, **sent: Form) -> str:
    """The page of a promise; `sent`: the forms that come back, by name."""
    promise, mine = find(key), g.person.player_key if g.person else None
    [row] = queries.rows(queries.select_one(key))
    state = row.last.state if row.last else COURSE.begins
    receiver = queries.receiver(key)
    ways = {way for one in service.parts(key, mine, g.roles) for way in COURSE.moves.get(state, {}).get(one, ())}
    return render_template(
        "game/promises/show.html", promise=promise, row=row, COURSE=COURSE, taken=steps.said(steps.of("promise", key)),
        choices=[(way, COURSE.labels[way]) for way in COURSE.labels if way in ways],
        first_due=queries.first_due(promise), against=queries.many_against(key),
        own_against=queries.own_against(key, mine or ""),
        is_mine=mine is not None and queries.maker(key) == mine,
        receiver=receiver if receiver and receiver.who == mine else None,
        **{"form": StepForm(), "successor": SuccessorForm(), "name": NameForm(), **sent},
    )  # fmt: skip
