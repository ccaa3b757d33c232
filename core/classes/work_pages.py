"""What a class made: the teacher looks at each; what they let through hangs in the gallery, on paper and in a zip."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from flask import Flask, Response, abort, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core.classes import crew_pages, queries, service
from core.classes.activities import ACTIVITIES
from core.classes.animals import ANIMALS
from core.classes.models import SchoolClass, Work
from core.classes.onwards import ONWARDS
from core.classes.teacher_pages import own, shared
from core.database import writing
from core.guard import may
from core.media import service as media
from core.people.own_data import packed
from core.saved import saved

A_SCREEN = 6  # works on the board at once


class Made(NamedTuple):
    """Something that a crew handed in, as a page shows it."""

    work: Work
    lines: Sequence[str]
    place: str
    task: str
    url: str | None  # of its picture


def init_app(app: Flask) -> None:
    """Register the pages."""
    add, one = app.add_url_rule, "/w/<slug>/staff/classes/<key>"
    add(f"{one}/work", "classes.works", works)
    add(f"{one}/work/<work>", "classes.judge", judge, methods=["POST"])
    add(f"{one}/work/<work>.webp", "classes.picture", picture)
    add(f"{one}/gallery", "classes.gallery", gallery)
    add(f"{one}/gallery/print", "classes.gallery_sheets", sheets)
    add(f"{one}/gallery.zip", "classes.gallery_zip", as_zip)


@may("class.keep")
def works(key: str) -> str:
    """Everything that came in, to look at one by one."""
    here = own(key)
    found = queries.works(here)
    ways = [onward.beside(here, found) for onward in ONWARDS.all()]
    return render_template("core/classes/works.html", **shared(here), works=_made(here, found), ways=ways)


@may("class.keep")
def judge(key: str, work: str) -> BaseResponse:
    """Into the gallery, out of it, or gone for good."""
    wanted = request.form.get("do", "")
    with writing():
        found = queries.work(own(key, held=True), work)
        if wanted == "away":
            service.take_away([found] if found else [])
        elif found and wanted in ("show", "hide"):
            service.let_show(found, wanted == "show")
        else:
            abort(404 if found is None else 400)
    return saved(url_for("classes.works", key=key), SAYS[wanted], "" if wanted == "away" else f"work-{work}")


SAYS = {
    "show": _l("It hangs in the gallery."),
    "hide": _l("It does not hang in the gallery."),
    "away": _l("Gone for good."),
}


@may("class.keep")
def picture(key: str, work: str) -> Response:
    """A picture that somebody of the class handed in."""
    return crew_pages.send(queries.work(own(key), work), "medium")


@may("class.keep")
def gallery(key: str) -> str:
    """Six works at a time, for the board in the classroom."""
    here = own(key)
    made = _made(here, queries.works(here, shown=True))
    last = max(1, -(-len(made) // A_SCREEN))
    asked = request.args.get("page", "1")
    page = min(max(int(asked) if asked.isdecimal() and len(asked) < 4 else 1, 1), last)
    shown = made[(page - 1) * A_SCREEN : page * A_SCREEN]
    return render_template("core/classes/gallery.html", **shared(here), works=shown, page=page, last=last)


@may("class.keep")
def sheets(key: str) -> str:
    """The same on sheets of A4; the browser saves them as PDF (docs/decisions/0015)."""
    here = own(key)
    made = _made(here, queries.works(here, shown=True))
    pages = [made[at : at + A_SCREEN] for at in range(0, len(made), A_SCREEN)]
    return render_template("core/classes/gallery_sheets.html", **shared(here), pages=pages)


@may("class.keep")
def as_zip(key: str) -> Response:
    """The same as files: a text with all words, and the pictures. No name of a pupil stands in any."""
    here = own(key)
    made = _made(here, queries.works(here, shown=True))
    texts = {"gallery.txt": "\n\n".join(_lines(made))}
    return Response(
        packed(texts, list(_files(made))), mimetype="application/zip",
        headers={"Content-Disposition": f'attachment; filename="gallery-{here.day.isoformat()}.zip"'},
    )  # fmt: skip


def _made(here: SchoolClass, found: Sequence[Work]) -> list[Made]:
    plan, activity = service.plan_of(here), ACTIVITIES.of(here.kind)

    def of(work: Work) -> Made:
        at = plan.task(work.task) if plan else None
        number, task = at or (0, None)
        lines = activity.told(task, work.said).splitlines() if activity and task else []
        url = url_for("classes.picture", key=here.key, work=work.key) if work.media else None
        place = plan.stops[number - 1].title if plan and number else ""
        return Made(work, lines, place, task.title if task else "", url)

    return [of(work) for work in found]


def _lines(made: list[Made]) -> Iterator[str]:
    for one in made:
        yield "\n".join([f"{ANIMALS[one.work.crew.animal].name} · {one.place}", one.task, *one.lines])


def _files(made: list[Made]) -> Iterator[tuple[str, Path]]:
    for number, one in enumerate(made, 1):
        if one.work.media and (file := media.file(one.work.media, "large.webp")):
            yield f"{number:02d}-{one.work.crew.animal}.webp", file
