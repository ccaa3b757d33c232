"""What a host sees at the desk."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from core import clock
from core.database import db
from core.people.models import Person
from game.encounters.models import Encounter, Witness

SHOWN = timedelta(hours=24)
MOST = 50


def witnessed_by(host: Person) -> Sequence[Encounter]:
    """The meetings that a host witnessed in the last day, the newest first."""
    mine = (Witness.host == host.player_key, Witness.at > clock.now() - SHOWN)
    found = select(Encounter).join(Witness, Witness.encounter_id == Encounter.id).where(*mine)
    shown = found.options(joinedload(Encounter.challenge), selectinload(Encounter.witnesses))
    return db.session.scalars(shown.order_by(Witness.id.desc()).limit(MOST)).all()
