"""The wave that is open, and what closed ones came to."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from core.database import db
from core.survey.models import Wave, WaveMean

MOST = 6  # closed waves on one page: three seasons


class Result(NamedTuple):
    """A closed wave, and by item its mean in tenths and how many answered; none for an item of which few did."""

    wave: Wave
    items: dict[str, WaveMean]


def open_now(neighbourhood_id: int) -> Wave | None:
    """The one that can be filled in."""
    return db.session.scalar(select(Wave).where(Wave.neighbourhood_id == neighbourhood_id, Wave.closed_on.is_(None)))


def locked(wave_id: int) -> Wave:
    """A wave, read again and locked until the end of the transaction: it is not closed meanwhile."""
    wanted = select(Wave).where(Wave.id == wave_id).with_for_update()
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def results(neighbourhood_id: int) -> list[Result]:
    """The last waves that were closed, the oldest of them first. Two questions."""
    closed = (Wave.neighbourhood_id == neighbourhood_id, Wave.closed_on.is_not(None))
    waves = db.session.scalars(select(Wave).where(*closed).order_by(Wave.id.desc()).limit(MOST)).all()
    found: Sequence[WaveMean] = db.session.scalars(
        select(WaveMean).where(WaveMean.wave_id.in_([wave.id for wave in waves]))
    ).all()
    return [
        Result(wave, {one.item: one for one in found if one.wave_id == wave.id})
        for wave in sorted(waves, key=lambda wave: wave.id)
    ]


def by_key(neighbourhood_id: int, key: str) -> Wave | None:
    """A wave of this neighbourhood, open or closed."""
    return db.session.scalar(select(Wave).where(Wave.neighbourhood_id == neighbourhood_id, Wave.key == key))
