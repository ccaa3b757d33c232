"""What staff keeps about a person: shown, exported and erased with "my data"."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from core.database import db
from core.people.holdings import Holding
from core.people.models import Person
from core.staff import queries, roles
from core.staff.models import Account, Invitation, RecoveryCode, RoleLine, Session


def _export(person: Person) -> list[dict[str, Any]]:
    lines = db.session.scalars(select(RoleLine).where(RoleLine.person_id == person.id).order_by(RoleLine.id)).unique()
    held = [
        {"role": line.role, "since": line.granted_at.isoformat(), "until": line.ended_at and line.ended_at.isoformat()}
        for line in lines
    ]
    account = queries.account_of(person)
    return [*held, *([{"signs in as": account.login, "since": account.made_at.isoformat()}] if account else [])]


def _erase(person: Person) -> None:
    """Invitations and audit entries stay: they hold the player key only, which then means nobody."""
    roles.close_account(person)
    db.session.execute(delete(RoleLine).where(RoleLine.person_id == person.id))
    db.session.flush()


TABLES = frozenset({model.__tablename__ for model in (RoleLine, Account, RecoveryCode, Session, Invitation)})
HOLDING = Holding(
    "staff",
    TABLES,
    _export,
    _erase,
    label=_l("Your roles in the team"),
    about=_l("Which, since when, and your name to sign in with."),
    hide=lambda person, _moment, _until: roles.go(person),
)
