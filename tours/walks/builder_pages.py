"""Makers string walks: the list, and the page on which one is made. Each act is a plain form."""

from collections.abc import Callable
from typing import Any

from flask import Flask, abort, g, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, codes, i18n
from core.audit import service as audit
from core.database import writing
from core.desk import queries as desk
from core.desk.handlers import reasons_given
from core.errors import on_refusal
from core.forms import Form
from core.guard import acting_as, may
from core.menus import TEAM, Group, Line, always
from core.once import once
from core.places import queries as places
from core.refusal import Refusal, Sort
from core.saved import saved
from tours.stories import queries as stories
from tours.walks import forms, importing, library, print_list, print_pages, queries, service, standing, tally, views
from tours.walks.models import Tour

UNDER = "/w/<slug>/staff/walks"
POSTS = ("do_words", "add", "arrange", "write_stop", "loop", "do_check", "step")


def init_app(app: Flask) -> None:
    """Register the pages."""
    add = app.add_url_rule
    add(UNDER, "walks.made", made)
    add(f"{UNDER}/new", "walks.new", new)
    add(f"{UNDER}/new", "walks.do_new", do_new, methods=["POST"])
    add(f"{UNDER}/<tour>", "walks.build", build)
    for name in POSTS:
        add(
            f"{UNDER}/<tour>/{name.removeprefix('do_').replace('_', '-')}",
            f"walks.{name}",
            globals()[name],
            methods=["POST"],
        )
    add(f"{UNDER}/<tour>/paper/codes", "walks.paper_codes", print_pages.paper_codes)
    add(f"{UNDER}/<tour>/paper/booklet", "walks.booklet", print_pages.booklet)
    add(f"{UNDER}/<tour>/replaced", "walks.replaced", print_pages.replaced, methods=["POST"])
    TEAM.add(app, "walks", always(Line("walks.made", "wandelen", _l("Walks"), group=Group.MAKE)), order=72)


@may("walk.make")
def made() -> str:
    """All walks, those that need somebody first."""
    found = queries.of_makers(g.neighbourhood.id)
    return render_template(
        "tours/walks/made.html", tours=found, shown=queries.live([tour.id for tour in found]),
        to_replace=print_list.to_replace(g.neighbourhood.id), sheets=print_list.SHEETS,
    )  # fmt: skip


@may("walk.make")
def new() -> str:
    """What is it called, in which language?"""
    return _new(forms.NewForm(data={"lang": i18n.lang()}))


@may("walk.make")
def do_new() -> BaseResponse:
    """Begin one, and on to the page on which it is made."""
    form = forms.NewForm(request.form)
    form.lang.among = _languages()
    on_refusal(lambda: _new(form), form)
    form.must_fit()
    with writing():
        key = once(form.twin, lambda: _made(form))
    return saved(url_for("walks.build", tour=key), _l("Choose stories. Each becomes a stop."), "stops")


@may("walk.make")
def build(tour: str) -> str:
    """The stories to choose from, the stops in order, the line and what is the matter."""
    return _page(_found(tour))


@may("walk.make")
def do_words(tour: str) -> BaseResponse:
    """Its title, words and shape."""
    form = forms.WordsForm(request.form)
    return _done(tour, lambda one: service.write(one, form.words), _l("Saved."), form)


@may("walk.make")
def add(tour: str) -> BaseResponse:
    """A story at its place, or a place alone, at the end."""
    here, said = g.neighbourhood.id, request.form

    def act(one: Tour) -> None:
        story = stories.one(here, said.get("story", "")[:26]) if said.get("story") else None
        spot = places.by_key(here, said.get("spot", "")[:40]) if said.get("spot") else story.spot if story else None
        if spot is None or (said.get("story") and story is None):
            raise Refusal(_l("Choose a story, and the place where it is told."), Sort.CONFLICT)
        service.add(one, spot, story)

    return _done(tour, act, _l("It is the last stop now."))


@may("walk.make")
def arrange(tour: str) -> BaseResponse:
    """A stop up, down, to a number, away, or locked to the next."""
    said = request.form
    stop, do = said.get("stop", 0, int), said.get("do", "")
    acts: dict[str, Callable[[Tour], object]] = {
        "remove": lambda one: service.remove(one, stop),
        "lock": lambda one: service.lock(one, stop, True),
        "unlock": lambda one: service.lock(one, stop, False),
        "to": lambda one: service.move(one, stop, said.get("number", 1, int)),
    }
    return _done(tour, acts.get(do) or abort(400), _l("The stops stand so now."))


@may("walk.make")
def write_stop(tour: str) -> BaseResponse:
    """The walk's own words at a stop, and the way to the next."""
    form = forms.StopForm(request.form)
    stop = request.form.get("stop", 0, int)
    return _done(
        tour, lambda one: service.write_stop(one, stop, form.words, form.leg), _l("Saved."), form, f"stop-{stop}"
    )


@may("walk.make")
def loop(tour: str) -> BaseResponse:
    """The best order, and what has no place in the time."""
    form = forms.LoopForm(request.form)
    left: list[service.Left] = []

    def act(one: Tour) -> None:
        minutes = form.minutes.data
        left[:] = service.make_loop(one, form.order.data, int(minutes) if minutes else None)

    answer = _done(tour, act, _l("The stops stand in this order now."), form)
    names = ",".join(f"{one.stop.story.key}.{one.minutes}" for one in left if one.stop.story)
    return redirect(url_for("walks.build", tour=tour, left=names), 303) if names else answer


