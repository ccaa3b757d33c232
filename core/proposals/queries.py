"""Finding what residents proposed."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from core.database import db
from core.desk import queries as desk
from core.desk.models import Decision
from core.people.models import Person, PlayerKeyLine
from core.proposals.models import SpotProposal, State

DESK_KIND = "place"  # how the desk calls it
LATEST = 50  # that somebody sees of their own


def of_player(player: str) -> list[tuple[SpotProposal, Decision | None]]:
    """What somebody proposed, the newest first, each with what the editors last said of it."""
    mine = select(SpotProposal).where(SpotProposal.player == player).options(joinedload(SpotProposal.spot))
    found = db.session.scalars(mine.order_by(SpotProposal.id.desc()).limit(LATEST)).all()
    last = desk.last_said(DESK_KIND, [one.key for one in found])
    return [(one, last.get(one.key)) for one in found]


def one_of_player(player: str, key: str) -> SpotProposal | None:
    """One of what somebody proposed, locked until the end of the transaction."""
    mine = select(SpotProposal).where(SpotProposal.player == player, SpotProposal.key == key)
    return db.session.scalar(mine.with_for_update())


def of_spot(spot_id: int) -> SpotProposal | None:
    """What became this spot."""
    return db.session.scalar(select(SpotProposal).where(SpotProposal.spot_id == spot_id))


def for_a_look(neighbourhood_id: int, editor: str, most: int) -> Sequence[SpotProposal]:
    """What waits for this editor, the oldest first: not their own, nor what was answered, nor of who is leaving."""
    here = (SpotProposal.neighbourhood_id == neighbourhood_id, SpotProposal.state == State.WAITING)
    leaving = exists().where(PlayerKeyLine.key == SpotProposal.player, Person.leaving_at.is_not(None))
    answered = desk.answered(DESK_KIND, SpotProposal.key, SpotProposal.asks, editor)
    asked = select(SpotProposal).where(
        *here, SpotProposal.player != editor, ~answered, ~leaving.where(Person.id == PlayerKeyLine.person_id)
    )
    return db.session.scalars(asked.order_by(SpotProposal.sent_at, SpotProposal.id).limit(most)).all()


def by_keys(keys: Collection[str], neighbourhood_id: int | None = None) -> Select[SpotProposal]:
    """Those with these keys; of one neighbourhood where it is given."""
    found = select(SpotProposal).where(SpotProposal.key.in_(keys))
    return found if neighbourhood_id is None else found.where(SpotProposal.neighbourhood_id == neighbourhood_id)
