"""The queue, one item at a time with its answers; and for those it concerns, what was said and why."""

from flask import Blueprint, Flask, Response, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.database import writing
from core.desk import handlers, queries, reasons, service
from core.guard import Role, may
from core.people import queries as people
from core.photos import queries as photos
from core.photos.views import send

bp = Blueprint("desk", __name__, url_prefix="/w/<slug>/desk")


def init_app(app: Flask) -> None:
    """Register the pages, and the row on the page about oneself."""
    app.register_blueprint(bp)
    app.extensions["me"].append(_tile)


@bp.get("/")
@may("desk.decide")
def queue() -> str:
    """What waits, with one item open: the one asked for, else the first."""
    waiting = queries.queue(g.neighbourhood.id, g.person.player_key)
    wanted = request.args.get("item", "")
    asked = [one for one in waiting if f"{one.item.kind}.{one.item.key}" == wanted]
    chosen = next(iter(asked or waiting), None)
    in_time, all_told = queries.kept_promises(g.neighbourhood.id)
    return render_template(
        "core/desk/queue.html", queue=waiting, chosen=chosen, done=request.args.get("done"), now=clock.now(),
        handlers={handler.kind: handler for handler in handlers.everyone()}, reasons=reasons.REASONS,
        wrong=reasons.WRONG, in_time=in_time, all_told=all_told, longest=service.LONGEST_NOTE,
    )  # fmt: skip


@bp.post("/<kind>/<key>")
@may("desk.decide")
def decide(kind: str, key: str) -> BaseResponse:
    """Answer, and on to the next."""
    form = request.form
    with writing():
        decision = service.decide(
            g.neighbourhood.id, kind, key, form.get("verdict", ""), g.person.player_key, _role(),
            form.get("reason", ""), form.get("note", ""),
        )  # fmt: skip
        done = decision.key
    return redirect(url_for(".queue", done=done), 303)


@bp.post("/undo/<key>")
@may("desk.decide")
def undo(key: str) -> BaseResponse:
    """Take it back, and to the item again."""
    with writing():
        decision = service.undo(g.neighbourhood.id, key, g.person.player_key, _role())
        item = f"{decision.kind}.{decision.about}"
    return redirect(url_for(".queue", item=item), 303)


@bp.get("/photos/<key>/<any(small, medium, large):size>.webp")
@may("desk.decide")
def picture(key: str, size: str) -> Response:
    """A photo that waits for a look, or was reported: for editors alone, and not once it is taken away."""
    held = photos.some(g.neighbourhood.id, [key])
    waits = {one.item.key for one in queries.queue(g.neighbourhood.id, g.person.player_key)}
    return send(held[0] if held and key in waits else None, size)


@bp.get("/answers")
@may("person.own")
def answers() -> str:
    """What editors said of things that you are in, and why. Reading them is what makes them read."""
    said = queries.answers(g.person.player_key)
    names = people.by_player_keys({decision.by for decision in said})
    if any(told.read_at is None for decision in said for told in decision.told if told.player == g.person.player_key):
        with writing():
            queries.mark_read(g.person.player_key)
        said = queries.answers(g.person.player_key)
    return render_template(
        "core/desk/answers.html", said=said, names=names, reasons=reasons.REASONS,
        labels={handler.kind: handler.label for handler in handlers.everyone()},
    )  # fmt: skip


@bp.post("/answers/<key>/appeal")
@may("person.own")
def appeal(key: str) -> BaseResponse:
    """Ask another editor to look."""
    with writing():
        service.appeal(g.neighbourhood.id, key, g.person.player_key)
    return redirect(url_for(".answers"), 303)


def _tile(person: object) -> tuple[object, object, str] | None:
    """The row on the page about oneself, once there is something."""
    unread = queries.unread(g.person.player_key)
    if not unread and not queries.answers(g.person.player_key):
        return None
    return _l("From the editors"), unread or "", url_for("desk.answers")


def _role() -> Role:
    return Role.EDITOR if Role.EDITOR in g.roles else Role.COORDINATOR
