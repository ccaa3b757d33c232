"""What do you do together? Three that fit now, a surprise, and the rest by kind."""

from collections.abc import Sequence
from typing import Any

from flask import Flask, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.guard import may
from core.people.models import Person
from core.people.views import refuse_suspended
from game.challenges import fitting
from game.challenges import queries as challenges
from game.challenges.models import Challenge
from game.encounters import addresses, queries, service


def init_app(app: Flask) -> None:
    """Register the surprise beside the other pages of the blueprint, whose names it shares."""
    app.add_url_rule("/w/<slug>/surprise", "encounters.surprise", surprise)


def page(other: Person | None = None, **more: Any) -> str:
    """The page to choose on; with somebody (`other`) without what the two did already."""
    fits, turn = _fitting(other), challenges.todays(g.neighbourhood.id, clock.today())
    along: dict[str, Any] = {"tag": other.tag} if other else {}
    wanted = fitting.wanted(request.args)
    way = {**along, **dict.fromkeys(wanted, "1")}
    return render_template(
        "game/encounters/choose.html", three=fitting.three(fits, turn, queries.done_by(g.person.player_key)),
        near=fitting.near(fits), kinds=fitting.by_kind(fits), wanted=wanted,
        filters=fitting.FILTERS, other=other.name if other else None, along=along,
        surprise=url_for("encounters.surprise", **way), **more,
    )  # fmt: skip


@may("encounter.start")
def surprise() -> BaseResponse:
    """On to one that fits; back to choosing where none does."""
    refuse_suspended()
    service.must_be_able_to_meet(g.person)
    tag = request.args.get("tag")
    other = addresses.by_tag(g.person, tag) if tag else None
    found = fitting.surprise(_fitting(other), queries.done_by(g.person.player_key))
    if found is None:
        return redirect(url_for("encounters.together"), 303)
    return redirect(url_for("encounters.hand_in", challenge=found.key, tag=tag), 303)


def _fitting(other: Person | None) -> Sequence[Challenge]:
    offered = challenges.of(g.neighbourhood.id)
    done = service.done_together(g.person, other.player_key, offered) if other else set()
    return fitting.for_two(offered, fitting.wanted(request.args), done)
