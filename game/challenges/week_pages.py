"""Makers choose the challenge of a week, ahead of time."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from flask import Flask, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.forms import Form
from core.guard import acting_as, may
from core.menus import TEAM, Group, Line, always
from core.refusal import about
from core.saved import saved
from game.challenges import forms, queries, service
from game.challenges.models import Challenge

AHEAD = 4  # weeks on the page, this one first


class Week(NamedTuple):
    """A week, what was chosen for it and whether that stays, and what can be chosen."""

    monday: date
    chosen: Challenge | None
    stays: bool
    choices: Sequence[Challenge]

    @property
    def was(self) -> str:
        """The key of what stands there when the page is shown."""
        return self.chosen.key if self.chosen and (self.stays or self.chosen in self.choices) else ""

    @property
    def options(self) -> list[tuple[str, str, str]]:
        """What can be chosen: key, words, and the language they are in."""
        return [(one.key, one.words["title"], one.words["lang"]) for one in self.choices]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.add_url_rule("/w/<slug>/staff/weeks", "challenges.weeks", weeks)
    app.add_url_rule("/w/<slug>/staff/weeks", "challenges.choose_weeks", choose_weeks, methods=["POST"])
    TEAM.add(
        app, "weeks", always(Line("challenges.weeks", "vlag", _l("Challenge of the week"), group=Group.MAKE)), order=75
    )


@may("challenge.make")
def weeks() -> str:
    """This week and those to come, each with what can be chosen for it."""
    coming = _coming()
    return _page(coming, _form(coming, {}))


@may("challenge.make")
def choose_weeks() -> BaseResponse:
    """Keep what was chosen. A week that the form does not name, or not otherwise than it was shown, stays as it is."""
    coming = _coming()
    form, mondays = _form(coming, request.form), [week.monday for week in coming]
    on_refusal(lambda: _page(_coming(), form), form)
    form.must_fit()
    with writing():
        for monday in mondays:
            if (key := form[f"{monday}"].data) != form[f"was-{monday}"].data:
                _choose(monday, key)
    return saved(url_for("challenges.weeks"), _l("These weeks are saved."))


def _choose(monday: date, key: str) -> None:
    with about(f"{monday}"):
        is_new = service.choose_week(g.neighbourhood.id, monday, key)
    if is_new:
        audit.record("challenge.week", f"{monday} {key}", g.neighbourhood.id, g.person.player_key, acting_as())


def _form(coming: Sequence[Week], said: Mapping[str, str]) -> Form:
    """What they said; a week that they did not name says what it says now."""
    shown: dict[str, str] = {}
    for week in coming:
        shown |= {f"{week.monday}": week.was, f"was-{week.monday}": week.was}
    return forms.of_weeks(week.monday for week in coming)(MultiDict({**shown, **said}))


def _page(coming: Sequence[Week], form: Form) -> str:
    this_week = clock.week_of(clock.today())
    return render_template("game/challenges/weeks.html", coming=coming, form=form, this_week=this_week)


def _coming() -> list[Week]:
    here, first = g.neighbourhood.id, clock.week_of(clock.today())
    return [
        Week(monday, chosen, service.stays(monday, chosen), queries.in_week(here, monday))
        for monday, chosen in queries.weeks(here, first, AHEAD)
    ]
