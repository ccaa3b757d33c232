"""A spot: a place with a name of its own."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core import i18n
from core.database import Id, Model


class Spot(Model):
    """A place with a name, as a point with a radius in metres (WGS 84 degrees; docs/rules.md §4)."""

    __tablename__ = "spot"
    __table_args__ = (UniqueConstraint("neighbourhood_id", "key"),)

    id: Mapped[Id]
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    key: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10))  # "hq" or "place"
    name: Mapped[str] = mapped_column(String(80))
    street: Mapped[str] = mapped_column(String(80))
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)  # language → {"about": sentence}
    lat: Mapped[float]
    lon: Mapped[float]
    radius: Mapped[float] = mapped_column(default=40.0)

    @property
    def about(self) -> dict[str, Any]:
        """What to know of it, in the reader's language: {"about", "lang"}."""
        return i18n.pick(self.texts)