@may("walk.make")
def do_check(tour: str) -> BaseResponse:
    """Somebody walked it."""
    form = forms.CheckForm(request.form)
    act = lambda one: service.check_on_foot(one, form.checked_on.data, form.checked_by.data)  # noqa: E731
    return _done(tour, act, _l("Saved: somebody walked it."), form)


@may("walk.make")
def step(tour: str) -> BaseResponse:
    """One step on its way: to the desk, back, out of the list."""
    act, sentence = STEPS.get(request.form.get("step", "")) or abort(400)
    return _done(tour, act, sentence)


def _sent(tour: Tour) -> None:
    service.send(tour)
    _record("walk.send", tour)


def _opened(tour: Tour) -> None:
    service.open_again(tour)
    _record("walk.change", tour)


def _goes_on(tour: Tour) -> None:
    service.go_on(tour)
    _record("walk.shorten", tour)


def _retired(tour: Tour) -> None:
    service.retire(tour)
    _record("walk.retire", tour)


def _put_on_map(tour: Tour) -> None:
    importing.put_on_map(tour)
    _record("walk.places", tour)


STEPS: dict[str, tuple[Callable[[Tour], object], LazyString]] = {
    "send": (_sent, _l("It is with the editors. Another one than you looks at it.")),
    "undo": (service.undo, _l("It is as it was before the last change.")),
    "places": (_put_on_map, _l("Its new places are on the map now.")),
    "change": (_opened, _l("Nobody sees it now. You can change it.")),
    "go-on": (_goes_on, _l("It goes on without what left.")),
    "retire": (_retired, _l("Nobody sees it any more.")),
}


def _done(
    key: str, act: Callable[[Tour], object], sentence: object, form: Form | None = None, at: str = "stops"
) -> BaseResponse:
    """One act on a walk, and back to its page with what was searched there."""
    on_refusal(lambda: _page(_found(key), form), form)
    if form:
        form.must_fit()
    with writing():
        tour = queries.locked(g.neighbourhood.id, key) or abort(404)
        act(tour)
    asked = {name: value for name, value in library.asked(request.args).items() if value}
    return saved(url_for("walks.build", tour=key, **asked), sentence, at)  # type: ignore[arg-type]  # as searched


def _found(key: str) -> Tour:
    return queries.was_here(g.neighbourhood.id, key) or abort(404)


def _languages() -> list[str]:
    return list(g.neighbourhood.languages or i18n.languages())


def _new(form: forms.NewForm) -> str:
    spoken = [(code, i18n.OWN_NAMES.get(code, code), code) for code in _languages()]
    return render_template("tours/walks/new.html", form=form, spoken=spoken)


def _made(form: forms.NewForm) -> str:
    tour = service.make(g.neighbourhood.id, form.title.data, form.lang.data, g.person.player_key)
    _record("walk.new", tour)
    return tour.key


def _page(tour: Tour, form: Form | None = None) -> str:
    seen, asked = standing.whole(tour), library.asked(request.args)
    said = desk.last_said(queries.DESK_KIND, [tour.desk_key]).get(tour.desk_key)
    offered = library.of(g.neighbourhood.id, asked)
    where = url_for("walks.preview", key=tour.key, token=views.preview_token(tour))
    return render_template(
        "tours/walks/build.html", tour=tour, sent=form if isinstance(form, forms.StopForm) else None,
        sent_stop=request.form.get("stop", 0, int), seen=seen, asked=asked, forms=_forms(tour, form),
        stories=offered, heard=stories.heard([one.story.id for one in offered]), spots=places.of(g.neighbourhood.id),
        stop_of={stop.story_id: stop.number for stop in seen.stops if stop.story_id}, library=library,
        line=views.line(tour, [stop for stop in seen.stops if stop.id in seen.live]), choices=forms,
        preview=where, qr=codes.qr(g.public_url + where), today=clock.today(), said=said,
        why=reasons_given().get(said.reason or "") if said else None, left=library.left(request.args.get("left", "")),
        weeks=tally.weeks(tour), drafts=[stop.spot for stop in seen.stops if stop.spot.is_draft],
        legs={leg["from"]: leg for leg in tour.legs},
    )  # fmt: skip


def _forms(tour: Tour, sent: Form | None) -> dict[str, Form]:
    """Each form of the page as it stands, and the one that was refused as it was sent."""
    shape = "loop" if tour.is_loop else "line"
    own: dict[str, Any] = {
        "words": forms.WordsForm(obj=tour, data={"shape": shape}), "loop": forms.LoopForm(data={"order": "shortest"}),
        "check": forms.CheckForm(data={"checked_on": tour.checked_on or clock.today(), "checked_by": tour.checked_by}),
    }  # fmt: skip
    sorts = {forms.WordsForm: "words", forms.LoopForm: "loop", forms.CheckForm: "check"}
    return {**own, **({sorts[type(sent)]: sent} if sent and type(sent) in sorts else {})}


def _record(action: str, tour: Tour) -> None:
    audit.record(action, tour.key, g.neighbourhood.id, g.person.player_key, acting_as())
