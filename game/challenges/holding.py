"""What challenges keep about a person: who thought of them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update

from core.database import db
from core.people.holdings import Holding
from core.people.models import Person
from game.challenges.models import Challenge, State


def _export(person: Person) -> list[dict[str, Any]]:
    mine = select(Challenge).where(Challenge.maker == person.player_key).order_by(Challenge.id)
    return [
        {"challenge": one.key, "says": one.texts, "with your name": one.named, "state": one.state,
         "sent": one.sent_at.isoformat() if one.sent_at else None}
        for one in db.session.scalars(mine)
    ]  # fmt: skip


def _erase(person: Person) -> None:
    """A draft that nobody saw goes; a challenge that others did stays, and was thought up by nobody."""
    mine = Challenge.maker == person.player_key
    db.session.execute(delete(Challenge).where(mine, Challenge.state == State.DRAFT))
    db.session.execute(update(Challenge).where(mine).values(maker=None, named=False))
    db.session.flush()


HOLDING = Holding(
    "challenges", frozenset({Challenge.__tablename__}), _export, _erase,
    label=_l("Challenges you thought up"), about=_l("After erasing they stay without a name. Drafts go."),
)  # fmt: skip
