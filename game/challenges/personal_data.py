"""What challenges keep about a person: who thought of them, and who wrote their words last."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, or_, select, update

from core.database import db
from core.personal_data import PersonalData
from game.challenges import findings
from game.challenges.models import SOMEBODY, Challenge, Finding, State


def _export(player: str) -> list[dict[str, Any]]:
    mine = or_(Challenge.maker == player, Challenge.changed_by == player)
    return [
        {"challenge": one.key, "thought up by me": one.maker == player, "words changed by me": one.changed_by == player,
         "says": one.texts, "state": one.state,
         "sent": one.sent_at.isoformat() if one.sent_at else None}
        for one in db.session.scalars(select(Challenge).where(mine).order_by(Challenge.id))
    ]  # fmt: skip


def _erase(player: str) -> None:
    """A draft that nobody saw goes; a challenge that others did stays, and was thought up by nobody.

    Of what a resident thought up it stays known that makers wrote other words: none stand under that resident's name.
    """
    mine = Challenge.maker == player
    db.session.execute(delete(Challenge).where(mine, Challenge.state == State.DRAFT))
    db.session.execute(update(Challenge).where(mine).values(maker=None))
    changed = Challenge.changed_by == player
    db.session.execute(update(Challenge).where(changed).values(changed_by=SOMEBODY))
    db.session.flush()


PERSONAL_DATA = PersonalData(
    "challenges", frozenset({Challenge.__tablename__}), _export, _erase,
    label=_l("Challenges you made or changed"), about=_l("After erasing they stay without a name. Drafts go."),
)  # fmt: skip


def _erase_findings(player: str) -> None:
    """What everybody reads together stays; nobody knows whose it was."""
    db.session.execute(update(Finding).where(Finding.who == player).values(who=None))


FINDINGS = PersonalData(
    "findings", frozenset({Finding.__tablename__}), findings.export, _erase_findings,
    label=_l("What you counted or chose"), about=_l("After erasing it still counts, without you."),
)  # fmt: skip
