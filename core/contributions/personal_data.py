"""What is kept of what somebody handed in: by kind, with its versions where those are signed; and what they signed."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.contributions import service
from core.contributions.kinds import Kind
from core.contributions.models import Approval, Contribution, State, Version
from core.database import db
from core.personal_data import PersonalData

TABLES = frozenset({Contribution.__tablename__, Version.__tablename__, Approval.__tablename__})


def of(kind: Kind) -> PersonalData:
    """One entry for each kind: "my data" names them apart."""
    return PersonalData(
        kind.path, TABLES, partial(_export, kind), partial(_erase, kind), partial(_files, kind), kind.words.own,
        kind.words.kept, partial(_hide, kind), partial(_bring_back, kind), is_under_receipts=kind.is_for_visitors,
    )  # fmt: skip


def _export(kind: Kind, player: str) -> list[dict[str, Any]]:
    mine = _mine(kind, player)
    there = kind.there(mine)
    return [{**_told(one, bool(kind.signed_as)), **there.get(one.key, {})} for one in mine]


def _files(kind: Kind, player: str) -> Iterator[tuple[str, Path]]:
    yield from kind.files(_mine(kind, player))


def _erase(kind: Kind, player: str) -> None:
    """All of it goes. What came of it stays, and nothing says whose it was."""
    for one in _mine(kind, player):
        service.remove(kind, one)


def _hide(kind: Kind, player: str, _moment: datetime, _until: datetime) -> None:
    """What goes with them is read no more, at once."""
    for one in _shown(kind, player):
        one.became = kind.unshow(one)


def _bring_back(kind: Kind, player: str, _moment: datetime) -> None:
    for one in _shown(kind, player):
        service.show_again(one)


def _shown(kind: Kind, player: str) -> Sequence[Contribution]:
    """What everybody reads of what goes with them."""
    return [one for one in _mine(kind, player) if one.state == State.SHOWN] if kind.is_revocable else ()


def _mine(kind: Kind, player: str) -> Sequence[Contribution]:
    mine = select(Contribution).where(Contribution.who == player, Contribution.kind == kind.name)
    along = joinedload(Contribution.versions).joinedload(Version.approvals)
    return db.session.scalars(mine.order_by(Contribution.id).options(along)).unique().all()


def _told(one: Contribution, is_signed: bool) -> dict[str, Any]:
    """Of a signed kind with each version."""
    versions = [
        {**version.content, "language": version.language, "written": version.at.isoformat(), "hash": version.hash,
         "signed as": sorted({approval.as_what for approval in version.approvals})}
        for version in one.versions
    ]  # fmt: skip
    told = {**one.last.content, "language": one.last.language, "with your name": one.called or one.named,
            "state": one.state, "sent": one.sent_at.isoformat()}  # fmt: skip
    return {**told, "versions": versions} if is_signed else told


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
