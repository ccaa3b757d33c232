"""A teacher opens classes, and has one board for each: how far crews are, who asks for help, and fixed sentences."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from flask import Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, codes, guesses
from core.classes import activities, crew_pages, queries, service, tries
from core.classes.activities import Plan
from core.classes.forms import OpenForm
from core.classes.models import MOST_CREWS, Crew, SchoolClass
from core.classes.words import WORDS
from core.database import writing
from core.errors import on_refusal
from core.guard import may, may_open
from core.menus import PURPOSES, TEAM, Group, Line, always
from core.once import is_first, once
from core.people.views import reread
from core.refusal import Refusal, Sort
from core.saved import saved

SILENT = 5 * 60  # seconds after which a device counts as without network


class Row(NamedTuple):
    """A crew on the board."""

    crew: Crew
    done: int

    @property
    def is_silent(self) -> bool:
        """Whether nothing came of its device for a while."""
        seen = self.crew.seen_at
        return seen is not None and (clock.now() - seen).total_seconds() > SILENT and not self.crew.on_paper


def init_app(app: Flask) -> None:
    """Register the pages, and the way to them for who may."""
    add, all_ = app.add_url_rule, "/w/<slug>/staff/classes"
    one = f"{all_}/<key>"
    add(all_, "classes.kept", kept)
    add(all_, "classes.open", open_, methods=["POST"])
    add(one, "classes.board", board)
    add(f"{one}/progress", "classes.progress", progress)
    add(f"{one}/say", "classes.say", say, methods=["POST"])
    add(f"{one}/state", "classes.state", state, methods=["POST"])
    add(f"{one}/crews", "classes.add_crew", add_crew, methods=["POST"])
    add(f"{one}/crews/<crew>", "classes.one_crew", one_crew)
    add(f"{one}/crews/<crew>", "classes.change_crew", change_crew, methods=["POST"])
    add(f"{one}/crews/<crew>/task/<task>", "classes.type_in", type_in, methods=["POST"])
    add(f"{one}/erase", "classes.erase", erase)
    add(f"{one}/erase", "classes.do_erase", do_erase, methods=["POST"])
    PURPOSES.add(app, "open a class", _way)
    TEAM.add(app, "classes", always(Line("classes.kept", "school", _l("Your classes"), group=Group.MAKE)), order=40)


def _way(plan: str) -> str | None:
    """To the form, with this plan chosen: "kind key"; None for who keeps no classes."""
    return url_for("classes.kept", plan=plan) if may_open("classes.kept") else None


@may("class.keep")
def kept() -> str:
    """Your classes, and the form for another."""
    plans = activities.offered(g.neighbourhood.id, g.person.player_key)
    asked = request.args.get("plan", "")
    return _kept(OpenForm(data={"day": clock.today(), "crews": "7", "newsrooms": "0", "plan": asked}), plans)


def _kept(form: OpenForm, plans: list[tuple[str, Plan]]) -> str:
    form.plan.among = [_name(kind, plan) for kind, plan in plans]
    mine = queries.of_teacher(g.neighbourhood.id, g.person.player_key)
    known = {(kind, plan.key): plan for kind, plan in plans}  # what is not on offer any more is looked up by itself
    rows = [(one, known.get((one.kind, one.activity)) or service.plan_of(one)) for one in mine]
    options = [(_name(kind, plan), plan.title, plan.lang) for kind, plan in plans]
    numbers = [(one, one) for one in form.newsrooms.among]
    return render_template("core/classes/kept.html", form=form, plans=options, numbers=numbers, classes=rows)


@may("class.keep")
def open_() -> BaseResponse:
    """A class; its board shows the code."""
    form, plans = OpenForm(request.form), activities.offered(g.neighbourhood.id, g.person.player_key)
    form.plan.among = [_name(kind, plan) for kind, plan in plans]
    on_refusal(lambda: _kept(form, plans), form)
    form.must_fit()
    kind, _, activity = form.plan.data.partition(" ")
    with writing():
        key = once(form.twin, lambda: service.open_class(
            reread(), kind, activity, form.day.data, int(form.crews.data), int(form.newsrooms.data or 0)
        ).key)  # fmt: skip
    return saved(url_for("classes.board", key=key), _l("Your class is open. Show the code to the crews."))


@may("class.keep")
def board(key: str) -> str:
    """How the crews are doing, and what you can say to them. No map, ever."""
    here = own(key)
    if here.is_open:
        tries.trust_here()
    word = queries.last_word(here)
    heard = sum(crew.heard >= word.id for crew in here.crews) if word else 0
    return render_template(
        "core/classes/board.html", **shared(here), rows=_rows(here), word=word, heard=heard,
        works=len(queries.works(here)), may_add=len(here.crews) < MOST_CREWS,
    )  # fmt: skip


@may("class.keep")
def progress(key: str) -> str:
    """How far we are, for the board in the classroom: crews in their own order, nobody first."""
    here = own(key)
    done = queries.progress(here)
    rows = [Row(crew, done.get(crew.id, 0)) for crew in here.crews if crew.joined_at or crew.on_paper]
    return render_template("core/classes/progress.html", **shared(here), rows=rows)


@may("class.keep")
def say(key: str) -> BaseResponse:
    """One of the fixed sentences, to one crew or to all."""
    on_refusal(lambda: board(key))
    with writing():
        here = own(key, held=True)
        to = request.form.get("crew", "")
        if is_first(_twin(key)):
            service.say(here, request.form.get("says", ""), _crew(here, to) if to else None)
    sentence = WORDS[request.form["says"]].sentence
    return saved(url_for("classes.board", key=key), _l("Sent: %(sentence)s", sentence=sentence), "said")


@may("class.keep")
def state(key: str) -> BaseResponse:
    """A pause for all, on again, the end, and after all not the end."""
    wanted = request.form.get("do", "")
    with writing():
        here = own(key, held=True)
        if wanted in ("pause", "go on"):
            service.pause(here, rests=wanted == "pause")
        elif wanted in ("end", "not the end"):
            service.end(here, is_over=wanted == "end")
        else:
            abort(400)
    return saved(url_for("classes.board", key=key), SAYS[wanted])


@may("class.keep")
def add_crew(key: str) -> BaseResponse:
    """One crew more."""
    on_refusal(lambda: board(key))
    with writing():
        here = own(key, held=True)
        once(_twin(key), lambda: service.add_crew(here).key)
    return saved(url_for("classes.board", key=key), _l("There is a crew more."))


@may("class.keep")
def one_crew(key: str, crew: str) -> str:
    """The code that brings a crew back on another tablet; its sheet, to type in; on paper or not."""
    return _one_crew(own(key), crew)


def _one_crew(here: SchoolClass, crew: str) -> str:
    mine = _crew(here, crew)
    activity = activities.ACTIVITIES.of(here.kind)
    address = g.public_url + url_for("classes.crew", token=service.token(mine))
    return render_template(
        "core/classes/one_crew.html", **shared(here), crew=mine, qr=codes.qr(address), crew_address=address,
        done=queries.done(mine), draw=crew_pages.drawing(activity) if activity else None,
    )  # fmt: skip


@may("class.keep")
def change_crew(key: str, crew: str) -> BaseResponse:
    """On paper, on a tablet again, inside or outside, or a new secret for a tablet that was lost."""
    wanted = request.form.get("do", "")
    with writing():
        here = own(key, held=True)
        mine = _crew(here, crew)
        if wanted in ("paper", "tablet"):
            service.go_on_paper(mine, wanted == "paper")
        elif wanted == "secret":
            service.new_token(mine)
        elif wanted in ("street", "news"):
            service.work_as(mine, wanted)
        else:
            abort(400)
    return saved(url_for("classes.one_crew", key=key, crew=crew), OF_CREW[wanted])


@may("class.keep")
def type_in(key: str, crew: str, task: str) -> BaseResponse:
    """What stands on the sheet of a crew."""
    here = own(key)
    plan = _plan(here)
    _, one = plan.task(task) or abort(404)
    on_refusal(lambda: _one_crew(own(key), crew))
    crew_pages.take(_crew(here, crew), one, by_hand=True)
    return saved(url_for("classes.one_crew", key=key, crew=crew), _l("Saved."), f"task-{task}")


@may("class.keep")
def erase(key: str) -> str:
    """Asks again, and says what goes."""
    here = own(key)
    return render_template("core/classes/erase.html", **shared(here), works=len(queries.works(here)))


@may("class.keep")
def do_erase(key: str) -> BaseResponse:
    """All of it goes, now. Asked for twice, it is gone already."""
    with writing():
        if here := queries.own(g.neighbourhood.id, g.person.player_key, key, held=True):
            service.erase(here)
    return saved(url_for("classes.kept"), _l("Erased. Nothing is left of that class."))


def own(key: str, held: bool = False) -> SchoolClass:
    """A class of the teacher who asks; 404 for anybody else's."""
    return queries.own(g.neighbourhood.id, g.person.player_key, key, held) or abort(404)


