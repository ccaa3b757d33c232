"""What the desk keeps about a person: what editors said of things they are in."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update

from core.database import db
from core.desk import handlers, queries
from core.desk.models import Decision, Report, Told
from core.personal_data import PersonalData


def _export(player: str) -> list[dict[str, Any]]:
    return [
        {"about": decision.kind, "answer": decision.verdict, "reason": decision.reason, "note": decision.note,
         "at": decision.at.isoformat()}
        for decision in db.session.scalars(queries.said_to(player).order_by(Decision.id.desc()))
    ]  # fmt: skip


def _erase(player: str) -> None:
    """What they decided as an editor stays under their key, which then means nobody.

    What was written to the makers goes with the last of them, and what was said of a name with who had it.
    """
    read = db.session.scalars(select(Told.decision_id).where(Told.who == player)).all()
    db.session.execute(delete(Told).where(Told.who == player))
    db.session.execute(update(Decision).where(Decision.id.in_(read), ~Decision.told.any()).values(note=None))
    for handler in handlers.HANDLERS.all():
        theirs = handler.answers.of_player(player)
        for table in (Report, Decision) if theirs else ():
            db.session.execute(delete(table).where(table.kind == handler.kind, table.about.in_(theirs)))
    db.session.flush()


PERSONAL_DATA = PersonalData(
    "desk", frozenset({Decision.__tablename__, Told.__tablename__}), _export, _erase,
    label=_l("From the editors"), about=_l("What they said of photos that you are in."),
    is_under_receipts=True,
)  # fmt: skip
