"""A wave, how often each answer was given, and what came of it. Nothing here is about one person's answers."""

from datetime import date
from enum import StrEnum

from flask_babel import format_decimal
from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Id, Key, Model

IS_OPEN = text("closed_on IS NULL")


class Moment(StrEnum):
    """When a wave is held."""

    BEFORE = "before"
    AFTER = "after"


class Wave(Model):
    """A time in which the survey can be filled in: opened and closed by a coordinator, one at a time."""

    __tablename__ = "survey_wave"
    __table_args__ = (
        Index(
            "uq_survey_wave_open", "neighbourhood_id", unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN
        ),
    )  # fmt: skip

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    moment: Mapped[str] = mapped_column(String(6))  # a Moment: of the season that is on, or comes next
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]


class Tally(Model):
    """How often a value was given at an item in an open wave. All rows are there from its start, and go at its close.

    One row for one answer would keep an order, and on PostgreSQL the number of the transaction that wrote it: together
    they would say what one person answered (docs/decisions/0051-survey.md).
    """

    __tablename__ = "survey_answer"
    __table_args__ = ({"sqlite_with_rowid": False},)

    wave_id: Mapped[int] = mapped_column(ForeignKey("survey_wave.id"), primary_key=True)
    item: Mapped[str] = mapped_column(String(12), primary_key=True)  # a name in items.ITEMS
    value: Mapped[int] = mapped_column(primary_key=True)  # 1–5, as it was ticked
    many: Mapped[int]


class SentSheet(Model):
    """That a form was sent, so that the same one does not count twice: without a time, and gone at the close."""

    __tablename__ = "survey_sent"
    __table_args__ = ({"sqlite_with_rowid": False},)

    wave_id: Mapped[int] = mapped_column(ForeignKey("survey_wave.id"), primary_key=True)
    twin: Mapped[str] = mapped_column(String(64), primary_key=True)  # SHA-256 of the form's random key alone


class WaveMean(Model):
    """What a closed wave came to at an item, once and for all. An item with too few answers has no row."""

    __tablename__ = "survey_outcome"

    wave_id: Mapped[int] = mapped_column(ForeignKey("survey_wave.id"), primary_key=True)
    item: Mapped[str] = mapped_column(String(12), primary_key=True)
    tenths: Mapped[int]  # the mean, 10–50
    answers: Mapped[int]

    @property
    def mean(self) -> str:
        """1–5 with one decimal, as the reader writes it."""
        return str(format_decimal(self.tenths / 10, "0.0"))
