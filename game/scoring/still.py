"""Boards that stand still: drawn up once in a row, and read as they are from then on (docs/rules.md §4).

One stands from 48 hours before a season's end until its reveal, the other from then on.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from core import clock
from core.database import db, dialect, insert_into
from core.neighbourhoods.models import Neighbourhood, Zone
from core.pages.deeds import DEEDS
from game.scoring import queries, thermometer
from game.scoring.models import Board, Sort
from game.scoring.thermometer import Line, Thermometer
from game.seasons import rules
from game.seasons.models import Season


def read(season: Season, zones: Mapping[int, str]) -> Thermometer:
    """What everybody reads of a season at this moment. `zones` are those that people live in: id → name."""
    sort = _sort(season, clock.now())
    if stored := sort and db.session.get(Board, (season.id, sort)):
        return _read(stored.says)
    counted = thermometer.count(season, dict(zones), clock.today())
    return _read(_says(counted)) if sort else counted  # as it will be stored in a moment


def last_boards(seasons: Collection[Season]) -> dict[int, Thermometer]:
    """What these seasons came to, by their ids: one question, and nothing but what was published."""
    final = select(Board).where(Board.season_id.in_([season.id for season in seasons]), Board.sort == Sort.FINAL)
    return {board.season_id: _read(board.says) for board in db.session.scalars(final)}


def keep(season: Season) -> bool:
    """Draw up the board that is due and not there yet; whether it was. Asked before anything that would change it."""
    sort = _sort(season, clock.now())
    if sort is None or db.session.scalar(select(Board.at).where(Board.season_id == season.id, Board.sort == sort)):
        return False
    if sort == Sort.FINAL and queries.still_wait(season.id):
        return False  # those go to the buurt in a moment
    here = db.session.get_one(Neighbourhood, season.neighbourhood_id)
    says = _says(thermometer.count(season, lived_in(here.zones), clock.today()))
    row = insert_into(Board, dialect()).values(season_id=season.id, sort=sort, at=clock.now(), says=says)
    return db.session.scalar(row.on_conflict_do_nothing().returning(Board.season_id)) is not None


def lived_in(zones: list[Zone]) -> dict[int, str]:
    """The zones that people live in: id → name."""
    return {zone.id: zone.name for zone in zones if not zone.is_future}


def _sort(season: Season, now: datetime) -> Sort | None:
    """Which board stands now; None while it still moves."""
    if rules.is_revealed(season, now):
        return Sort.FINAL
    return Sort.STILL if now >= rules.still_from(season) else None


def _says(read: Thermometer) -> dict[str, Any]:
    names = {deed.label: name for name, deed in DEEDS.named().items()}
    return {
        "pairs": read.pairs, "returned": read.returned, "given": read.given,
        "lines": [[line.one, line.other, line.pairs] for line in read.lines],
        "deeds": [[names[label], how_often] for label, how_often in read.deeds],
    }  # fmt: skip


def _read(says: Mapping[str, Any]) -> Thermometer:
    """As it was stored; no brick is of today, and a deed that no part counts any more is left out."""
    deeds = DEEDS.named()
    return Thermometer(
        pairs=says["pairs"], today=0, returned=says["returned"], given=says["given"],
        lines=[Line(*line) for line in says["lines"]],
        deeds=[(deeds[name].label, how_often) for name, how_often in says["deeds"] if name in deeds],
    )  # fmt: skip
