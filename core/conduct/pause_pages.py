"""The page of the pauses: those that run, and a form for another. No list of residents: six letters say who."""

from flask import Flask, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext
from werkzeug.wrappers import Response as BaseResponse

from core import codes
from core.conduct import pauses, suspending
from core.conduct.forms import PauseForm
from core.database import writing
from core.errors import on_refusal
from core.guard import Role, acting_as, may
from core.people import queries as people
from core.people.household_pages import by_letters
from core.people.views import reread
from core.refusal import Sort, about
from core.saved import saved
from core.security import limiter

often = limiter.limit("60 per hour", key_func=lambda: g.person.player_key)


def init_app(app: Flask) -> None:
    """Register the pages beside those of the desk, whose names they share."""
    add, under = app.add_url_rule, "/w/<slug>/desk/pauses"
    add(under, "desk.pauses", show)
    add(under, "desk.suspend", suspend, methods=["POST"])
    add(f"{under}/long", "desk.suspend_long", suspend_long, methods=["POST"])
    add(f"{under}/<key>/end", "desk.resume", resume, methods=["POST"])


@may("player.resume")
def show() -> str:
    """The pauses that run here; and who, how long and why, as far as the asker may."""
    return _page(PauseForm(data={"letters": codes.SHORT.read(request.args.get("tag", "")) or ""}))


def _page(form: PauseForm) -> str:
    running, longest = pauses.running(g.neighbourhood.id), _longest()
    lengths = suspending.LENGTHS.get(longest, ())
    return render_template(
        "core/desk/pauses.html", running=running, names=people.by_player_keys({one.by for one, _person in running}),
        form=form, reasons=pauses.REASONS, own=g.person.player_key, is_long=longest == Role.COORDINATOR,
        lengths=[(str(days), lazy_ngettext("%(num)d day", "%(num)d days", days)) for days in lengths],
        asks_again=Role.COORDINATOR in g.roles and not g.get("is_proved"),
    )  # fmt: skip


@may("player.suspend")
@often
def suspend() -> BaseResponse:
    """An editor gives a pause of at most a week."""
    return _suspend()


@may("player.suspend_long")
@often
def suspend_long() -> BaseResponse:
    """A coordinator gives a pause of at most thirty days."""
    return _suspend()


@may("player.resume")
def resume(key: str) -> BaseResponse:
    """It is over now."""
    with writing():
        suspending.resume(reread(), acting_as(), key)
    return saved(url_for("desk.pauses"), _l("This pause is over."))


def _suspend() -> BaseResponse:
    form = PauseForm(request.form)
    on_refusal(lambda: _page(form), form, Sort.UNKNOWN)  # letters that nobody has
    form.must_fit()
    with writing():
        me = reread()
        with about("letters"):
            person = by_letters(me, form.letters.data)
        suspending.suspend(me, acting_as(), person, int(form.days.data), form.reason.data, form.note.data)
    return saved(url_for("desk.pauses"), _l("Done. They read who, why and your note. They may ask another editor."))


def _longest() -> Role:
    """The role by which the asker gives a pause now: as a coordinator only once they showed that it is them."""
    if Role.COORDINATOR in g.roles and g.get("is_proved"):
        return Role.COORDINATOR
    return Role.EDITOR if Role.EDITOR in g.roles else Role.PLAYER
