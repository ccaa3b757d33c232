"""Reading what was printed. Nothing is counted here: a number that is shown is one that stands in a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from core.database import db
from core.measures.counting import WHOLE
from core.measures.disclosure import Table
from core.measures.measure import MEASURES, WEEK, ZONES, Measure, Mechanism, Period, seasons_of
from core.measures.models import Figure, MeasureEdition


class Last(NamedTuple):
    """The last table that was printed of a measure: up to which day it counts, and under which map."""

    until: date
    zones: dict[int, str]
    table: Table


class Row(NamedTuple):
    """A number of a table: the parts of the neighbourhood, else the name that its cell has in the measure."""

    cell: str
    zones: tuple[str, ...]
    shown: int | None


class Said(NamedTuple):
    """A table as it was printed, and up to which day it counts."""

    until: date
    rows: tuple[Row, ...]
    total: int | None


@dataclass(frozen=True)
class Printed:
    """A measure as it is said everywhere: each table that was printed, the first first.

    `course`: its total in each edition of the season so far, printed anew or as it was.
    """

    measure: Measure
    tables: tuple[Said, ...]
    course: tuple[tuple[date, int | None], ...]

    @property
    def until(self) -> date:
        """Up to which day its numbers count."""
        return self.tables[-1].until

    @property
    def total(self) -> int | None:
        """All of it together."""
        return self.tables[-1].total

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its numbers by cell."""
        return self.tables[-1].rows

    @property
    def changed(self) -> int | None:
        """By how much the last edition says more; None where one of the two says nothing."""
        if len(self.course) < 2:
            return None
        before, now = self.course[-2][1], self.course[-1][1]
        return None if before is None or now is None else now - before

    @property
    def says_something(self) -> bool:
        """Whether it has a number at all."""
        return self.total is not None or any(row.shown is not None for row in self.rows)


@dataclass(frozen=True)
class Report:
    """What is said of a season: the same on every page, on paper, in files and for research."""

    season: Period
    editions: tuple[date, ...]  # their days, the first first
    rules: int
    tables: tuple[Printed, ...]

    @property
    def day(self) -> date:
        """The day of the last edition."""
        return self.editions[-1]

    @property
    def weeks(self) -> int:
        """How many weeks it tells of."""
        return (self.day - self.season.first) // WEEK

    def of(self, name: str) -> Printed | None:
        """One table of it."""
        return next((one for one in self.tables if one.measure.name == name), None)

    def by(self, mechanism: Mechanism) -> list[Printed]:
        """Those of one mechanism that say something."""
        return [one for one in self.tables if one.measure.mechanism == mechanism and one.says_something]

    @property
    def aloud(self) -> Printed | None:
        """The one that the sentence at the top is about."""
        return next((one for one in self.tables if one.measure.aloud and one.total is not None), None)


def is_there(season: Period, until: date) -> bool:
    """Whether an edition was drawn up."""
    this = select(MeasureEdition.id).where(*_of(season.neighbourhood_id, season.first), MeasureEdition.until == until)
    return db.session.scalar(this) is not None


def has_edition(neighbourhood_id: int, first: date) -> bool:
    """Whether there is any of the season that begins on this day."""
    return db.session.scalar(select(MeasureEdition.id).where(*_of(neighbourhood_id, first)).limit(1)) is not None


def last_table(season: Period, measure: str) -> Last | None:
    """The last one that was printed of a measure."""
    mine = select(MeasureEdition).join(Figure).where(*_of(season.neighbourhood_id, season.first))
    newest = mine.where(Figure.measure == measure).order_by(MeasureEdition.until.desc()).limit(1)
    edition = db.session.scalar(newest)
    if edition is None:
        return None
    figures = select(Figure).where(Figure.edition_id == edition.id, Figure.measure == measure).order_by(Figure.number)
    said = {one.cell: one.shown for one in db.session.scalars(figures)}
    return Last(edition.until, dict(edition.zones), Table(said.pop(WHOLE), said))


def report(neighbourhood_id: int, first: date | None = None) -> Report | None:
    """What is said of a season, or of the newest one that has an edition. Two questions."""
    for season in seasons_of(neighbourhood_id):
        if first in (None, season.first) and (found := of_season(season)):
            return found
    return None


def of_season(season: Period) -> Report | None:
    """What is said of this one; None before its first edition."""
    mine = select(MeasureEdition).where(*_of(season.neighbourhood_id, season.first)).order_by(MeasureEdition.until)
    editions = db.session.scalars(mine).all()
    if not editions:
        return None
    figures = select(Figure).where(Figure.edition_id.in_([one.id for one in editions])).order_by(Figure.number)
    by_table: dict[tuple[int, str], list[Figure]] = {}
    for figure in db.session.scalars(figures):
        by_table.setdefault((figure.edition_id, figure.measure), []).append(figure)
    tables = [_printed(measure, editions, by_table) for measure in MEASURES.all()]
    days = tuple(one.until for one in editions)
    return Report(season, days, editions[-1].rules, tuple(one for one in tables if one is not None))


def _printed(
    measure: Measure, editions: Sequence[MeasureEdition], figures: dict[tuple[int, str], list[Figure]]
) -> Printed | None:
    """A measure that came later than the season began has fewer editions behind it."""
    tables: list[Said] = []
    course: list[tuple[date, int | None]] = []
    for edition in editions:
        if found := figures.get((edition.id, measure.name)):
            tables.append(_said(measure, edition, found))
        if tables:
            course.append((edition.until, tables[-1].total))
    return Printed(measure, tuple(tables), tuple(course)) if tables else None


def _said(measure: Measure, edition: MeasureEdition, figures: Sequence[Figure]) -> Said:
    names = dict(edition.zones)
    rows = [Row(one.cell, _zones(measure, one.cell, names), one.shown) for one in figures if one.cell != WHOLE]
    return Said(edition.until, tuple(rows), next(one.shown for one in figures if one.cell == WHOLE))


def _zones(measure: Measure, cell: str, names: dict[int, str]) -> tuple[str, ...]:
    if not measure.is_of_zones:
        return ()
    found = cell.split("-") if measure.by is ZONES else [cell]
    return tuple(names[int(zone)] for zone in found if int(zone) in names)


def _of(neighbourhood_id: int, first: date) -> tuple[ColumnElement[bool], ...]:
    return MeasureEdition.neighbourhood_id == neighbourhood_id, MeasureEdition.first == first
