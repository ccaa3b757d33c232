"""What challenges keep about a person: who thought of them, and who wrote their words last."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, or_, select, update

from core.database import db
from core.people.holdings import Holding
from core.people.models import Person
from game.challenges.models import Challenge, State


def _export(person: Person) -> list[dict[str, Any]]:
    me = person.player_key
    mine = select(Challenge).where(or_(Challenge.maker == me, Challenge.changed_by == me)).order_by(Challenge.id)
    return [
        {"challenge": one.key, "thought up by me": one.maker == me, "words changed by me": one.changed_by == me,
         "says": one.texts, "with your name": one.named and one.maker == me, "state": one.state,
         "sent": one.sent_at.isoformat() if one.sent_at else None}
        for one in db.session.scalars(mine)
    ]  # fmt: skip


def _erase(person: Person) -> None:
    """A draft that nobody saw goes; a challenge that others did stays, and was thought up by nobody."""
    mine = Challenge.maker == person.player_key
    db.session.execute(delete(Challenge).where(mine, Challenge.state == State.DRAFT))
    db.session.execute(update(Challenge).where(mine).values(maker=None, named=False))
    changed = Challenge.changed_by == person.player_key
    db.session.execute(update(Challenge).where(changed).values(changed_by=None))
    db.session.flush()


HOLDING = Holding(
    "challenges", frozenset({Challenge.__tablename__}), _export, _erase,
    label=_l("Challenges you thought up"), about=_l("After erasing they stay without a name. Drafts go."),
)  # fmt: skip
