"""Tries of a password or a code: only wrong ones count, and strangers cannot use up those of the owner.

On a device of the owner (they play there, or signed in there before) tries count for them alone. From elsewhere they
count for the name and the address together, for the address, and for the name from everywhere.
"""

from contextlib import AbstractContextManager

from flask import g
from limits import parse

from core import limits
from core.limits import Budget
from core.refusal import Sort
from core.security import address, wider_address
from core.staff import queries

OWN = parse("10 per hour")  # on a device of the owner
FROM_AN_ADDRESS = parse("10 per hour")  # at one name
ADDRESS = parse("60 per hour")  # at all names
EVERYWHERE = parse("100 per hour")  # at one name
WHAT = "wrong passwords"


def own() -> AbstractContextManager[None]:
    """Somebody of staff proves inside that it is them."""
    return _counted([(OWN, WHAT, g.person.player_key)])


def of(login: str) -> AbstractContextManager[None]:
    """Somebody signs in inside with this name, in its one spelling, whether anybody has it or not."""
    here = g.neighbourhood.id
    account = queries.by_login(here, login) if g.person else None
    if account and account.person_id == g.person.id:
        return own()
    places, name = sorted({address(), wider_address()}), f"{here} {login}"
    at_it = [(FROM_AN_ADDRESS, WHAT, f"{place} {name}") for place in places]
    return _counted([*at_it, *((ADDRESS, WHAT, place) for place in places), (EVERYWHERE, WHAT, name)])


def _counted(budgets: list[Budget]) -> AbstractContextManager[None]:
    return limits.counted(budgets, Sort.FORBIDDEN)
