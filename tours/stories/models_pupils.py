"""A pupil's story on its way: what its teacher signed, until who cares for the child said yes or no, or the class goes.

It waits here and at no desk. Once they said yes it is a story like any other, and here stands only which one, for as
long as the class is kept (docs/decisions/0049-a-pupils-story.md).
"""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.classes.models import SchoolClass
from core.database import Id, Key, Model, Moment, PlayerKey


class PupilStory(Model):
    """What one work of a class says as a story, with the hash of it that a teacher signed. No child stands in it."""

    __tablename__ = "story_of_pupil"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    work_id: Mapped[int] = mapped_column(ForeignKey("school_work.id"), unique=True)
    guardian: Mapped[PlayerKey | None] = mapped_column(index=True)  # the receipt that went home, until their yes
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # as a story has it; empty after their yes
    language: Mapped[str] = mapped_column(String(8))
    hash: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[Moment]  # by the teacher of the class
    became: Mapped[Key | None] = mapped_column(index=True)  # the story, once they said yes
    school_class: Mapped[SchoolClass] = relationship()

    @property
    def waits(self) -> bool:
        """Whether who cares for the child said neither yes nor no."""
        return self.became is None
