"""For those it concerns: what editors said of things that they are in, and why; and a way to another editor."""

from collections.abc import Sequence
from typing import Any

from flask import Flask, g, render_template, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core.database import writing
from core.desk import handlers, queries, service
from core.desk.models import Decision
from core.guard import may
from core.menus import TILES
from core.saved import saved


def init_app(app: Flask) -> None:
    """Register the pages beside those of the desk, whose names they share, and the row on the page about oneself."""
    add, under = app.add_url_rule, "/w/<slug>/desk/answers"
    add(under, "desk.answers", answers)
    add(f"{under}/read", "desk.read", read, methods=["POST"])
    add(f"{under}/<key>/appeal", "desk.appeal", appeal, methods=["POST"])
    app.add_template_global(_unread, "unread_answers")
    TILES.add(app, "editors' answers", _tile)


@may("person.own")
def answers() -> str:
    """What editors said of things that you are in, and why."""
    me = g.person.player_key
    told = told_to(me)
    new = {line.decision_id for one in told["said"] for line in one.told if line.who == me and line.read_at is None}
    return render_template("core/desk/answers.html", new=new, told=told)


def told_to(who: str) -> dict[str, Any]:
    """What core/desk/answer.html draws of each answer to somebody, the latest first in `said`."""
    said = queries.answers(who)
    return {
        "said": said, "why": _why(said), "handlers": handlers.HANDLERS.named(),
        "there": queries.still_there(g.neighbourhood.id, said),
    }  # fmt: skip


@may("person.own")
def read() -> BaseResponse:
    """You read them."""
    with writing():
        queries.mark_read(g.person.player_key)
    return saved(url_for("desk.answers"), _l("You read all of it."))


@may("person.own")
def appeal(key: str) -> BaseResponse:
    """Ask another editor to look."""
    with writing():
        service.appeal(g.neighbourhood.id, key, g.person.player_key)
        queries.mark_read(g.person.player_key)
    return saved(url_for("desk.answers"), _l("You asked another editor. Here you read what they say."), key)


def _unread() -> int:
    """How many answers this reader did not read."""
    return queries.unread(g.person.player_key) if g.get("person") else 0


def _tile(_person: object) -> tuple[object, object, str] | None:
    """The row on the page about oneself, once there is something."""
    unread = _unread()
    if not unread and not queries.answers(g.person.player_key):
        return None
    return _l("From the editors"), unread or "", url_for("desk.answers")


def _why(said: Sequence[Decision]) -> dict[str, Sequence[LazyString]]:
    """What else is told of these decisions, by their keys."""
    why: dict[str, Sequence[LazyString]] = {}
    for handler in handlers.HANDLERS.all():
        why |= handler.answers.why([decision for decision in said if decision.kind == handler.kind])
    return why
