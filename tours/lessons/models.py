"""A lesson kit: what a class does along one walk. What it says is data; nothing of a pupil is kept here."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Id, Key, Model, Moment, PlayerKey
from tours.walks.models import Tour


class State(StrEnum):
    """Who may see a kit."""

    DRAFT = "draft"  # its maker, who can teach with it
    PUBLISHED = "published"
    RETIRED = "retired"  # nobody; its address is given to no other


class Kit(Model):
    """A lesson over a walk. What of it may be shown is asked at each request (queries.py)."""

    __tablename__ = "lesson_kit"
    __table_args__ = (
        UniqueConstraint("neighbourhood_id", "slug"),
        Index(None, "neighbourhood_id", "file", "maker", unique=True),
    )

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)  # what a class knows it by
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    slug: Mapped[str] = mapped_column(String(40))  # in its address; never given to another kit
    language: Mapped[str] = mapped_column(String(8))  # of what it says
    level: Mapped[str] = mapped_column(String(12))  # a name of levels.LEVELS
    minutes: Mapped[int]  # from door to door
    tour_id: Mapped[int] = mapped_column(ForeignKey("tour.id"), index=True)
    maker: Mapped[PlayerKey | None] = mapped_column(index=True)  # None: somebody who was erased
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # content.Content
    state: Mapped[State] = mapped_column(String(12), default=State.DRAFT)
    version: Mapped[int] = mapped_column(default=1)  # grows with each change of what it says
    changed_at: Mapped[Moment]
    published_at: Mapped[Moment | None]
    file: Mapped[str | None] = mapped_column(String(64))  # SHA-256 of the file that it was made of
    tour: Mapped[Tour] = relationship()

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.content["title"])
