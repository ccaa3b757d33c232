"""The page of the pauses: those that run, and a form for another. No list of residents: six letters say who."""

from flask import Flask, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from core import codes
from core.database import writing
from core.desk import pauses, suspending
from core.desk.service import LONGEST_NOTE
from core.errors import show_again
from core.guard import Role, acting_as, may
from core.people import queries as people
from core.people.household_pages import by_letters
from core.people.views import again
from core.refusal import Sort
from core.security import limiter

often = limiter.limit("60 per hour", key_func=lambda: g.person.player_key)


def init_app(app: Flask) -> None:
    """Register the pages beside those of the desk, whose names they share."""
    add, under = app.add_url_rule, "/w/<slug>/desk/pauses"
    add(under, "desk.pauses", show)
    add(under, "desk.suspend", suspend, methods=["POST"])
    add(f"{under}/long", "desk.suspend_long", suspend_long, methods=["POST"])
    add(f"{under}/<key>/end", "desk.resume", resume, methods=["POST"])


@may("player.resume")
def show() -> str:
    """The pauses that run here; and who, how long and why, as far as the asker may."""
    running, longest = pauses.running(g.neighbourhood.id), _longest()
    coordinates = Role.COORDINATOR in g.roles
    return render_template(
        "core/desk/pauses.html", running=running, names=people.by_player_keys({one.by for one, _person in running}),
        reasons=pauses.REASONS, lengths=suspending.LENGTHS.get(longest, ()), longest=LONGEST_NOTE,
        letters=codes.SHORT.read(request.args.get("tag", "")) or "",
        asks_again=coordinates and not g.get("is_proved"),
        is_long=longest == Role.COORDINATOR, own=g.person.player_key, said=request.args.get("said", ""),
        typed=request.form,
    )  # fmt: skip


@may("player.suspend")
@often
def suspend() -> BaseResponse:
    """An editor gives a pause of at most a week."""
    return _suspend()


@may("player.suspend_long")
@often
def suspend_long() -> BaseResponse:
    """A coordinator gives a pause of at most thirty days."""
    return _suspend()


@may("player.resume")
def resume(key: str) -> BaseResponse:
    """It is over now."""
    with writing():
        suspending.resume(again(), acting_as(), key)
    return redirect(url_for("desk.pauses", said="ended"), 303)


def _suspend() -> BaseResponse:
    form = request.form
    days = form.get("days", "")
    show_again(show, None, Sort.UNKNOWN)  # letters that nobody has
    with writing():
        me = again()
        person = by_letters(me, form.get("letters", ""))
        suspending.suspend(
            me, acting_as(), person, int(days) if days.isascii() and days.isdecimal() and len(days) < 4 else 0,
            form.get("reason", ""), form.get("note", ""),
        )  # fmt: skip
    return redirect(url_for("desk.pauses", said="given"), 303)


def _longest() -> Role:
    """The role by which the asker gives a pause now: as a coordinator only once they showed that it is them."""
    if Role.COORDINATOR in g.roles and g.get("is_proved"):
        return Role.COORDINATOR
    return Role.EDITOR if Role.EDITOR in g.roles else Role.PLAYER
