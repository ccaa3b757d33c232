"""A coordinator makes teams and letters, prints the letters once, and ends both."""

from flask import Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import codes
from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.menus import TEAM, Group, Line, always
from core.once import is_first, once
from core.refusal import Refusal
from core.saved import saved
from game.scoring.queries import published
from game.teams import letters, queries, service
from game.teams.forms import SheetForm, TeamForm
from game.teams.models import JOINS, LetterSheet


def init_app(app: Flask) -> None:
    """Register the pages."""
    add, under = app.add_url_rule, "/w/<slug>/staff/letters"
    add(under, "teams.staff", staff)
    add(f"{under}/print", "teams.make_letters", make_letters, methods=["POST"])
    add(f"{under}/end", "teams.end_letters", end_letters, methods=["POST"])
    add("/w/<slug>/staff/teams", "teams.make", make, methods=["POST"])
    add("/w/<slug>/staff/teams/end", "teams.end", end, methods=["POST"])
    TEAM.add(
        app, "letters", always(Line("teams.staff", "tekst", _l("Teams and letters"), group=Group.SEASON)), order=62
    )


@may("letter.make")
def staff() -> str:
    """Letters to make, the teams, and the letters that are out there."""
    return _staff(SheetForm(), TeamForm())


def _staff(sheet: SheetForm, team: TeamForm) -> str:
    here = g.neighbourhood.id
    teams = queries.teams(here)
    out = [(one, many, published(joins)) for one, many, joins in queries.sheets(here)]
    return render_template(
        "game/teams/staff.html", teams=teams, whose=[(one.key, one.name, "nl") for one in teams], sheets=out,
        sheet=sheet, form=team, many=[(number, number) for number in service.MANY], until=service.last_day(here),
    )  # fmt: skip


@may("letter.make")
def make_letters() -> str:
    """The letters, to print on this page and never again."""
    form = SheetForm(request.form)
    form.team.among = {one.key for one in queries.teams(g.neighbourhood.id)}
    on_refusal(lambda: _staff(form, TeamForm()), form)
    form.must_fit()
    with writing():
        if not is_first(form.twin):
            raise Refusal(_l("These letters were made already. Their codes are shown only once."))
        team = queries.team(g.neighbourhood.id, form.team.data)
        sheet, made = service.make_letters(g.neighbourhood.id, team, int(form.many.data))
        _note("letters.make", sheet.key)
    return _printed(sheet, made)


def _printed(sheet: LetterSheet, made: list[str]) -> str:
    page = g.public_url + url_for("teams.letter")
    slips = [(letters.spaced(code), codes.qr(f"{page}#{code}")) for code in made]
    return render_template(
        "print/letters.html", slips=slips, sheet=sheet, joins=JOINS, address=page.partition("://")[2]
    )


@may("letter.make")
def end_letters() -> BaseResponse:
    """The letters of a sheet serve no more."""
    sheet = queries.sheet(g.neighbourhood.id, request.form.get("sheet", "")) or abort(404)
    key = sheet.key
    with writing():
        service.end_letters(queries.sheet(g.neighbourhood.id, key) or abort(404))
        _note("letters.end", key)
    return saved(url_for("teams.staff"), _l("Done. These letters open nothing now."), "letters")


@may("letter.make")
def make() -> BaseResponse:
    """A team."""
    form = TeamForm(request.form)
    on_refusal(lambda: _staff(SheetForm(), form), form)
    form.must_fit()
    with writing():
        once(form.twin, lambda: _make(form.name.data))
    return saved(url_for("teams.staff"), _l("Saved. Now print letters for this team."), "teams")


def _make(name: str) -> str:
    made = service.make_team(g.neighbourhood.id, name)
    _note("team.make", made.key)
    return made.key


@may("letter.make")
def end() -> BaseResponse:
    """A team is over: nobody is of it any more."""
    team = queries.team(g.neighbourhood.id, request.form.get("team", "")) or abort(404)
    key = team.key
    with writing():
        service.end_team(queries.team(g.neighbourhood.id, key) or abort(404))
        _note("team.end", key)
    return saved(url_for("teams.staff"), _l("Done. That team is over."), "teams")


def _note(action: str, about: str) -> None:
    audit.record(action, about, g.neighbourhood.id, g.person.player_key, acting_as())
