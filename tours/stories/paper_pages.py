"""A yes on paper: what waits for one, the sheet to print and sign, and where a host puts it in with what shows it.

Only stories that were told with a helper, on paper or by a child stand here: whoever tells alone says yes alone.
"""

import shutil
from contextlib import ExitStack
from pathlib import Path

from flask import Flask, Response, abort, g, render_template, request, send_file, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import codes, limits, menus
from core.contributions.models import Contribution
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.media import service as media
from core.once import is_first
from core.photos import prepare
from core.photos.prepare import Prepared
from core.refusal import Sort
from core.saved import saved
from core.security import FORM_BYTES, takes
from core.storage import storage
from tours.stories import entering, kind, queries
from tours.stories.forms import EnterForm
from tours.stories.views import bp

MOST = "40 per hour"
WHOSE = {"teller": _l("The teller"), kind.GUARDIAN: _l("Who cares for the teller")}


def init_app(app: Flask) -> None:
    """The way to it on the page of the team, and what shows a yes for the desk."""
    line = menus.Line("stories.papers", "tekst", _l("A yes to a story, on paper"), group=menus.Group.HOUSE)
    app.add_template_global(queries.evidence_of, "story_evidence")
    menus.TEAM.add(app, "papers", menus.always(line), order=32)


@bp.get("/paper")
@may("story.enter")
def papers() -> str:
    """The stories that wait for a yes that somebody may say on paper or aloud."""
    found = queries.wait_for_a_yes(g.neighbourhood.id)
    items = [(one, [WHOSE[each] for each in lacks]) for one in found if (lacks := entering.lacking(one))]
    return render_template("tours/stories/papers.html", items=items)


@bp.get("/paper/<key>")
@may("story.enter")
def paper(key: str) -> str:
    """The story as it would be read, and how they said yes to it."""
    return _page(_found(key), EnterForm())


@bp.post("/paper/<key>", endpoint="do_paper")
@may("story.enter")
@takes(prepare.MAX_BYTES + FORM_BYTES)
def do_paper(key: str) -> BaseResponse:
    """Their yes, with what shows it."""
    form = EnterForm(request.form)
    on_refusal(lambda: _page(_found(key), form), form, Sort.UNSUPPORTED, Sort.TOO_LARGE)
    limits.spend(limits.by_who("signed sheets", MOST))
    form.must_fit()
    with ExitStack() as after:
        sheet = _sheet(after)
        with writing():
            found = _found(key)
            if is_first(form.twin):
                entering.enter(found, form.seen.data, form.whose.data, form.how.data, form.note.data, sheet,
                               form.named.data, g.person.player_key, acting_as())  # fmt: skip
    return saved(url_for(".papers"), _l("Kept: they said yes."))


@bp.get("/paper/<key>/sheet")
@may("story.enter")
def sheet(key: str) -> str:
    """To print: the story in large letters, three boxes, and a line to sign on."""
    page = g.public_url + url_for("receipts.show")
    found = _found(key)
    return render_template(
        "tours/stories/sheet.html", one=found, words=queries.words_of(found.last.content), qr=codes.qr(page),
        address=page.partition("://")[2], lacks=entering.lacking(found), whose=WHOSE,
    )  # fmt: skip


@bp.get("/paper/<key>/signed/<int:number>.webp")
@may("story.edit")
def signed_sheet(key: str, number: int) -> Response:
    """The photo of a signed sheet, for editors alone."""
    found = queries.handed_in(g.neighbourhood.id, key)
    kept = entering.sheet(found, number) if found and found.who != g.person.player_key else None
    file = media.file(kept, "large.webp") if kept else None
    return send_file(file, mimetype="image/webp", etag=False, last_modified=None) if file else abort(404)


def _sheet(after: ExitStack) -> Prepared | None:
    """The photo of the signed sheet, redrawn."""
    upload = request.files.get("sheet")
    if upload is None or not upload.filename:
        return None
    prepared = prepare.prepare(upload.stream, storage().tmp())
    after.callback(_remove, prepared.folder)
    return prepared


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # gone already when it was kept


def _page(found: Contribution, form: EnterForm) -> str:
    lacks, telling = entering.lacking(found), queries.telling(found)
    if not form.whose.data and lacks:
        form.whose.data = lacks[0]
    return render_template(
        "tours/stories/paper.html", one=found, form=form, telling=telling, words=queries.words_of(found.last.content),
        lacks=[(each, WHOSE[each]) for each in lacks], how=list(entering.HOW.items()), max_bytes=prepare.MAX_BYTES,
    )  # fmt: skip


def _found(key: str) -> Contribution:
    """One that waits for such a yes, here; not one's own. Held until the end of the transaction."""
    found = queries.waits_for_a_yes(g.neighbourhood.id, key)
    if found is None or found.who == g.person.player_key or not entering.lacking(found):
        abort(404)
    return found
