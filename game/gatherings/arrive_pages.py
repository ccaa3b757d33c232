"""Being there: a scan shows a page and counts nobody, a tap on it does; and taking that back."""

from flask import Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, limits
from core.database import writing
from core.errors import on_refusal
from core.guard import may
from core.people.kept_forms import made_at, refuse_another
from core.people.views import refuse_suspended
from core.refusal import Refusal, Sort
from core.saved import arrived, saved
from core.steps import queries as steps
from game.gatherings import letters as codes
from game.gatherings import queries, service
from game.gatherings.course import COURSE, is_open
from game.gatherings.forms import ArriveForm, LettersForm
from game.gatherings.views import find, gathering_page, me

MOST = "60 per hour"  # that somebody types letters, or says that they are there


def init_app(app: Flask) -> None:
    """Register the pages."""
    add = app.add_url_rule
    add("/w/<slug>/gatherings/<key>/here/<letters>", "gatherings.here", here)
    add("/w/<slug>/gatherings/<key>/here/<letters>", "gatherings.arrive", arrive, methods=["POST"])
    add("/w/<slug>/gatherings/<key>/letters", "gatherings.type_letters", type_letters, methods=["POST"])
    add("/w/<slug>/gatherings/<key>/name", "gatherings.name", name, methods=["POST"])
    add("/w/<slug>/gatherings/<key>/leave", "gatherings.leave", leave, methods=["POST"])


@may("public.read")
def here(key: str, letters: str) -> str:
    """What who scans the code sees first: where they are, and one button. Looking counts nobody."""
    return _page(key, letters, ArriveForm())


@may("gathering.arrive")
def arrive(key: str, letters: str) -> BaseResponse:
    """I am there."""
    refuse_another()
    refuse_suspended()
    form = ArriveForm(request.form)
    on_refusal(lambda: _page(key, letters, form), form)
    limits.spend(limits.by_who("arrived", MOST))
    with writing():
        gathering = find(key)
        _must_be(key, letters)
        service.arrive(gathering, g.person.player_key, bool(form.shows_name.data), made_at())
    return arrived(url_for("gatherings.show", key=key), _l("Good that you are there. You are counted."), "there")


@may("gathering.arrive")
def type_letters(key: str) -> BaseResponse:
    """The letters in the place of a scan, with the same button."""
    refuse_suspended()
    form = LettersForm(request.form)
    on_refusal(lambda: gathering_page(key, typed=form), form)
    limits.spend(limits.by_who("arrived", MOST))
    form.must_fit()
    find(key)
    if not codes.are(key, form.letters.data):
        raise Refusal(_l("These are not the letters of this gathering. Look once more."), Sort.INVALID, field="letters")
    with writing():
        service.arrive(find(key), g.person.player_key, shows_name=False)
    return saved(url_for("gatherings.show", key=key), _l("Good that you are there. You are counted."), "there")


@may("gathering.arrive")
def name(key: str) -> BaseResponse:
    """Whether my name stands there, for who was counted."""
    form = ArriveForm(request.form)
    with writing():
        find(key)
        service.show_name(key, g.person.player_key, bool(form.shows_name.data))
    return saved(url_for("gatherings.show", key=key), _l("Done."), "there")


@may("gathering.arrive")
def leave(key: str) -> BaseResponse:
    """I take back that I was there."""
    with writing():
        service.leave(find(key).key, g.person.player_key)
    return saved(url_for("gatherings.show", key=key), _l("Done. You are not counted any more."), "there")


def _page(key: str, letters: str, form: ArriveForm) -> str:
    gathering = find(key)
    _must_be(key, letters)
    last = steps.last(COURSE.kind, [key]).get(key)
    return render_template(
        "game/gatherings/here.html", gathering=gathering, row=queries.row(gathering), letters=letters, form=form,
        open=is_open(gathering, last.state if last else COURSE.begins, clock.now()), COURSE=COURSE,
        attendance=queries.attendance(key, me() or ""),
    )  # fmt: skip


def _must_be(key: str, letters: str) -> None:
    if not codes.are(key, letters):
        abort(404)
