"""What is kept of a person's proposals: which places, where, and whether their name stands there."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from core.database import db
from core.personal_data import PersonalData
from core.proposals.models import SpotProposal


def _export(player: str) -> list[dict[str, Any]]:
    mine = select(SpotProposal).where(SpotProposal.player == player).order_by(SpotProposal.id)
    return [
        {"name": one.name, "street": one.street, "to know": one.about, "language": one.language,
         "latitude": one.lat, "longitude": one.lon, "with your name": one.named, "state": one.state,
         "sent": one.sent_at.isoformat(), "place": one.spot.key if one.spot else None}
        for one in db.session.scalars(mine.options(joinedload(SpotProposal.spot)))
    ]  # fmt: skip


def _erase(player: str) -> None:
    """All of them go. A spot that came of one stays, and nothing says whose it was."""
    db.session.execute(delete(SpotProposal).where(SpotProposal.player == player))
    db.session.flush()


PERSONAL_DATA = PersonalData(
    "places", frozenset({SpotProposal.__tablename__}), _export, _erase,
    label=_l("Places you proposed"), about=_l("After erasing, places on the map stay without a name. The others go."),
)  # fmt: skip
