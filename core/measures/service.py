"""Drawing up an edition: counted without holding anybody up, then printed in one go (docs/rules.md §9)."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from core.database import db, dialect, insert_into
from core.measures import counting, disclosure, queries
from core.measures.counting import WHOLE
from core.measures.disclosure import Cell, Table
from core.measures.measure import MEASURES, Measure, Period, Span, open_on
from core.measures.models import Figure, MeasureEdition
from core.neighbourhoods.models import Zone


class Drawn(NamedTuple):
    """An edition as it was counted, and not printed yet: of each measure the table, where it may be a new one."""

    season: Period
    until: date
    zones: dict[int, str]
    tables: dict[str, Table]


def due(today: date) -> list[tuple[Period, date]]:
    """The seasons of which an edition is to be drawn up, and up to which day."""
    found = [(season, season.day_of_edition(today)) for season in open_on(today)]
    return [(season, until) for season, until in found if until and not queries.is_there(season, until)]


def draw_up(season: Period, until: date) -> Drawn:
    """Count it. Nothing is kept of it but what `keep` is given: who was counted is forgotten with this call."""
    mapped = select(Zone.id, Zone.name).where(Zone.neighbourhood_id == season.neighbourhood_id, ~Zone.is_future)
    zones: dict[int, str] = dict(db.session.execute(mapped.order_by(Zone.id)).all())
    drawn = Drawn(season, until, zones, {})
    for measure in MEASURES.all():
        if (table := _new(measure, drawn)) is not None:
            drawn.tables[measure.name] = table
    return drawn


def keep(drawn: Drawn) -> bool:
    """Print it; whether this was the one that did. Two that draw up the same day print it once."""
    row = insert_into(MeasureEdition, dialect()).values(
        neighbourhood_id=drawn.season.neighbourhood_id, first=drawn.season.first, until=drawn.until,
        rules=disclosure.VERSION, zones=[[zone, name] for zone, name in drawn.zones.items()],
    )  # fmt: skip
    edition = db.session.scalar(row.on_conflict_do_nothing().returning(MeasureEdition.id))
    if edition is None:
        return False
    for measure, table in drawn.tables.items():
        db.session.add_all(_figures(edition, measure, table))
    db.session.flush()
    return True


def _new(measure: Measure, drawn: Drawn) -> Table | None:
    """The table as it may be printed now; None where the last one stays."""
    season, zones = drawn.season, drawn.zones
    last = queries.last_table(season, measure.name)
    if last and measure.is_of_zones and last.zones.keys() != zones.keys():
        return None  # another map: one a season
    now = _count(measure, season, drawn.until, zones)
    table = _printed(measure, now)
    if last is None:
        return table
    if table == last.table:
        return None
    before = _count(measure, season, last.until, zones)
    return table if disclosure.may_follow(last.table, table, before, now) else None


def _count(measure: Measure, season: Period, until: date, zones: Iterable[int]) -> dict[str, Cell]:
    return counting.count(measure, Span(season.neighbourhood_id, season.first, until), list(zones))


def _printed(measure: Measure, counted: dict[str, Cell]) -> Table:
    cells = {name: cell for name, cell in counted.items() if name != WHOLE}
    return disclosure.disclose(cells, None if measure.is_list else counted[WHOLE])


def _figures(edition: int, measure: str, table: Table) -> list[Figure]:
    said = {**table.cells, WHOLE: table.total}
    return [
        Figure(edition_id=edition, measure=measure, cell=cell, number=number, shown=shown)
        for number, (cell, shown) in enumerate(said.items())
    ]
