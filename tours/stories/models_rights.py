"""What guards the rights of a teller: that a story rests for a while, and what shows a yes on paper or aloud."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Id, Key, Model, Moment, PlayerKey


class Pause(Model):
    """That nobody reads a story for a while. It counts by its own moments; `ended_at` also says that it was tidied."""

    __tablename__ = "story_pause"
    __table_args__ = (Index(None, "story_id", "until"),)

    id: Mapped[Id]
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"))
    version_hash: Mapped[str] = mapped_column(String(64))  # of what was read then
    reason: Mapped[str] = mapped_column(String(20))  # of pauses.REASONS
    by: Mapped[PlayerKey | None]  # which editor
    since: Mapped[Moment]
    until: Mapped[Moment]
    ended_at: Mapped[Moment | None]  # by an editor, or by itself

    @property
    def last_day(self) -> date:
        """The day on which it comes back."""
        return clock.day_of(self.until)


class Evidence(Model):
    """What shows that somebody said yes to exactly this version on paper or aloud: a note, and perhaps the sheet."""

    __tablename__ = "story_evidence"

    id: Mapped[Id]
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"), index=True)
    version_hash: Mapped[str] = mapped_column(String(64))
    as_what: Mapped[str] = mapped_column(String(20))  # as what they signed
    how: Mapped[str] = mapped_column(String(10))  # on paper, or aloud
    note: Mapped[str] = mapped_column(String(300), default="")  # where the sheet lies, or who heard it
    sheet: Mapped[Key | None]  # the bytes of its photo (core/media)
    by: Mapped[PlayerKey | None]  # who put it in
    at: Mapped[Moment]
