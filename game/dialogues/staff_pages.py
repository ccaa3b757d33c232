"""A coordinator appoints professionals, and ends that; each act stands in the log."""

from flask import Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.menus import TEAM, Group, Line, always
from core.once import once
from core.people import queries as people
from core.refusal import Refusal, Sort
from core.saved import saved
from game.dialogues import queries, question_queries, service
from game.dialogues.course import COURSE
from game.dialogues.forms import AppointForm


def init_app(app: Flask) -> None:
    """Register the pages and the line on the page of the team."""
    add, under = app.add_url_rule, "/w/<slug>/staff/professionals"
    add(under, "professionals.index", index)
    add(under, "professionals.appoint", appoint, methods=["POST"])
    add(f"{under}/<key>/end", "professionals.end", end, methods=["POST"])
    TEAM.add(
        app,
        "professionals",
        always(Line("professionals.index", "praten", _l("Professionals"), group=Group.TOGETHER)),
        order=63,
    )


@may("professional.keep")
def index() -> str:
    """Who works here, and the form that adds somebody."""
    return _page(AppointForm())


def _page(form: AppointForm) -> str:
    those = queries.professionals(g.neighbourhood.id)
    names = people.by_player_keys(one.who for one in those)
    return render_template(
        "game/dialogues/professionals.html", form=form, COURSE=COURSE,
        orphaned=question_queries.orphaned(g.neighbourhood.id),
        those=[(one, names[one.who].name if one.who in names else None) for one in those],
    )  # fmt: skip


@may("professional.keep")
def appoint() -> BaseResponse:
    """Somebody is a professional here from now on."""
    form = AppointForm(request.form)
    on_refusal(lambda: _page(form), form)
    form.must_fit()

    def do() -> str:
        person = people.by_tag(g.neighbourhood.id, form.letters.data)
        if person is None:
            raise Refusal(_l("Nobody here has these letters."), Sort.INVALID, field="letters")
        made = service.appoint(person, form.organisation.data, form.role.data)
        audit.record("professional.appoint", made.key, g.neighbourhood.id, g.person.player_key, acting_as())
        return made.key

    with writing():
        once(form.twin, do)
    return saved(url_for("professionals.index"), _l("Done. They can open an hour, and say yes to their name."))


@may("professional.keep")
def end(key: str) -> BaseResponse:
    """They are none any more."""
    with writing():
        one = queries.professional_by_key(g.neighbourhood.id, key) or abort(404)
        if one.ended_at is None:
            service.end(one)
            audit.record("professional.end", key, g.neighbourhood.id, g.person.player_key, acting_as())
    return saved(url_for("professionals.index"), _l("Done. What they planned is cancelled."))
