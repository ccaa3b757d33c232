"""What becomes of a promise, said by its maker and who it was made to; who is against it; who keeps it then."""

from flask import Flask, g, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import limits
from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.guard import Role, acting_as, may
from core.i18n import lang
from core.once import once
from core.people import queries as people
from core.people.views import refuse_suspended
from core.refusal import Refusal, Sort
from core.saved import saved
from game.promises import service
from game.promises.course import COORDINATOR
from game.promises.forms import NameForm, StepForm, SuccessorForm
from game.promises.views import find, promise_page

MOST = "60 per hour"  # that somebody says to be against something, or takes it back


def init_app(app: Flask) -> None:
    """Register the pages."""
    add = app.add_url_rule
    for name, view in (("step", step), ("against", against), ("not-against", not_against), ("name", name_receiver)):
        add(f"/w/<slug>/promises/<key>/{name}", f"promises.{name.replace('-', '_')}", view, methods=["POST"])
    add("/w/<slug>/staff/promises/<key>", "promises.succeed", succeed, methods=["POST"])


@may("promise.step")
def step(key: str) -> BaseResponse:
    """Kept, changed, broken or let go, with words."""
    refuse_suspended()
    if not service.parts(find(key).key, g.person.player_key, g.roles):
        raise Refusal(_l("Only who made it can say that, or who it was made to."), Sort.FORBIDDEN)
    form = StepForm(request.form)
    on_refusal(lambda: promise_page(key, form=form), form)
    form.must_fit()
    with writing():
        find(key, lock=True)
        once(form.twin, lambda: _step(key, form))
    return saved(url_for("promises.show", key=key), _l("Done. Everybody reads it."), "steps")


def _step(key: str, form: StepForm) -> str:
    me = g.person.player_key
    taken = service.step(find(key), form.to.data, me, g.roles, form.words.data, lang(), form.day.data)
    if taken.as_what == COORDINATOR:
        audit.record("promise.release", key, g.neighbourhood.id, me, Role.COORDINATOR, form.words.data)
    return str(taken.id)


@may("promise.step")
def against(key: str) -> BaseResponse:
    """I would rather not have it so."""
    refuse_suspended()
    limits.spend(limits.by_who("against a promise", MOST))
    with writing():
        service.disagree(find(key), g.person.player_key, bool(NameForm(request.form).shows_name.data))
    return saved(url_for("promises.show", key=key), _l("Done. It says that somebody would rather not."), "against")


@may("promise.step")
def not_against(key: str) -> BaseResponse:
    """Not any more."""
    with writing():
        service.agree_again(find(key).key, g.person.player_key)
    return saved(url_for("promises.show", key=key), _l("Done. You took it back."), "against")


@may("promise.step")
def name_receiver(key: str) -> BaseResponse:
    """Whether the name of who it was made to may stand there."""
    with writing():
        service.show_receiver(find(key).key, g.person.player_key, bool(NameForm(request.form).shows_name.data))
    return saved(url_for("promises.show", key=key), _l("Done."), "against")


@may("promise.succeed")
def succeed(key: str) -> BaseResponse:
    """A coordinator names who keeps it for the organisation from now on."""
    form = SuccessorForm(request.form)
    on_refusal(lambda: promise_page(key, successor=form), form)
    form.must_fit()
    with writing():
        person = people.by_tag(g.neighbourhood.id, form.letters.data)
        if person is None:
            raise Refusal(_l("Nobody here has these letters. Look once more."), Sort.INVALID, field="letters")
        service.succeed(find(key, lock=True), person.player_key)
        audit.record("promise.succeed", key, g.neighbourhood.id, g.person.player_key, acting_as())
    return saved(url_for("promises.show", key=key), _l("Done. They keep it from now on."), "steps")