def shared(here: SchoolClass) -> dict[str, Any]:
    """What all pages about a class say."""
    join = g.public_url + url_for("classes.join")
    return {
        "klas": here, "plan": service.plan_of(here), "gone_on": here.gone_on, "join_address": join,
        "join_qr": codes.qr(f"{join}?code={guesses.scannable(here.code)}"), "letters": codes.spaced(here.code),
    }  # fmt: skip


SAYS: Mapping[str, Any] = {
    "pause": _l("All crews read now that there is a pause."), "go on": _l("All crews go on."),
    "end": _l("The lesson is over. What still comes in is kept."), "not the end": _l("The lesson goes on."),
}  # fmt: skip
OF_CREW: Mapping[str, Any] = {
    "paper": _l("This crew walks with paper. Type their sheet in afterwards."),
    "tablet": _l("This crew has a tablet again."),
    "secret": _l("The code from before opens nothing any more. Scan this one."),
    "street": _l("This crew walks outside."), "news": _l("This crew works inside."),
}  # fmt: skip


def _rows(here: SchoolClass) -> list[Row]:
    """Who asks for help first, then who is silent, then the rest in their own order."""
    done = queries.progress(here)
    rows = [Row(crew, done.get(crew.id, 0)) for crew in here.crews]
    return sorted(rows, key=lambda row: (row.crew.help_at is None, not row.is_silent, row.crew.number))


def _crew(here: SchoolClass, key: str) -> Crew:
    return queries.of_class(here, key) or abort(404)


def _plan(here: SchoolClass) -> Plan:
    plan = service.plan_of(here)
    if plan is None:
        raise Refusal(_l("This lesson is not here any more. What was handed in stays."), Sort.GONE)
    return plan


def _name(kind: str, plan: Plan) -> str:
    return f"{kind} {plan.key}"


def _twin(key: str) -> str:
    sent = request.form.get("client_key", "")[:40]
    return sha256(f"{request.endpoint} {key} {sent}".encode("utf-8", "replace")).hexdigest() if sent else ""
