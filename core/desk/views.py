"""The queue, one item at a time with its answers."""

from typing import NamedTuple

from flask import Blueprint, Flask, g, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.database import writing
from core.desk import handlers, queries, reasons, service
from core.desk.forms import AnswerForm
from core.desk.handlers import Handler, Item
from core.desk.models import Decision, Verdict
from core.errors import on_refusal
from core.guard import acting_as, may, may_open
from core.i18n import in_days
from core.menus import COUNTS, TEAM, TILES, Line, Waits, always

LISTED = 8  # of the queue, on the page; the others come when these are done
bp = Blueprint("desk", __name__, url_prefix="/w/<slug>/desk")


class After(NamedTuple):
    """What an editor just did to a thing, in a sentence; None where the thing is not there any more."""

    decision: Decision
    handler: Handler
    item: Item | None
    sentence: LazyString


def init_app(app: Flask) -> None:
    """Register the pages, and the row on the page about oneself."""
    app.register_blueprint(bp)
    TILES.add(app, "desk", _tile)
    COUNTS.add(app, "desk.queue", _on_team_page)
    TEAM.add(app, "desk", always(Line("desk.queue", "oog", _l("The desk"))), order=20)


@bp.get("/")
@may("desk.decide")
def queue() -> str:
    """What waits, with one item open: the one asked for, else the first."""
    return _page(request.args.get("item", ""))


@bp.post("/<kind>/<key>")
@may("desk.decide")
def decide(kind: str, key: str) -> BaseResponse:
    """Answer, and on to the next."""
    here, editor, form = g.neighbourhood.id, g.person.player_key, AnswerForm(request.form)
    if queries.one(here, kind, key, editor):
        on_refusal(lambda: _page(f"{kind}.{key}", form), form)
        form.must_fit()
    with writing():
        decision = service.decide(
            here, kind, key, form.verdict.data, editor, acting_as(),
            form.reason.data, form.note.data, shown=form.shown.data or "",
        )  # fmt: skip
        done = decision.key
    return redirect(url_for(".queue", done=done), 303)


@bp.post("/undo/<key>")
@may("desk.decide")
def undo(key: str) -> BaseResponse:
    """Take it back, and to the item again."""
    with writing():
        decision = service.undo(g.neighbourhood.id, key, g.person.player_key, acting_as())
        item, undone = f"{decision.kind}.{decision.about}", decision.key
    return redirect(url_for(".queue", item=item, done=undone), 303)


def _page(wanted: str, typed: AnswerForm | None = None) -> str:
    """The queue, with the item asked for open where it is there. An answer to it that was refused keeps its words."""
    waiting = queries.queue(g.neighbourhood.id, g.person.player_key)
    asked = [one for one in waiting if f"{one.item.kind}.{one.item.key}" == wanted]
    chosen = next(iter(asked or waiting), None)
    in_time, all_told = queries.kept_promises(g.neighbourhood.id, waiting)
    return render_template(
        "core/desk/queue.html", queue=waiting, chosen=chosen, after=_after(request.args.get("done", "")),
        now=clock.now(), has_focus=bool(wanted) or "done" in request.args, listed=LISTED, most=handlers.MOST,
        handlers=handlers.HANDLERS.named(), wrong=reasons.WRONG, in_time=in_time, all_told=all_told,
        in_days=in_days, elsewhere=[one for those in handlers.ELSEWHERE.all() for one in those(g.neighbourhood.id)],
        typed=typed, forms={verdict: _form(verdict, typed) for verdict in service.WITH_A_REASON},
    )  # fmt: skip


def _form(verdict: Verdict, typed: AnswerForm | None) -> AnswerForm:
    """The fields of an answer with a reason: as they were typed where that was refused."""
    form = typed if typed and typed.verdict.data == verdict else AnswerForm(data={"verdict": verdict})
    for field in (form.reason, form.note):
        field.id = f"{field.short_name}-{verdict}"
    return form


def _after(key: str) -> After | None:
    """What this editor did a moment ago, while it can be undone, or that it was undone."""
    decision = queries.own(g.neighbourhood.id, key, g.person.player_key)
    handler = handlers.HANDLERS.of(decision.kind) if decision else None
    if decision is None or handler is None or clock.now() >= decision.at + reasons.UNDO_WITHIN:
        return None
    item = next(iter(handler.some(g.neighbourhood.id, [decision.about])), None)
    if decision.undone_at is not None:
        return After(decision, handler, item, _l("Undone. It is as it was, and waits for you."))
    if decision.verdict == Verdict.GOOD and item and item.is_childs and not item.is_public:
        return After(decision, handler, item, handlers.A_SECOND_WILL)
    return After(decision, handler, item, handler.answers.done[decision.verdict])


def _tile(person: object) -> tuple[object, object, str] | None:
    """The row on the page about oneself, for editors on a device where they signed in as staff."""
    return (_l("The desk"), _how_many(), url_for("desk.queue")) if may_open("desk.queue") else None


def _how_many() -> str:
    """How many things wait for this editor, "" for none."""
    return _number(queries.queue(g.neighbourhood.id, g.person.player_key))


def _number(waiting: list[queries.Waiting]) -> str:
    return f"{len(waiting)}+" if len(waiting) >= handlers.MOST else str(len(waiting) or "")


def _on_team_page() -> Waits:
    """How many wait for this editor, and which one waits longest."""
    waiting = queries.queue(g.neighbourhood.id, g.person.player_key)
    oldest = min((one.item for one in waiting), key=lambda item: item.since, default=None)
    longest = _l("%(thing)s: waits %(age)s", thing=oldest.title, age=in_days(oldest.since)) if oldest else ""
    return Waits(_number(waiting), longest)
