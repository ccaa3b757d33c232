"""The mirror: seven factors, of each what the team says, what the data show, and what it said before this season."""

from flask import Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.i18n import lang
from core.menus import COUNTS, TEAM, Group, Line, always
from core.mirror import queries, service
from core.mirror.factors import FACTORS
from core.mirror.forms import DOES, DOES_NOT, WAYS, AnswerForm
from core.mirror.models import MirrorAnswer
from core.mirror.seen import beside
from core.once import once
from core.people import queries as people
from core.people.zones import season_began
from core.saved import saved


def init_app(app: Flask) -> None:
    """Register the pages and the line on the page of the team, with how many gaps there are."""
    app.add_url_rule("/w/<slug>/staff/mirror", "mirror.show", show)
    app.add_url_rule("/w/<slug>/staff/mirror/<factor>", "mirror.answer", answer)
    app.add_url_rule("/w/<slug>/staff/mirror/<factor>", "mirror.do_answer", do_answer, methods=["POST"])
    TEAM.add(app, "mirror", always(Line("mirror.show", "oog", _l("The mirror"), group=Group.MEANS)), order=70)
    COUNTS.add(app, "mirror.show", lambda: sum(not one.does for one in _now().values()) or "")


@may("mirror.fill")
def show() -> str:
    """All seven, side by side."""
    said, before = _now(), queries.before(g.neighbourhood.id, season_began(g.neighbourhood.id))
    return render_template(
        "core/mirror/show.html", factors=FACTORS, said=said, before=before, WAYS=WAYS, DOES=DOES, DOES_NOT=DOES_NOT,
        seen={name: beside(name, g.neighbourhood) for name in FACTORS}, people=_people(said),
        last=max((one.day for one in said.values()), default=None),
        next=next((name for name in FACTORS if name not in said), None),
    )  # fmt: skip


@may("mirror.fill")
def answer(factor: str) -> str:
    """What the team says of one, as it stands."""
    last = _now().get(_known(factor))
    data = {"does": DOES if last.does else DOES_NOT, "why": last.why, "to_do": last.to_do} if last else None
    return _form(factor, AnswerForm(data=data))


@may("mirror.fill")
def do_answer(factor: str) -> BaseResponse:
    """Say it."""
    form = AnswerForm(request.form)
    on_refusal(lambda: _form(_known(factor), form), form)
    _known(factor)
    form.must_fit()
    with writing():
        once(form.twin, lambda: _answer(factor, form))
    return saved(url_for("mirror.show"), _l("Your answer stands in the mirror."), factor)


def _answer(factor: str, form: AnswerForm) -> str:
    me, here = g.person.player_key, g.neighbourhood.id
    said = service.answer(here, factor, form.does.data == DOES, form.why.data, form.to_do.data, me, lang())
    audit.record("mirror.answer", factor, here, me, acting_as())
    return str(said.id)


def _form(factor: str, form: AnswerForm) -> str:
    numbers = {name: number for number, name in enumerate(FACTORS, start=1)}
    return render_template(
        "core/mirror/answer.html", form=form, factor=FACTORS[factor], name=factor, number=numbers[factor],
        ways=WAYS.items(), seen=beside(factor, g.neighbourhood),
    )  # fmt: skip


def _known(factor: str) -> str:
    return factor if factor in FACTORS else abort(404)


def _now() -> dict[str, MirrorAnswer]:
    return queries.now(g.neighbourhood.id, season_began(g.neighbourhood.id))


def _people(said: dict[str, MirrorAnswer]) -> list[str]:
    """The names of who answered; without who was erased."""
    found = people.by_player_keys({one.by for one in said.values() if one.by})
    return sorted(person.name for person in found.values())
