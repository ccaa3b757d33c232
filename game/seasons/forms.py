"""What the forms of a season say, within bounds."""

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from core import clock
from core.forms import ClientKey, Day, Form, Line, Misfit, Number, Pick
from game.seasons.models import Season
from game.seasons.service import LENGTHS

AHEAD = timedelta(days=366)  # how far from now a season may begin
LONGEST_THEME = LONGEST_REWARD = 60
BRICKS = range(5, 501, 5)  # pairs are published in fives
LANGUAGES = ("nl", "en")
NEEDS_BRICKS = _l("Write a number of bricks in steps of five, from 5 to 500.")
NEEDS_DAY = _l("Write the first day as year-month-day, such as 2027-03-01.")


class ThemeForm(Form):
    """What can be changed of a season in which people met already."""

    theme_nl = Line(LONGEST_THEME, _l("A season has a theme of at most 60 letters, in Dutch."), name="theme-nl")
    theme_en = Line(LONGEST_THEME, name="theme-en")
    reward_nl = Line(LONGEST_REWARD, name="reward-nl")
    reward_en = Line(LONGEST_REWARD, name="reward-en")
    reward_at = Number(NEEDS_BRICKS, name="reward-at")

    @property
    def texts(self) -> dict[str, Any]:
        """Theme and reward: language → {"theme", "reward"}, without what is left open."""
        themes = {"nl": self.theme_nl.data, "en": self.theme_en.data}
        rewards = {"nl": self.reward_nl.data, "en": self.reward_en.data}
        said = {code: {"theme": themes[code], "reward": rewards[code]} for code in LANGUAGES}
        kept = {code: {what: words for what, words in text.items() if words} for code, text in said.items()}
        return {code: text for code, text in kept.items() if text}

    @property
    def bricks(self) -> int | None:
        """At how many bricks the reward is."""
        return int(self.reward_at.data) if self.reward_at.data else None

    def validate_reward_at(self, field: Number) -> None:
        """A reward has words and a number, or neither."""
        if field.data is not None and field.data not in BRICKS:
            raise Misfit(NEEDS_BRICKS)
        if (field.data is None) == bool(self.reward_nl.data or self.reward_en.data):
            raise Misfit(_l("A reward has words and a number of bricks."))

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
    said: dict[str, Any] = {
        f"{what}_{code}": season.texts.get(code, {}).get(what, "") for what in ("theme", "reward") for code in LANGUAGES
    }
    return form(data={**said, "reward_at": season.reward_at, "starts_on": season.starts_on, "days": str(season.length)})


def _must_be_near(day: date) -> None:
    if not clock.today() - timedelta(days=1) <= day <= clock.today() + AHEAD:
        raise Misfit(_l("A season begins today or within a year."))
