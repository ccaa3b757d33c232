"""What it does: one sentence to read aloud, then numbers as pictures, each with its table; the same on paper.

For the team. All of it is read from what was printed (docs/rules.md §9).
"""

from flask import Flask, Response, abort, g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from core import clock, codes, spreadsheet
from core.guard import may
from core.i18n import listed
from core.measures import measure, pictures, queries
from core.measures.measure import CALLED
from core.measures.queries import Printed, Report
from core.menus import TEAM, Group, Line, always

ON_PAPER = 5  # numbers beside each other
MOST_CHANGED = 4


def init_app(app: Flask) -> None:
    """Register the pages and their line on the page of the team."""
    add, under = app.add_url_rule, "/w/<slug>/insight"
    add(under, "measures.show", show)
    add(f"{under}/<season>", "measures.of", of)
    add(f"{under}/<season>/report", "measures.report", report)
    add(f"{under}/<season>/window", "measures.window", window)
    add(f"{under}/<season>/<measure>.csv", "measures.table", table)
    TEAM.add(
        app, "measures", always(Line("measures.show", "meten", _l("What does it do?"), group=Group.MEANS)), order=34
    )


@may("aggregates.read")
def show() -> str:
    """What is said of the newest season that has an edition."""
    return _page(queries.report(g.neighbourhood.id))


@may("aggregates.read")
def of(season: str) -> str:
    """The same of another season, by its first day."""
    return _page(_report(season))


@may("aggregates.read")
def report(season: str) -> str:
    """On A4, for the council and the housing association."""
    found = _report(season)
    told = [one for one in found.tables if one.total is not None]
    return render_template(
        "print/measures.html", report=found, sentence=_sentence(found), figures=told[:ON_PAPER], more=told[ON_PAPER:],
        lead=found.aloud, web=next((one for one in found.tables if one.measure.is_list and one.says_something), None),
        name_of=pictures.name_of, of=pictures.of, address=_address(),
    )  # fmt: skip


@may("aggregates.read")
def window(season: str) -> str:
    """One page for behind a window, in large letters and easy words."""
    found = _report(season)
    told = [one for one in found.tables if one.total is not None and one is not found.aloud]
    return render_template(
        "print/measures_window.html", report=found, sentence=_sentence(found), figures=told[:ON_PAPER],
        address=_address(), qr=codes.qr(g.public_url + url_for("pages.home")),
    )  # fmt: skip


@may("aggregates.read")
def table(season: str, measure: str) -> Response:
    """One table, for a spreadsheet."""
    found = _report(season).of(measure) or abort(404)
    rows = [(pictures.name_of(found.measure, row), _said(row.shown)) for row in found.rows]
    whole = [] if found.measure.is_list else [(_("The whole neighbourhood"), _said(found.total))]
    by = found.measure.by.label if found.measure.by else _("Of whom")
    return spreadsheet.table(f"{measure}-{found.until}", (str(by), str(found.measure.unit)), [*rows, *whole])


def _report(season: str) -> Report:
    """That of a season by its first day; else 404."""
    seasons = (one for one in measure.seasons_of(g.neighbourhood.id) if one.first.isoformat() == season)
    one = next(seasons, None)
    return (one and queries.of_season(one)) or abort(404)


def _page(found: Report | None) -> str:
    seasons = measure.seasons_of(g.neighbourhood.id)
    running = next((one for one in seasons if one.last >= clock.today()), None)
    return render_template(
        "core/measures/show.html", report=found, sentence=found and _sentence(found), CALLED=CALLED, seasons=seasons,
        changed=_changed(found) if found else [], unsaid=[one for one in found.tables if not one.says_something]
        if found else [], of=pictures.of, grown=pictures.grown, name_of=pictures.name_of,
        first=running and running.first + measure.WEEK,
    )  # fmt: skip


def _changed(report: Report) -> list[Printed]:
    """What changed most since the edition before."""
    some = [one for one in report.tables if one.changed is not None]
    return sorted(some, key=lambda one: -abs(one.changed or 0))[:MOST_CHANGED]


def _sentence(report: Report) -> str:
    """What can be read aloud: of how many, and about which parts of the neighbourhood nothing can be said."""
    lead = report.aloud
    if lead is None:
        return str(_("We count, but there is too little to say yet. Come and look again next week."))
    weeks = ngettext("%(num)d week", "%(num)d weeks", report.weeks)
    told = str(lead.measure.aloud) % {"weeks": weeks, "number": lead.total}
    return f"{told} {_of_whom_not(lead)}".strip()


def _of_whom_not(lead: Printed) -> str:
    unsaid = [row.zones[0] for row in lead.rows if row.zones and row.shown is None]
    return str(_("About %(zones)s we cannot say anything yet.", zones=listed(unsaid))) if unsaid else ""


def _said(shown: int | None) -> int | str:
    return _("too few to say") if shown is None else shown


def _address() -> str:
    return str(g.public_url.partition("://")[2])
