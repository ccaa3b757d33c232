"""What the forms of a season say, within bounds."""

from datetime import date, timedelta
from typing import Any

from flask import g, request
from flask_babel import lazy_gettext as _l

from core import clock, spelling
from core.guard import Role
from core.refusal import Refusal, Sort
from game.seasons.models import Season

AHEAD = timedelta(days=366)  # how far from now a season may begin
LONGEST_THEME = 60
LANGUAGES = ("nl", "en")


def themes() -> dict[str, Any]:
    """The theme: language → {"theme"}. Raises Refusal without one in Dutch, and for one that is too long."""
    said = {code: spelling.line(request.form.get(f"theme-{code}", "")) for code in LANGUAGES}
    if not said["nl"] or any(len(theme) > LONGEST_THEME for theme in said.values()):
        raise Refusal(_l("A season has a theme of at most 60 letters, in Dutch."), Sort.INVALID)
    return {code: {"theme": theme} for code, theme in said.items() if theme}


def day(text: str, before: date | None = None) -> date:
    """A first day: that of before, or one from yesterday to a year from now. Raises Refusal for any other text."""
    try:
        first = date.fromisoformat(text)
    except ValueError:
        raise Refusal(_l("Write the first day as year-month-day, such as 2027-03-01."), Sort.INVALID) from None
    if first != before and not clock.today() - timedelta(days=1) <= first <= clock.today() + AHEAD:
        raise Refusal(_l("A season begins today or within a year."), Sort.INVALID)
    return first


def number(text: str) -> int:
    """A number of days; 0 for a text that is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def filled(season: Season) -> dict[str, str]:
    """A season as the fields of its form."""
    said = {f"theme-{code}": season.texts.get(code, {}).get("theme", "") for code in LANGUAGES}
    return {**said, "starts_on": season.starts_on.isoformat(), "days": str(season.length)}


def act_on(season: Season) -> tuple[str, int, str, Role]:
    """What the audit log keeps of an act on a season: which one, where, and who did it as what."""
    return season.starts_on.isoformat(), g.neighbourhood.id, g.person.player_key, Role.COORDINATOR
