"""A decision of an editor, who was told of it, and a report from anybody."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Id, Key, Model, Moment, PlayerKey


class Verdict(StrEnum):
    """What an editor can say of a thing."""

    GOOD = "good"
    BLUR = "blur"  # good, once somebody in the picture cannot be recognised any more
    BACK = "back"  # not like this: the makers read why, and may ask again
    AWAY = "away"


class Decision(Model):
    """An editor's answer. The last one of a thing that was not undone stands."""

    __tablename__ = "desk_decision"
    __table_args__ = (Index(None, "kind", "about"), Index(None, "neighbourhood_id", "at"))

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    kind: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column(String(60))  # the key of the thing
    verdict: Mapped[Verdict] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(20))  # of REASONS
    note: Mapped[str | None] = mapped_column(String(300))  # to the makers, in the editor's own words
    by: Mapped[PlayerKey]
    ask: Mapped[int] = mapped_column(default=0)  # which ask of the thing it answers (`Item.ask`)
    asked_at: Mapped[Moment]  # since when it waited: what the promise is counted from
    at: Mapped[Moment]
    undone_at: Mapped[Moment | None]
    before: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True)
    )  # what an undo puts back, while it may
    appealed_at: Mapped[Moment | None]  # somebody in it asked another editor to look
    told: Mapped[list["Told"]] = relationship(back_populates="decision", cascade="all, delete-orphan")


class Told(Model):
    """That a decision concerns somebody: they read it, with its reason, on a page of their own."""

    __tablename__ = "desk_told"

    decision_id: Mapped[int] = mapped_column(ForeignKey("desk_decision.id"), primary_key=True)
    who: Mapped[PlayerKey] = mapped_column(primary_key=True, index=True)  # the key that their page goes by
    read_at: Mapped[Moment | None]
    decision: Mapped[Decision] = relationship(back_populates="told")


class Report(Model):
    """Somebody says that a thing is not right. Who said it is not kept."""

    __tablename__ = "desk_report"
    __table_args__ = (Index(None, "kind", "about"),)

    id: Mapped[Id]
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(20))
    at: Mapped[Moment]
    closed_at: Mapped[Moment | None]  # an editor decided, or the thing went
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("desk_decision.id"), index=True)  # what answered it
