"""A season of the game."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core import i18n
from core.database import Id, Model, Moment

CLOSES_AFTER = timedelta(days=90)  # its last day


class Season(Model):
    """Days in which encounters score, with a theme and the ruleset that stays with it (docs/rules.md §4)."""

    __tablename__ = "season"
    __table_args__ = (
        UniqueConstraint("neighbourhood_id", "starts_on"),
        CheckConstraint("starts_on <= ends_on", "days"),
    )

    id: Mapped[Id]
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)  # language → {"theme", "reward": what the wall is for}
    starts_on: Mapped[date]
    ends_on: Mapped[date]  # the last day that counts
    ruleset: Mapped[str] = mapped_column(String(10))
    reward_at: Mapped[int | None]  # at how many bricks that is, in fives
    revealed_at: Mapped[Moment | None]  # when a coordinator showed everybody what became of it
    closed_on: Mapped[date | None]  # the day on which partner, spot and moment left its rows

    @property
    def theme(self) -> dict[str, Any]:
        """The theme in the reader's language: {"theme", "lang"}."""
        return i18n.pick({code: said for code, said in self.texts.items() if "theme" in said})

    @property
    def reward(self) -> dict[str, Any] | None:
        """What the wall is for, in the reader's language: {"reward", "lang"}; None for nothing."""
        said = {code: said for code, said in self.texts.items() if said.get("reward")}
        return i18n.pick(said) if said and self.reward_at else None

    @property
    def length(self) -> int:
        """How many days count, the first and the last with them."""
        return (self.ends_on - self.starts_on).days + 1

    def days_left(self, today: date) -> int:
        """How many days still count, today with them."""
        return (self.ends_on - today).days + 1
