"""A coordinator makes screens, names them and turns them off (docs/rules.md §3, ‡)."""

from flask import Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, codes
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.menus import TEAM, Group, Line, always
from core.once import is_first
from core.people.views import reread
from core.saved import saved
from core.walls import queries, service
from core.walls.forms import NameForm, NewForm
from core.walls.models import Wall


def init_app(app: Flask) -> None:
    """Register the pages, and the way to them for who may."""
    add, all_ = app.add_url_rule, "/w/<slug>/staff/walls"
    add(all_, "walls.kept", kept)
    add(all_, "walls.make", make, methods=["POST"])
    add(f"{all_}/<key>/name", "walls.rename", rename, methods=["POST"])
    add(f"{all_}/<key>/end", "walls.end", end, methods=["POST"])
    TEAM.add(app, "walls", always(Line("walls.kept", "huis", _l("Screens in the house"), group=Group.HOUSE)), order=32)


@may("wall.keep")
def kept() -> str:
    """The screens that are on, and the form for another."""
    return _page(NewForm())


def _page(form: NewForm, fault: tuple[str, NameForm] | None = None) -> str:
    rows = [(wall, clock.day_of(wall.made_at), _filled(wall, fault)) for wall in queries.of(g.neighbourhood.id)]
    return render_template("core/walls/kept.html", walls=rows, form=form)


@may("wall.keep")
def make() -> str | BaseResponse:
    """A screen; its address stands on this page and never again."""
    form = NewForm(request.form)
    on_refusal(lambda: _page(form), form)
    form.must_fit()
    with writing():
        secret = service.make(reread(), acting_as(), form.name.data) if is_first(form.twin) else None
    if secret is None:
        return saved(
            url_for("walls.kept"), _l("That screen was made already. Make a new one if nobody kept its address.")
        )
    address = g.public_url + url_for("walls.show", token=secret)
    return render_template("core/walls/made.html", name=form.name.data, address=address, qr=codes.qr(address))


@may("wall.keep")
def rename(key: str) -> BaseResponse:
    """It hangs elsewhere, or was misspelled."""
    form = NameForm(request.form)
    on_refusal(lambda: _page(NewForm(), (key, form)), form)
    form.must_fit()
    with writing():
        service.rename(_held(key), reread(), acting_as(), form.name.data)
    return saved(url_for("walls.kept"), _l("Saved. The screen has this name now."))


@may("wall.keep")
def end(key: str) -> BaseResponse:
    """Off for good: what hangs there is dark at its next look."""
    with writing():
        service.end(_held(key), reread(), acting_as())
    return saved(url_for("walls.kept"), _l("Done. That screen is off within a minute."))


def _held(key: str) -> Wall:
    return queries.by_key(g.neighbourhood.id, key) or abort(404)


def _filled(wall: Wall, fault: tuple[str, NameForm] | None) -> NameForm:
    """The form of one that is on: as it was sent where it did not fit."""
    form = fault[1] if fault and fault[0] == wall.key else NameForm(data={"name": wall.name})
    form.name.id = f"name-{wall.key}"
    return form
