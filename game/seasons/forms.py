"""What the forms of a season say, within bounds."""

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from core import clock
from core.forms import ClientKey, Day, Form, Line, Misfit, Pick
from game.seasons.models import Season
from game.seasons.service import LENGTHS

AHEAD = timedelta(days=366)  # how far from now a season may begin
LONGEST_THEME = 60
LANGUAGES = ("nl", "en")
NEEDS_DAY = _l("Write the first day as year-month-day, such as 2027-03-01.")


class ThemeForm(Form):
    """What can be changed of a season in which people met already."""

    theme_nl = Line(LONGEST_THEME, _l("A season has a theme of at most 60 letters, in Dutch."), name="theme-nl")
    theme_en = Line(LONGEST_THEME, name="theme-en")

    @property
    def texts(self) -> dict[str, Any]:
        """The theme: language → {"theme"}."""
        said = {"nl": self.theme_nl.data, "en": self.theme_en.data}
        return {code: {"theme": theme} for code, theme in said.items() if theme}

    def stays(self, season: Season) -> None:
        """The days of now may stay what they are."""


class SeasonForm(ThemeForm):
    """A theme, a first day and a length."""

    starts_on = Day(NEEDS_DAY)
    days = Pick([str(number) for number in LENGTHS], _l("A season takes 24 to 28 days."), default=str(LENGTHS[-1]))

    was: date | None = None

    def stays(self, season: Season) -> None:
        self.was = season.starts_on
        self.days.among = {*self.days.among, str(season.length)}

    @property
    def length(self) -> int:
        """How many days."""
        return int(self.days.data)

    def validate_starts_on(self, field: Day) -> None:
        """Today or within a year, and yesterday for people who are a day late."""
        if field.data not in (None, self.was):
            _must_be_near(field.data)


class NewSeasonForm(SeasonForm):
    """The first day is one of those offered, or another."""

    client_key = ClientKey()
    another_day = Day()

    @property
    def first_day(self) -> date:
        """The day it begins."""
        day: date = self.another_day.data or self.starts_on.data
        return day

    def validate_another_day(self, field: Day) -> None:
        """The same as the days offered."""
        if field.data:
            _must_be_near(field.data)


def filled(season: Season, form: type[ThemeForm]) -> ThemeForm:
    """A season as the fields of its form."""
    said: dict[str, Any] = {f"theme_{code}": season.texts.get(code, {}).get("theme", "") for code in LANGUAGES}
    return form(data={**said, "starts_on": season.starts_on, "days": str(season.length)})


def _must_be_near(day: date) -> None:
    if not clock.today() - timedelta(days=1) <= day <= clock.today() + AHEAD:
        raise Misfit(_l("A season begins today or within a year."))
