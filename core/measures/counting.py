"""From what happened to the cells of a table: as many counters as there are persons, however often they met."""

from collections import Counter
from collections.abc import Collection

from core.measures.disclosure import Cell
from core.measures.measure import ZONE, ZONES, Measure, Span

WHOLE = ""  # the name of all of it together, where cells have theirs


def cells_of(measure: Measure, zones: Collection[int]) -> list[str]:
    """The names of the cells of a table, in their fixed order; of zones, in that of the map."""
    if measure.by is None:
        return []
    if measure.by is ZONES:
        return [f"{one}-{other}" for one in sorted(zones) for other in sorted(zones) if one < other]
    mapped = [str(zone) for zone in sorted(zones)] if measure.by is ZONE else []
    return [*mapped, *measure.by.cells]


def count(measure: Measure, span: Span, zones: Collection[int]) -> dict[str, Cell]:
    """What stands behind each number of a table, and behind all of it together under ""."""
    names = cells_of(measure, zones)
    times: dict[str, Counter[str]] = {name: Counter() for name in (*names, WHOLE)}
    events: Counter[str] = Counter()
    for cell, persons in measure.count(span):
        for name in (cell, WHOLE) if cell and cell in times else (WHOLE,):
            for person in persons:
                times[name][person] += 1
            events[name] += 1
    return {name: Cell(times[name], events[name], measure.of_events) for name in times}
