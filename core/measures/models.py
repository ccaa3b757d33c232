"""What was printed: an edition, and every number that is new in it. No key, no person, no exact count."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Id, Model


class MeasureEdition(Model):
    """That the numbers of a season were drawn up, up to a day. A day is drawn up once."""

    __tablename__ = "measure_edition"
    __table_args__ = (UniqueConstraint("neighbourhood_id", "first", "until"),)

    id: Mapped[Id]
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    first: Mapped[date]  # the first day of the season
    until: Mapped[date]  # the first day that it does not count
    rules: Mapped[int]  # the version of core/measures/disclosure.py
    zones: Mapped[list[Any]] = mapped_column(JSON)  # [[id, name], …], as the map was then


class Figure(Model):
    """A number as it is said everywhere, or that it is too few to say. It stands until a later edition has another."""

    __tablename__ = "measure_figure"

    edition_id: Mapped[int] = mapped_column(ForeignKey("measure_edition.id", ondelete="CASCADE"), primary_key=True)
    measure: Mapped[str] = mapped_column(String(20), primary_key=True)  # a name in MEASURES
    cell: Mapped[str] = mapped_column(String(30), primary_key=True)  # "" for all of it together
    number: Mapped[int]  # its place in the table
    shown: Mapped[int | None]  # None: too few to say
