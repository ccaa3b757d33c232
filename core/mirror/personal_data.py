"""What the mirror keeps about somebody: which answers they gave for the team."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from core.database import db
from core.mirror.models import MirrorAnswer
from core.personal_data import PersonalData


def _export(player: str) -> list[dict[str, Any]]:
    mine = db.session.scalars(select(MirrorAnswer).where(MirrorAnswer.by == player).order_by(MirrorAnswer.id))
    return [
        {"factor": one.factor, "does": one.does, "why": one.why, "to do": one.to_do, "at": one.at.isoformat()}
        for one in mine
    ]


def _erase(player: str) -> None:
    """The answers are the team's, and stay; nothing says any more who typed them."""
    db.session.execute(update(MirrorAnswer).where(MirrorAnswer.by == player).values(by=None))


ANSWERS = PersonalData(
    "mirror", frozenset({MirrorAnswer.__tablename__}), _export, _erase,
    label=_l("What you said in the mirror of the team"), about=_l("After erasing it stays, without your name."),
)  # fmt: skip
