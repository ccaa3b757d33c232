"""The last answers of a team, in this season and before it."""

from datetime import date

from sqlalchemy import ColumnElement, func, select

from core import clock
from core.database import db
from core.mirror.models import MirrorAnswer


def now(neighbourhood_id: int, began: date | None) -> dict[str, MirrorAnswer]:
    """The last answer of each factor since the season began; without a season, the last ever."""
    since = [] if began is None else [MirrorAnswer.at >= clock.first_moment_of(began)]
    return _last(neighbourhood_id, *since)


def before(neighbourhood_id: int, began: date | None) -> dict[str, MirrorAnswer]:
    """The last answer of each factor before the season began: what this season's are compared with."""
    return {} if began is None else _last(neighbourhood_id, MirrorAnswer.at < clock.first_moment_of(began))


def _last(neighbourhood_id: int, *which: ColumnElement[bool]) -> dict[str, MirrorAnswer]:
    here = (MirrorAnswer.neighbourhood_id == neighbourhood_id, *which)
    newest = select(func.max(MirrorAnswer.id)).where(*here).group_by(MirrorAnswer.factor)
    found = db.session.scalars(select(MirrorAnswer).where(MirrorAnswer.id.in_(newest)))
    return {one.factor: one for one in found}
