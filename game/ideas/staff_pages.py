"""Editors decide about ideas, each with a reason and under their name; what waits longest stands first."""

from flask import Flask, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.i18n import lang
from core.menus import COUNTS, TEAM, Line, always
from core.once import once
from core.saved import saved
from game.ideas import queries, service
from game.ideas.course import COURSE, DAYS, MERGED
from game.ideas.forms import AppealForm, DecisionForm, SignForm
from game.ideas.views import find, idea_page


def init_app(app: Flask) -> None:
    """Register the pages and the line on the page of the team."""
    app.add_url_rule("/w/<slug>/staff/ideas", "ideas.to_decide", to_decide)
    app.add_url_rule("/w/<slug>/staff/ideas/<key>", "ideas.decide", decide, methods=["POST"])
    TEAM.add(app, "ideas", always(Line("ideas.to_decide", "idee", _l("Ideas to answer"))), order=22)
    COUNTS.add(app, "ideas.to_decide", lambda: queries.many_to_answer(g.neighbourhood.id) or "")


@may("idea.decide")
def to_decide() -> str:
    """What waits for an answer, the longest first, and since how many days."""
    waiting = [
        (row, (clock.today() - clock.day_of(since)).days + 1) for row, since in queries.to_answer(g.neighbourhood.id)
    ]
    return render_template("game/ideas/to_decide.html", waiting=waiting, COURSE=COURSE, DAYS=DAYS)


@may("idea.decide")
def decide(key: str) -> BaseResponse:
    """An editor's answer."""
    form = DecisionForm(request.form)
    on_refusal(lambda: idea_page(find(key), SignForm(), AppealForm(), form), form)
    form.must_fit()
    with writing():
        for one in sorted({key, form.into.data} - {""}):
            queries.one(g.neighbourhood.id, one, lock=True)
        once(form.twin, lambda: _decide(key, form))
    return saved(url_for("ideas.show", key=key), _l("Your answer stands there, with your name."), "steps")


def _decide(key: str, form: DecisionForm) -> str:
    me = g.person.player_key
    idea, said = find(key), (me, form.words.data, lang())
    if form.to.data == MERGED:
        step = service.merge(idea, queries.one(g.neighbourhood.id, form.into.data), *said)
    else:
        step = service.decide(idea, form.to.data, *said)
    audit.record("idea.decide", key, g.neighbourhood.id, me, acting_as(), form.words.data)
    return str(step.id)
