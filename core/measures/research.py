"""For research: every table that was printed of a season, and a codebook. Made twice it is the same, byte for byte.

Two tables of comma separated values, with an empty line between them. Names are codes and English, whoever asks.
"""

from collections.abc import Iterator

from flask_babel import LazyString, force_locale

from core import spreadsheet
from core.measures.measure import CALLED, ZONE, ZONES, Measure
from core.measures.queries import Printed, Report, Row

FEW, ALL = "few", "all"  # instead of a number that is too small to say; the cell of all of it together
NUMBERS = ("neighbourhood", "season_first", "season_last", "edition", "rules", "measure", "cell", "number")
CODES = ("code", "of", "meaning")


def written(slug: str, report: Report) -> str:
    """Both tables, as text."""
    with force_locale("en"):
        numbers = spreadsheet.text(NUMBERS, _numbers(slug, report))
        codes = spreadsheet.text(CODES, _codes(report))
    return f"{numbers}\r\n{codes.removeprefix(spreadsheet.BOM)}"


def cell(row: Row) -> str:
    """How a cell is called in files: parts of the neighbourhood by their names, others by their codes."""
    return " / ".join(row.zones) or row.cell


def number(shown: int | None) -> int | str:
    """A number, or the code of one that is too small to say."""
    return FEW if shown is None else shown


def _numbers(slug: str, report: Report) -> Iterator[tuple[object, ...]]:
    for one in report.tables:
        for said in one.tables:
            about = (slug, report.season.first, report.season.last, said.until, report.rules, one.measure.name)
            yield from ((*about, cell(row), number(row.shown)) for row in said.rows)
            if not one.measure.is_list:
                yield (*about, ALL, number(said.total))


def _codes(report: Report) -> Iterator[tuple[object, ...]]:
    yield FEW, "number", "fewer than five, or nobody, or hidden so that another number betrays nobody"
    yield ALL, "cell", "all of it together"
    yield "rules", "numbers", f"rounded to five, each by itself; rules of disclosure, version {report.rules}"
    yield "edition", "numbers", "the first day that is not counted; a table that is not printed again stays as it was"
    for one in report.tables:
        yield one.measure.name, "measure", _meaning(one)
        yield from _cells(one.measure)


def _meaning(one: Printed) -> str:
    measure = one.measure
    what = "how often" if measure.of_events else "different persons"
    return f"{CALLED[measure.mechanism]}: {measure.says} ({what}). It does not say: {measure.not_said}"


def _cells(measure: Measure) -> Iterator[tuple[str, str, LazyString | str]]:
    if measure.by in (ZONE, ZONES):
        yield "(a name)", measure.name, "a part of the neighbourhood; two with / between them: from one to the other"
    for code, label in measure.by.cells.items() if measure.by else ():
        yield code, measure.name, label
