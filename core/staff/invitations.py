"""The invitations that are out: who made them, until when they open, and taking one back."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from core import clock
from core.audit import service as audit
from core.database import db
from core.guard import Role
from core.people import queries as people
from core.people.models import Person
from core.refusal import Refusal, Sort
from core.staff import labels, queries
from core.staff.models import INVITED_FOR, Invitation


@dataclass(frozen=True)
class Out:
    """An invitation as the page of the team tells it. `by` None: the command line."""

    key: str
    role: Role
    by: str | LazyString | None
    since: datetime
    until: datetime


def out(neighbourhood_id: int) -> list[Out]:
    """The invitations of a neighbourhood that can still be used, the newest first."""
    found = queries.invitations(neighbourhood_id)
    makers = people.by_player_keys({one.made_by for one in found if one.made_by})
    names = {key: one.name for key, one in makers.items() if one.neighbourhood_id == neighbourhood_id}
    return [_told(one, names) for one in found]


def withdraw(neighbourhood_id: int, key: str, by: Person) -> None:
    """Its link opens nothing from now on, with an audit entry. Raises Refusal for one that is over (gone)."""
    mine = update(Invitation).where(Invitation.key == key, Invitation.neighbourhood_id == neighbourhood_id)
    is_out = (Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None))
    taken = mine.where(*is_out).values(withdrawn_at=clock.now()).returning(Invitation.role)
    role = db.session.scalar(taken)
    if role is None:
        raise Refusal(_l("This invitation was used already, or is over."), Sort.GONE)
    audit.record("staff.withdraw", key, neighbourhood_id, by.player_key, Role.COORDINATOR, reason=role)


def _told(one: Invitation, names: dict[str, str]) -> Out:
    by = names.get(one.made_by, labels.FORMER) if one.made_by else None
    return Out(one.key, one.role, by, one.made_at, one.made_at + INVITED_FOR)
