"""Whoever keeps a gathering moves or cancels it, with words, counts who is there, and prints its poster."""

from flask import Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import limits
from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.i18n import lang
from core.once import once
from core.people import queries as people
from core.people.views import refuse_suspended
from core.places import queries as places
from core.refusal import Refusal, Sort
from core.saved import saved
from game.gatherings import service, when
from game.gatherings.course import HOST
from game.gatherings.forms import CHOOSE_SPOT, CancelForm, CardForm, MoveForm, OthersForm
from game.gatherings.keeping import Keeper
from game.gatherings.views import code_of, find, gathering_page, must_keep, spots

MOST = "300 per hour"  # taps of who counts
PAPER = ("a4", "a3")


def init_app(app: Flask) -> None:
    """Register the pages."""
    add = app.add_url_rule
    add("/w/<slug>/gatherings/<key>/move", "gatherings.move", move, methods=["POST"])
    add("/w/<slug>/gatherings/<key>/cancel", "gatherings.cancel", cancel, methods=["POST"])
    add("/w/<slug>/gatherings/<key>/others", "gatherings.others", others, methods=["POST"])
    add("/w/<slug>/gatherings/<key>/seen", "gatherings.seen", seen, methods=["POST"])
    add("/w/<slug>/gatherings/<key>/poster", "gatherings.poster", poster)


@may("gathering.keep")
def move(key: str) -> BaseResponse:
    """Another day, other hours or another place."""
    refuse_suspended()
    by = must_keep(find(key).key)
    form = MoveForm(request.form)
    on_refusal(lambda: gathering_page(key, move=form), form)
    form.spot.among = [spot for spot, _name, _lang in spots()]
    form.must_fit()
    moment = when.read(form.day.data, form.begins.data, form.until.data)
    with writing():
        find(key, lock=True)
        once(form.twin, lambda: _move(key, form, moment, by))
    return saved(url_for("gatherings.show", key=key), _l("Moved. Everybody reads where and when it is now."), "steps")


def _move(key: str, form: MoveForm, moment: when.When, by: Keeper) -> str:
    spot = places.by_key(g.neighbourhood.id, form.spot.data)
    if spot is None:
        raise Refusal(CHOOSE_SPOT, Sort.INVALID, field="spot")
    step = service.move(find(key), spot, moment, by, form.words.data, lang())
    _log("gathering.move", key, by, form.words.data)
    return str(step.id)


@may("gathering.keep")
def cancel(key: str) -> BaseResponse:
    """It does not go on."""
    refuse_suspended()
    by = must_keep(find(key).key)
    form = CancelForm(request.form)
    on_refusal(lambda: gathering_page(key, cancel=form), form)
    form.must_fit()
    with writing():
        find(key, lock=True)
        once(form.twin, lambda: _cancel(key, form, by))
    return saved(url_for("gatherings.show", key=key), _l("Cancelled. Everybody reads why."), "steps")


def _cancel(key: str, form: CancelForm, by: Keeper) -> str:
    step = service.cancel(find(key), by, form.words.data, lang())
    _log("gathering.cancel", key, by, form.words.data)
    return str(step.id)


@may("gathering.keep")
def others(key: str) -> BaseResponse:
    """One more without a phone, or one less."""
    refuse_suspended()
    by = must_keep(find(key).key)
    form = OthersForm(request.form)
    on_refusal(lambda: gathering_page(key, others_form=form), form)
    limits.spend(limits.by_who("counted", MOST))
    form.must_fit()
    with writing():
        find(key, lock=True)
        once(form.twin, lambda: _count(key, int(form.more.data), by))
    return saved(url_for("gatherings.show", key=key), _l("Counted."), "count")


def _count(key: str, more: int, by: Keeper) -> str:
    service.count_others(find(key), more)
    _log("gathering.count", key, by)
    return key


@may("gathering.keep")
def seen(key: str) -> BaseResponse:
    """Somebody shows their card: they are counted too."""
    refuse_suspended()
    by = must_keep(find(key).key)
    form = CardForm(request.form)
    on_refusal(lambda: gathering_page(key, card=form), form)
    limits.spend(limits.by_who("counted", MOST))
    form.must_fit()
    with writing():
        gathering = find(key)
        person = people.by_tag(g.neighbourhood.id, form.letters.data)
        if person is None:
            raise Refusal(_l("Nobody here has these letters. Look once more."), Sort.INVALID, field="letters")
        service.see(gathering, person.player_key)
        _log("gathering.count", key, by)
    return saved(url_for("gatherings.show", key=key), _l("Counted."), "count")


@may("gathering.keep")
def poster(key: str) -> str:
    """Its poster with the code, on A4 or on A3 with ?paper=a3: for the door, and for the table."""
    gathering = find(key)
    if g.person is None:
        abort(404)
    must_keep(key)
    paper = request.args.get("paper", "")
    return render_template(
        "game/gatherings/poster.html", gathering=gathering, code=code_of(gathering),
        paper=paper if paper in PAPER else PAPER[0],
    )  # fmt: skip


def _log(action: str, key: str, by: Keeper, reason: str | None = None) -> None:
    """What a host does of somebody else's gathering stands in the log (docs/rules.md §3)."""
    if by.as_what == HOST:
        audit.record(action, key, g.neighbourhood.id, by.who, acting_as("headquarters.host"), reason)
