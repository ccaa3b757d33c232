"""Your own points: what each meeting gave and why, what waits or went to the buurt, and asking whether it is right."""

from flask import Flask, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import codes
from core.database import writing
from core.errors import on_refusal
from core.guard import may
from core.people.views import reread
from core.saved import saved
from game.scoring import corrections, queries, questions, rules
from game.seasons import queries as seasons

SHOWN = 50  # meetings on the page: the latest


def init_app(app: Flask) -> None:
    """Register the pages."""
    add, under = app.add_url_rule, "/w/<slug>/points/mine"
    add(under, "scoring.mine", show)
    add(f"{under}/<ref>", "scoring.ask", ask, methods=["POST"])


@may("person.own")
def show() -> str:
    """What each meeting of the season that began last gave, the latest first."""
    season, me = seasons.shown(g.neighbourhood.id), g.person.player_key
    mine = queries.shares(season.id, me, SHOWN) if season else []
    return render_template(
        "game/scoring/own.html", shares=mine, sentence=rules.sentence, most=SHOWN,
        total=queries.points(season.id, me) if season else 0, waits=queries.waiting(season.id, me) if season else 0,
        asked=questions.of(me, [one.meeting for one in mine]), why=corrections.WHY, reasons=questions.REASONS,
        spaced=codes.spaced,
    )  # fmt: skip


@may("person.own")
def ask(ref: str) -> BaseResponse:
    """Ask a coordinator whether what this meeting gave is right."""
    on_refusal(show)
    with writing():
        questions.ask(reread().player_key, ref, request.form.get("reason", ""))
    return saved(url_for("scoring.mine"), _l("Asked. Here you read what a coordinator says."), ref)
