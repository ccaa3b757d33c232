"""The team's list of choices, and a coordinator who opens one."""

import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from hashlib import sha256

from flask import Flask, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.i18n import lang
from core.menus import COUNTS, TEAM, Group, Line, always
from core.once import once
from core.photos import prepare
from core.photos.prepare import Prepared
from core.refusal import Sort, about
from core.saved import saved
from core.security import FORM_BYTES, takes
from core.storage import storage
from game.choices import queries, service
from game.choices.forms import OpenForm
from game.choices.service import MOST

PARTS = 40  # fields and files: four of each option, and those of the choice


def init_app(app: Flask) -> None:
    """Register the pages and the line on the page of the team."""
    add, under = app.add_url_rule, "/w/<slug>/staff/choices"
    add(under, "choices.staff", staff)
    add(f"{under}/new", "choices.new", new)
    add(f"{under}/new", "choices.do_new", do_new, methods=["POST"])
    TEAM.add(
        app, "choices", always(Line("choices.staff", "vinkje", _l("Choosing together"), group=Group.TOGETHER)), order=23
    )
    COUNTS.add(app, "choices.staff", lambda: queries.to_do(g.neighbourhood.id) or "")


@may("choice.paper")
def staff() -> str:
    """The choices: paper to hand out and to count, and outcomes to write."""
    here = g.neighbourhood.id
    return render_template("game/choices/staff.html", open=queries.open_in(here), closed=queries.closed_in(here))


@may("choice.open")
def new() -> str:
    """An empty form."""
    return _page(OpenForm())


def _page(form: OpenForm) -> str:
    return render_template("game/choices/new.html", form=form)


@may("choice.open")
@takes(MOST * prepare.MAX_BYTES + FORM_BYTES, parts=PARTS)
def do_new() -> BaseResponse:
    """It opens, for everybody who plays here now."""
    form, sent = OpenForm(request.form), _sent()
    form.pictured = sent.keys()
    on_refusal(lambda: _page(form), form, Sort.UNSUPPORTED, Sort.TOO_LARGE)
    form.must_fit()
    with ExitStack() as after:
        pictures = {number: _redrawn(upload, number, after) for number, upload in sent.items()}
        twin = sha256(f"{form.twin} {[one.sha256 for one in pictures.values()]}".encode()).hexdigest()
        with writing():
            key = once(twin if form.twin else "", lambda: _open(form, pictures))
    return saved(url_for("choices.show", key=key), _l("It is open. Everybody who plays here now can choose."))


def _sent() -> dict[int, FileStorage]:
    """The pictures that came along, by the number of their option in the form."""
    uploads = {number: request.files.get(f"picture_{number}") for number in range(1, MOST + 1)}
    return {number: upload for number, upload in uploads.items() if upload and upload.filename}


def _redrawn(upload: FileStorage, number: int, after: ExitStack) -> Prepared:
    with about(f"picture_{number}"):
        made = prepare.prepare(upload.stream, storage().tmp())
    after.callback(shutil.rmtree, made.folder, ignore_errors=True)  # gone already when it was kept
    return made


def _open(form: OpenForm, pictures: Mapping[int, Prepared]) -> str:
    me, here = g.person.player_key, g.neighbourhood.id
    said = service.Wording(form.title.data, form.fixed.data, form.undecided.data, form.offered(pictures))
    made = service.open_choice(here, me, said, form.mode.data, form.closes_on.data, lang())
    audit.record("choice.open", made.key, here, me, acting_as())
    return made.key
