"""Teachers and makers make a lesson in one sitting: walk, group, time, tasks per stop. Each act is a plain form."""

from collections.abc import Callable
from typing import Any

from flask import Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import i18n
from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.forms import Form
from core.guard import acting_as, may
from core.menus import TEAM, Group, Line, always
from core.once import once
from core.saved import saved
from tours.lessons import forms, offers, queries, service
from tours.lessons.content import LISTS, read
from tours.lessons.lesson import whole
from tours.lessons.levels import LEVELS, TAGS
from tours.lessons.models import Kit
from tours.lessons.service import Choice
from tours.lessons.tasks import ASK, KINDS, LONGEST_MINUTES
from tours.lessons.views import seen, sees_all

UNDER = "/w/<slug>/staff/lessons"


def init_app(app: Flask) -> None:
    """Register the pages, and their line on the page of the team."""
    add = app.add_url_rule
    add(UNDER, "lessons.made", made)
    add(f"{UNDER}/new", "lessons.new", new)
    add(f"{UNDER}/new", "lessons.do_new", do_new, methods=["POST"])
    add(f"{UNDER}/<lesson>", "lessons.build", build)
    for name in ("do_words", "do_tasks", "publish", "step", "copy"):
        add(f"{UNDER}/<lesson>/{name.removeprefix('do_')}", f"lessons.{name}", globals()[name], methods=["POST"])
    TEAM.add(app, "lessons", always(Line("lessons.made", "boek", _l("Lessons"), group=Group.MAKE)), order=74)


@may("lesson.make")
def made() -> str:
    """One's own lessons; for editors all."""
    found = queries.made(g.neighbourhood.id, g.person.player_key, sees_all())
    return render_template("tours/lessons/made.html", kits=found)


@may("lesson.make")
def new() -> str:
    """Which walk, for whom, how long?"""
    return _new(forms.NewForm(data={"lang": i18n.lang(), "minutes": 90, "tour": request.args.get("walk", "")}))


@may("lesson.make")
def do_new() -> BaseResponse:
    """Begin one, and on to its tasks."""
    form = forms.NewForm(request.form)
    walks = {tour.key: tour for tour in queries.walks_of(g.neighbourhood.id)}
    form.lang.among, form.tour.among = _languages(), list(walks)
    on_refusal(lambda: _new(form), form)
    form.must_fit()
    with writing():
        slug = once(form.twin, lambda: _made(form))
    return saved(url_for("lessons.build", lesson=slug), _l("Now choose what they do at each stop."), "tasks")


@may("lesson.make")
def build(lesson: str) -> str:
    """Its plan, what each stop offers, how long all of it takes, and how crews see it."""
    return _page(_own(lesson))


@may("lesson.make")
def do_words(lesson: str) -> BaseResponse:
    """Its plan and its words."""
    form = forms.WordsForm(request.form)
    on_refusal(lambda: _page(_own(lesson), form), form)
    form.must_fit()
    with writing():
        service.write(_held(lesson), form.words, form.level.data, int(form.minutes.data))
    return saved(url_for("lessons.build", lesson=lesson), _l("Saved."), "plan")


@may("lesson.make")
def do_tasks(lesson: str) -> BaseResponse:
    """The tasks of a stop: what is ticked, in these words."""
    number = request.form.get("stop", 0, int)
    on_refusal(lambda: _page(_own(lesson), stop=number))
    kind, ask = request.form.get("own-kind", "")[:20], request.form.get("own-ask", "")[: ASK * 2].strip()
    with writing():
        after = service.choose(_held(lesson), number, _ticked(), (kind, ask) if ask else None)
    if not after:
        return saved(url_for("lessons.build", lesson=lesson, stop=number), _l("Saved."), "tasks")
    return saved(url_for("lessons.build", lesson=lesson, stop=after), _l("Saved. Now this stop."), f"stop-{after}")


def _ticked() -> list[Choice]:
    """What is ticked of a stop, in the order of the page."""
    form = request.form
    return [
        Choice(name, form.get(f"ask-{name}", "")[: ASK * 4], min(form.get(f"minutes-{name}", 0, int), LONGEST_MINUTES))
        for name in form.getlist("task")[:40]
    ]


@may("lesson.publish")
def publish(lesson: str) -> BaseResponse:
    """Everybody sees it: its maker says that it names nobody."""
    form = forms.PublishForm(request.form)
    on_refusal(lambda: _page(_own(lesson)))
    with writing():
        kit = _held(lesson)
        service.publish(kit, form.names_nobody.data)
        _record("lesson.publish", kit)
    return saved(url_for("lessons.build", lesson=lesson), _l("Everybody sees it now."), "onwards")


