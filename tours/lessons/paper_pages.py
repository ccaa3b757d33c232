"""A lesson on paper: all of it in one go, or a part. The browser prints (docs/decisions/0015)."""

from flask import abort, g, render_template, request, url_for
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from core import clock, codes
from core.basemap.extract import CREDIT
from core.guard import may
from core.maps import drawings
from tours.lessons.lesson import Lesson, whole
from tours.lessons.levels import LEVELS, TAGS
from tours.lessons.paper import SHEETS, SIGNS
from tours.lessons.views import bp, seen
from tours.walks import on_paper, paper_map
from tours.walks.print_pages import codes_of
from tours.walks.views import line

LETTERS = ("nl", "en")


@bp.get("/<lesson>/paper")
@may("public.read")
def paper(lesson: str) -> str:
    """All of it, or with ?part= one part; with ?level= with lines to write on for another group."""
    found = whole(seen(lesson) or abort(404))
    part, level = request.args.get("part", ""), request.args.get("level", "")
    pieces = on_paper.pieces(found.kit.tour)
    address = g.public_url + url_for("lessons.show", lesson=found.kit.slug)
    return render_template(
        "tours/lessons/print/all.html", lesson=found, kit=found.kit, content=found.content, tour=found.kit.tour,
        parts=[part] if part in SHEETS else list(SHEETS), sheets=SHEETS, tags=TAGS, levels=LEVELS, pieces=pieces,
        level=LEVELS.get(level) or LEVELS[found.kit.level], codes=codes_of(pieces), signs=SIGNS, today=clock.today(),
        letters=[_letter(found, code) for code in LETTERS], map=_map(found), qr=codes.qr(address),
        address=address.partition("://")[2], map_credit=_credit(found),
    )  # fmt: skip


def _letter(lesson: Lesson, code: str) -> Markup:
    """The letter to parents in a language."""
    with force_locale(code):
        said = render_template("tours/lessons/print/letter.html", lesson=lesson, kit=lesson.kit, said=str(get_locale()))
    return Markup(said)  # nosec: our template


def _map(lesson: Lesson) -> str:
    drawn = line(lesson.kit.tour, [halt.shown.stop for halt in lesson.halts])
    label = _("Map: the walk with its stops. The list says the same.")
    return paper_map.draw(label, drawings.of(g.neighbourhood), drawn["stops"], drawn["legs"]) if drawn["stops"] else ""


def _credit(lesson: Lesson) -> str:
    drawn = drawings.of(g.neighbourhood)
    return (drawn.credit if drawn else "") or (CREDIT if on_paper.is_of_the_map(lesson.kit.tour) else "")
