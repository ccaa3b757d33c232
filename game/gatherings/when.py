"""When a gathering is: a day and hours as people in the neighbourhood say them, and the two moments these make."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from core import clock
from core.refusal import Refusal, Sort

AHEAD = timedelta(days=366)


class When(NamedTuple):
    """From one moment until another."""

    begins_at: datetime
    ends_at: datetime


def read(day: date, begins: str, until: str) -> When:
    """The moments of a day and hours such as "19:30" in Amsterdam.

    Raises Refusal for an end before the beginning, for what is over, and for what is more than a year away.
    """
    when = moments(day, begins, until)
    if when.ends_at <= when.begins_at:
        raise Refusal(_l("It ends after it begins, on the same day."), Sort.INVALID, field="until")
    if when.ends_at <= clock.now():
        raise Refusal(_l("That is over already. Choose a day that is still to come."), Sort.INVALID, field="day")
    if when.begins_at > clock.now() + AHEAD:
        raise Refusal(_l("Choose a day within a year."), Sort.INVALID, field="day")
    return when


def moments(day: date, begins: str, until: str) -> When:
    """The same, whatever they are."""
    return When(_moment(day, begins), _moment(day, until))


def _moment(day: date, hour: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), clock.AMSTERDAM)
