"""An initiative, who takes part in it, and what it needs and has."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Id, Key, Model, Moment, PlayerKey


class Initiative(Model):
    """What neighbours do together. How it stands say its steps (core/steps).

    While its people wrote nothing themselves it says what the idea says as which it began, and goes with that.
    """

    __tablename__ = "initiative"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    idea: Mapped[Key] = mapped_column(unique=True)  # the key of that idea
    title: Mapped[str] = mapped_column(String(80), default="")  # its own, "" for that of the idea
    words: Mapped[str] = mapped_column(Text, default="")
    next_on: Mapped[date | None]  # when its people meet next, in Amsterdam
    next_words: Mapped[str] = mapped_column(String(160), default="")
    language: Mapped[str] = mapped_column(String(8), default="")  # in which its people write
    changed_by: Mapped[PlayerKey | None]  # who wrote it last
    is_hidden: Mapped[bool] = mapped_column(default=False)  # by the desk, or a grave report
    asks: Mapped[int] = mapped_column(default=0)  # how often its people wrote it anew while it was hidden
    begun_at: Mapped[Moment]
    needs: Mapped[list["Need"]] = relationship(order_by="Need.id")


class Participant(Model):
    """That somebody takes part. Who leaves leaves no row."""

    __tablename__ = "initiative_person"
    __table_args__ = (UniqueConstraint("initiative_id", "who"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"))
    who: Mapped[PlayerKey] = mapped_column(index=True)
    shows_name: Mapped[bool]
    would_lead: Mapped[bool]
    leads: Mapped[bool]
    at: Mapped[Moment]


class Need(Model):
    """What an initiative still needs, so often, or has already."""

    __tablename__ = "initiative_need"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    is_there: Mapped[bool]
    words: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(8))
    many: Mapped[int]
    takers: Mapped[list["Taker"]] = relationship(cascade="all, delete-orphan", order_by="Taker.id")

    @property
    def is_met(self) -> bool:
        """Whether it is there, or as many as it takes said that they can."""
        return self.is_there or len(self.takers) >= self.many


class Taker(Model):
    """That somebody sees to a need. Their name stands there where it stands with the initiative."""

    __tablename__ = "initiative_taker"
    __table_args__ = (UniqueConstraint("need_id", "who"),)

    id: Mapped[Id]
    need_id: Mapped[int] = mapped_column(ForeignKey("initiative_need.id"))
    who: Mapped[PlayerKey] = mapped_column(index=True)
