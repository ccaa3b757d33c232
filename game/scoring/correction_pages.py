"""A coordinator's page of questions about points, and of what was corrected: without anybody's name."""

from flask import Flask, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import codes
from core.database import writing
from core.desk import handlers
from core.errors import on_refusal
from core.guard import may
from core.menus import COUNTS, TEAM, Group, Line, always
from core.once import once
from core.people.views import reread
from core.saved import saved
from game.scoring import at_desk, correcting, corrections, questions, rules
from game.scoring.forms import Answer, TakeAway
from game.scoring.models import What

SHOWN = 50  # corrections on the page: the latest


def init_app(app: Flask) -> None:
    """Register the pages, their line and how many wait, and what the desk decides about."""
    add, under = app.add_url_rule, "/w/<slug>/staff/points"
    add(under, "scoring.corrections", show)
    add(f"{under}/<key>", "scoring.take", take, methods=["POST"])
    add(f"{under}/<key>/stays", "scoring.stays", stays, methods=["POST"])
    add(f"{under}/<key>/back", "scoring.give_back", give_back, methods=["POST"])
    TEAM.add(
        app,
        "points",
        always(Line("scoring.corrections", "hinkel", _l("Questions about points"), group=Group.SEASON)),
        order=64,
    )
    COUNTS.add(app, "scoring.corrections", _how_many)
    handlers.HANDLERS.add(app, at_desk.TakenAway.kind, at_desk.TakenAway())


@may("points.correct")
def show() -> str:
    """What waits, and what was corrected."""
    return _page(TakeAway())


def _page(form: TakeAway) -> str:
    here, me = g.neighbourhood.id, g.person.player_key
    return render_template(
        "game/scoring/corrections.html", form=form, asked=questions.open_ones(here, me),
        corrected=at_desk.corrected(here, me, SHOWN), reasons=corrections.REASONS, why=corrections.WHY,
        questions=questions.REASONS, sentence=rules.sentence, spaced=codes.spaced, taken=What.TAKEN,
    )  # fmt: skip


@may("points.correct")
def take(key: str) -> BaseResponse:
    """Both lose what the meeting gave."""
    form = TakeAway(request.form)
    on_refusal(lambda: _page(form), form)
    form.must_fit()
    with writing():
        me = reread()
        once(form.twin, lambda: correcting.take(me, key, form.reason.data))
    return saved(url_for("scoring.corrections"), _l("Done. Both read why, and may ask another editor."), "asked")


@may("points.correct")
def stays(key: str) -> BaseResponse:
    """The points are right."""
    form = Answer(request.form)
    with writing():
        me = reread()
        once(form.twin, lambda: correcting.stays(me, key))
    return saved(url_for("scoring.corrections"), _l("Done. Who asked reads that it stays."), "asked")


@may("points.correct")
def give_back(key: str) -> BaseResponse:
    """Both have them again."""
    form = Answer(request.form)
    with writing():
        me = reread()
        once(form.twin, lambda: correcting.give_back(me, key))
    return saved(url_for("scoring.corrections"), _l("Done. Both have the points again."), "corrected")


def _how_many() -> str:
    """How many wait for this coordinator, "" for none."""
    return str(len(questions.open_ones(g.neighbourhood.id, g.person.player_key)) or "")
