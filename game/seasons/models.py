"""A season of the game."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core import i18n
from core.database import Id, Model


class Season(Model):
    """Days in which encounters score, with a theme and the ruleset that stays with it (docs/rules.md §4)."""

    __tablename__ = "season"
    __table_args__ = (
        UniqueConstraint("neighbourhood_id", "starts_on"),
        CheckConstraint("starts_on <= ends_on", "days"),
    )

    id: Mapped[Id]
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)  # language → {"theme": words}
    starts_on: Mapped[date]
    ends_on: Mapped[date]  # the last day that counts
    ruleset: Mapped[str] = mapped_column(String(10))

    @property
    def theme(self) -> dict[str, Any]:
        """The theme in the reader's language: {"theme", "lang"}."""
        return i18n.pick(self.texts)

    @property
    def length(self) -> int:
        """How many days count, the first and the last with them."""
        return (self.ends_on - self.starts_on).days + 1

    def days_left(self, today: date) -> int:
        """How many days still count, today with them."""
        return (self.ends_on - today).days + 1
