"""What holds for whatever somebody sends to the editors: so many a day, and a child's name stands nowhere."""

from datetime import datetime, time

from flask_babel import lazy_gettext as _l

from core import clock
from core.people import queries as people
from core.refusal import Refusal


def midnight() -> datetime:
    """When this day began, in Amsterdam."""
    return datetime.combine(clock.today(), time(), clock.AMSTERDAM)


def must_be_few(sent: int, most: int) -> None:
    """Raises Refusal for who sent so many since midnight."""
    if sent >= most:
        raise Refusal(_l("%(most)s a day is the most. Come back tomorrow.", most=most))


def may_be_named(who: str, wants: bool) -> bool:
    """Whether their name may stand with it: where they like that, and are no child."""
    return wants and not people.any_young([who])
