"""What is kept about somebody: in which initiatives they take part, and to what of them they see."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core.database import db
from core.personal_data import PersonalData
from game.initiatives import service
from game.initiatives.models import Initiative, Need, Participant, Taker


def _export(player: str) -> list[dict[str, Any]]:
    parts = select(Participant, Initiative.key).join(Initiative, Initiative.id == Participant.initiative_id)
    mine = db.session.execute(parts.where(Participant.who == player).order_by(Participant.id)).all()
    tasks = select(Need.words).join(Taker, Taker.need_id == Need.id).where(Taker.who == player).order_by(Taker.id)
    return [
        *({"initiative": key, "with your name": one.shows_name, "you lead it": one.leads, "since": one.at.isoformat()}
          for one, key in mine),
        *({"you see to": words} for words in db.session.scalars(tasks)),
    ]  # fmt: skip


TAKING_PART = PersonalData(
    "initiatives", frozenset({Participant.__tablename__, Taker.__tablename__, Initiative.__tablename__}), _export,
    service.forget, label=_l("Initiatives you take part in"),
    about=_l("Which ones, whether your name stands there, and what you see to."),
)  # fmt: skip
