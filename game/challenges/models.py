"""A challenge: its kind decides what is asked, its texts say it."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import i18n
from core.database import Id, Model
from core.places.models import Spot


class Challenge(Model):
    """Something that two residents can do together in this neighbourhood."""

    __tablename__ = "challenge"
    __table_args__ = (UniqueConstraint("neighbourhood_id", "key"),)

    id: Mapped[Id]
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    key: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))  # a name in kinds.KINDS
    icon: Mapped[str] = mapped_column(String(30))
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)  # language → {"title", "text", "question"}
    marks: Mapped[list[str]] = mapped_column(JSON)  # of "free", "step_free", "indoor"
    faceless: Mapped[bool]  # hands, shadows, backs, shoes and a drawing count equally
    by: Mapped[str | None] = mapped_column(String(80))  # "bedacht door …"
    spot_id: Mapped[int | None] = mapped_column(ForeignKey("spot.id"))
    spot: Mapped[Spot | None] = relationship()

    @property
    def words(self) -> dict[str, Any]:
        """What it says, in the reader's language: {"title", "text", "question", "lang"}."""
        return i18n.pick(self.texts)