def _one_each(kit: Kit) -> BaseResponse:
    service.take_one_each(kit)
    return saved(
        url_for("lessons.build", lesson=kit.slug), _l("Each stop has a task now. Change what you like."), "tasks"
    )


def _take_back(kit: Kit) -> BaseResponse:
    service.take_back(kit)
    _record("lesson.take_back", kit)
    return saved(url_for("lessons.build", lesson=kit.slug), _l("Only you see it now."))


def _retire(kit: Kit) -> BaseResponse:
    service.retire(kit)
    _record("lesson.retire", kit)
    return saved(url_for("lessons.made"), _l("Nobody sees it any more."))


STEPS: dict[str, Callable[[Kit], BaseResponse]] = {"one-each": _one_each, "take-back": _take_back, "retire": _retire}


@may("lesson.make")
def step(lesson: str) -> BaseResponse:
    """A task at each stop; out of sight, or away."""
    act = STEPS.get(request.form.get("step", "")) or abort(400)
    with writing():
        return act(_held(lesson))


@may("lesson.make")
def copy(lesson: str) -> BaseResponse:
    """One's own lesson of one that is there."""
    form = forms.CopyForm(request.form)
    with writing():
        slug = once(form.twin, lambda: _copied(lesson))
    return saved(url_for("lessons.build", lesson=slug), _l("This one is yours. Change what you like."), "tasks")


def _own(slug: str) -> Kit:
    """A kit that who asks may work on."""
    kit = seen(slug)
    return kit if kit and (sees_all() or kit.maker == g.person.player_key) else abort(404)


def _held(slug: str) -> Kit:
    kit = queries.locked(g.neighbourhood.id, slug)
    return kit if kit and (sees_all() or kit.maker == g.person.player_key) else abort(404)


def _made(form: forms.NewForm) -> str:
    tour = next(tour for tour in queries.walks_of(g.neighbourhood.id) if tour.key == form.tour.data)
    title = form.title.data or tour.title
    kit = service.make(tour, title, form.lang.data, form.level.data, int(form.minutes.data), g.person.player_key)
    _record("lesson.new", kit)
    return kit.slug


def _copied(slug: str) -> str:
    kit = service.copy(seen(slug) or abort(404), g.person.player_key)
    _record("lesson.new", kit)
    return kit.slug


def _languages() -> list[str]:
    return list(g.neighbourhood.languages or i18n.languages())


def _new(form: forms.NewForm) -> str:
    spoken = [(code, i18n.OWN_NAMES.get(code, code), code) for code in _languages()]
    walks = [(tour.key, tour.title, tour.language) for tour in queries.walks_of(g.neighbourhood.id)]
    return render_template("tours/lessons/new.html", form=form, spoken=spoken, walks=walks, levels=_levels())


def _levels() -> list[tuple[str, object]]:
    return [(one.name, one.label) for one in LEVELS.values()]


def _page(kit: Kit, form: Form | None = None, stop: int = 0) -> str:
    lesson = whole(kit)
    own = [(kind.name, kind.label) for kind in KINDS.values() if kind.plain() is not None]
    return render_template(
        "tours/lessons/build.html", lesson=lesson, kit=kit, form=form or _as_it_is(kit), levels=_levels(), tags=TAGS,
        offered={halt.number: offers.of(lesson, halt) for halt in lesson.halts}, kinds=KINDS, own=own,
        open_stop=stop or request.args.get("stop", 1, int), typed=request.form if stop else None, most=ASK,
        level=LEVELS[kit.level],
    )  # fmt: skip


def _as_it_is(kit: Kit) -> forms.WordsForm:
    said = read(kit.content)
    texts: dict[str, Any] = {name: getattr(said, name) for name in ("title", "lead", "goal", "meeting", "credit")}
    numbers = {name: getattr(said, name) for name in ("before_minutes", "after_minutes")}
    lists = {name: "\n".join(getattr(said, name)) for name in LISTS}
    return forms.WordsForm(
        data={**texts, **numbers, **lists, "tags": list(said.tags), "level": kit.level, "minutes": kit.minutes}
    )


def _record(action: str, kit: Kit) -> None:
    audit.record(action, kit.slug, g.neighbourhood.id, g.person.player_key, acting_as())
