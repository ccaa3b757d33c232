"""What the team answered, and when."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Id, Model, Moment, PlayerKey


class MirrorAnswer(Model):
    """Whether the team does one of the seven, and why. Rows are added; the last of a factor counts."""

    __tablename__ = "mirror_answer"
    __table_args__ = (Index(None, "neighbourhood_id", "factor", "at"),)

    id: Mapped[Id]
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    factor: Mapped[str] = mapped_column(String(12))  # a name in factors.FACTORS
    does: Mapped[bool]
    why: Mapped[str] = mapped_column(Text)
    to_do: Mapped[str] = mapped_column(String(160), default="")  # what comes of it: who does what, by when
    language: Mapped[str] = mapped_column(String(8))
    by: Mapped[PlayerKey | None] = mapped_column(index=True)  # None: somebody who was erased
    at: Mapped[Moment]

    @property
    def day(self) -> date:
        """The Amsterdam day on which it was said."""
        return clock.day_of(self.at)
