"""What staff keeps about a person: shown, exported and erased with "my data"."""

from datetime import datetime
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import ScalarSelect, delete, select

from core.database import db
from core.people import queries as people
from core.people.models import PlayerKeyLine
from core.personal_data import PersonalData
from core.staff import roles
from core.staff.models import Account, Invitation, RecoveryCode, RoleLine, Session


def _export(player: str) -> list[dict[str, Any]]:
    lines = db.session.scalars(select(RoleLine).where(RoleLine.person_id == _id(player)).order_by(RoleLine.id)).unique()
    held = [
        {"role": line.role, "since": line.granted_at.isoformat(), "until": line.ended_at and line.ended_at.isoformat()}
        for line in lines
    ]
    account = db.session.scalar(select(Account).where(Account.person_id == _id(player)))
    return [*held, *([{"signs in as": account.login, "since": account.made_at.isoformat()}] if account else [])]


def _erase(player: str) -> None:
    """Invitations and audit entries stay: they hold the player key only, which then means nobody."""
    if person := people.whoever(player):
        roles.close_account(person)
    db.session.execute(delete(RoleLine).where(RoleLine.person_id == _id(player)))
    db.session.flush()


def _hide(player: str, _moment: datetime, _until: datetime) -> None:
    if person := people.whoever(player):
        roles.go(person)


def _stays(player: str) -> LazyString | None:
    person = people.whoever(player)
    return roles.LAST if person and roles.is_last(person) else None


def _id(player: str) -> ScalarSelect[int]:
    return select(PlayerKeyLine.person_id).where(PlayerKeyLine.key == player).scalar_subquery()


TABLES = frozenset({model.__tablename__ for model in (RoleLine, Account, RecoveryCode, Session, Invitation)})
PERSONAL_DATA = PersonalData(
    "staff",
    TABLES,
    _export,
    _erase,
    label=_l("Your roles in the team"),
    about=_l("Which, since when, and your name to sign in with."),
    hide=_hide,
    stays=_stays,
)
