"""Lessons for everybody, without an account: the list, the page of one, its tasks as a crew sees them, and its file."""

from flask import Blueprint, Flask, Response, abort, g, jsonify, render_template

from core.guard import Role, may, may_open
from core.menus import way_to
from core.pages import panels as home
from tours.lessons import files, queries, tasks
from tours.lessons.lesson import Lesson, whole
from tours.lessons.levels import LEVELS, TAGS
from tours.lessons.models import Kit
from tours.lessons.paper import SHEETS, counted
from tours.stories import text
from tours.walks.views import line

bp = Blueprint("lessons", __name__, url_prefix="/w/<slug>/lessons")


def init_app(app: Flask) -> None:
    """Register the pages, and what home says of lessons."""
    app.register_blueprint(bp)
    home.PANELS.add(app, "lessons", _panel, order=67)
    app.add_template_global(drawn_task)
    app.add_template_global(lambda name: LEVELS[name].label, "level_of")


@bp.get("")
@may("public.read")
def index() -> str:
    """The lessons of the neighbourhood."""
    return render_template("tours/lessons/index.html", kits=queries.of(g.neighbourhood.id))


@bp.get("/<lesson>")
@may("public.read")
def show(lesson: str) -> str | tuple[str, int]:
    """What it is for, how it goes, what one needs, and all of it on paper. Of one that is gone its address says so."""
    kit = seen(lesson)
    if kit is None:
        return gone(lesson)
    found = whole(kit)
    return render_template(
        "tours/lessons/show.html", lesson=found, kit=kit, content=found.content, tags=TAGS, sheets=SHEETS,
        counts=counted(found), line=line(kit.tour, [halt.shown.stop for halt in found.halts]),
        opens=way_to("open a class", plan=f"lesson {kit.key}"),
    )  # fmt: skip


@bp.get("/<lesson>/stop/<int(max=99):number>")
@may("public.read")
def look(lesson: str, number: int) -> str:
    """A stop as a crew sees it. What is filled in here goes nowhere."""
    found = whole(seen(lesson) or abort(404))
    halt = next((one for one in found.halts if one.number == number), None) or abort(404)
    return render_template(
        "tours/lessons/look.html", lesson=found, kit=found.kit, halt=halt, told=halt.told,
        words=text.shown(halt.told.story.words) if halt.told else "",
    )  # fmt: skip


@bp.get("/<lesson>/lesson.json")
@may("public.read")
def export(lesson: str) -> Response:
    """The kit as a file, for another neighbourhood or to keep."""
    found = whole(seen(lesson) or abort(404))
    answer = jsonify(files.written(found, g.neighbourhood.slug))
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.kit.slug}.json"'
    return answer


def seen(slug: str) -> Kit | None:
    """A kit that who asks may see: one of everybody, and of who makes lessons their own."""
    if not may_open("lessons.made"):
        return queries.one(g.neighbourhood.id, slug)
    return queries.one(g.neighbourhood.id, slug, g.person.player_key, sees_all())


def sees_all() -> bool:
    """Whether who asks may work on what others make."""
    return bool(g.roles & {Role.EDITOR, Role.COORDINATOR})


def gone(slug: str) -> tuple[str, int]:
    """What its address says of a lesson that everybody saw once; 404 for what never was one."""
    was = queries.was_here(g.neighbourhood.id, slug)
    if was is None or was.published_at is None:
        abort(404)
    return render_template("tours/lessons/gone.html"), 410


def drawn_task(lesson: Lesson, task: tasks.Task, on_paper: bool = False, **answered: object) -> str:
    """A task on a screen or on paper, as HTML. `answered`: `answer` and `prefix`, on a screen."""
    template = tasks.paper(task) if on_paper else tasks.screen(task)
    said = {"answer": {}, "prefix": f"{task.key}-", **answered}
    return render_template(template, task=task, said=task.said, told=lesson.told, spoken=lesson.kit.language, **said)


def _panel() -> str | None:
    """On home: the lessons there are."""
    found = queries.of(g.neighbourhood.id)
    return render_template("tours/lessons/panel.html", how_many=len(found)) if found else None
