"""Albums on paper: which book was opened to print on which day, and which photos stood on which of its pages."""

from datetime import date

from sqlalchemy import Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Id, Model, Moment


class PrintedAlbum(Model):
    """The album of a season that somebody of the team opened to print on a day. Nothing says who did."""

    __tablename__ = "album_printed"
    __table_args__ = (UniqueConstraint("season_id", "printed_on"),)

    id: Mapped[Id]
    season_id: Mapped[int] = mapped_column(ForeignKey("season.id", ondelete="CASCADE"))
    printed_on: Mapped[date] = mapped_column(Date)
    replaced_at: Mapped[Moment | None]  # somebody said that none of it lies around any more


class OnPage(Model):
    """A photo in it."""

    __tablename__ = "album_printed_photo"

    printed_id: Mapped[int] = mapped_column(ForeignKey("album_printed.id", ondelete="CASCADE"), primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), primary_key=True, index=True)
    page: Mapped[int]  # of the book, its cover counted
