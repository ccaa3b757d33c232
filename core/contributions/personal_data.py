"""What is kept of what somebody handed in: by kind, with its versions where those are signed; and what they signed."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.contributions import service
from core.contributions.kinds import Kind
from core.contributions.models import Approval, Contribution, Version
from core.database import db
from core.personal_data import PersonalData

TABLES = frozenset({Contribution.__tablename__, Version.__tablename__, Approval.__tablename__})


def of(kind: Kind) -> PersonalData:
    """One entry for each kind: "my data" names them apart."""

    def export(player: str) -> list[dict[str, Any]]:
        mine = _mine(kind, player)
        there = kind.there(mine)
        return [{**_told(one), **there.get(one.key, {})} for one in mine]

    def erase(player: str) -> None:
        """All of it goes. What came of it stays, and nothing says whose it was."""
        for one in _mine(kind, player):
            service.remove(kind, one)

    return PersonalData(kind.path, TABLES, export, erase, label=kind.words.own, about=kind.words.kept)


def _mine(kind: Kind, player: str) -> Sequence[Contribution]:
    mine = select(Contribution).where(Contribution.who == player, Contribution.kind == kind.name)
    along = joinedload(Contribution.versions).joinedload(Version.approvals)
    return db.session.scalars(mine.order_by(Contribution.id).options(along)).unique().all()


def _told(one: Contribution) -> dict[str, Any]:
    versions = [
        {**version.content, "language": version.language, "written": version.at.isoformat(), "hash": version.hash,
         "signed as": sorted({approval.as_what for approval in version.approvals})}
        for version in one.versions
    ]  # fmt: skip
    told = {**one.last.content, "language": one.last.language, "with your name": one.called or one.named,
            "state": one.state, "sent": one.sent_at.isoformat()}  # fmt: skip
    return {**told, "versions": versions} if len(versions) > 1 else told


def _signed(player: str) -> list[dict[str, Any]]:
    """What they signed of what others handed in."""
    theirs = select(Approval).join(Version).join(Contribution).where(Approval.who == player, Contribution.who != player)
    return [
        {"signed as": one.as_what, "how": one.how, "at": one.at.isoformat(), "hash": one.version.hash}
        for one in db.session.scalars(theirs.order_by(Approval.id))
    ]


def _stays(_player: str) -> None:
    """A signature stays under a key that then means nobody: what it made public goes by who handed that in."""


SIGNED = PersonalData(
    "signatures", TABLES, _signed, _stays,
    label=_l("What you signed"), about=_l("Which version of what others sent, and when. Not what it says."),
)  # fmt: skip
