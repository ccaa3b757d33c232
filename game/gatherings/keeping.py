"""Who keeps a gathering: who opened it, and the hosts of the neighbourhood."""

from collections.abc import Collection
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from core.guard import RIGHTS, Role
from core.refusal import Refusal, Sort
from game.gatherings import queries
from game.gatherings.course import HOST, OPENER


class Keeper(NamedTuple):
    """Somebody who keeps a gathering, and as what."""

    who: str
    as_what: str


def keeper(key: str, who: str | None, roles: Collection[Role]) -> Keeper | None:
    """Somebody as its keeper; None: they are none."""
    if who is None:
        return None
    if queries.opener(key) == who:
        return Keeper(who, OPENER)
    return Keeper(who, HOST) if RIGHTS["desk.witness"] & set(roles) else None


def must_keep(key: str, who: str, roles: Collection[Role]) -> Keeper:
    """The same. Raises Refusal for anybody else."""
    found = keeper(key, who, roles)
    if found is None:
        raise Refusal(_l("Only who opened it can do that, or a host."), Sort.FORBIDDEN)
    return found
