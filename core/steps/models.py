"""One step of one thing: from where to where, by whom, and in which words."""

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Id, Key, Model, Moment, PlayerKey


class Step(Model):
    """A row that is added and never changed; the words of somebody who was erased are taken out of it."""

    __tablename__ = "step"
    __table_args__ = (UniqueConstraint("kind", "about", "number"),)

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(20))  # of the thing: the name of its course
    about: Mapped[Key]  # its key
    number: Mapped[int]  # from 1 on
    state: Mapped[str] = mapped_column(String(20))  # as it stands from then on
    by: Mapped[PlayerKey] = mapped_column(index=True)
    as_what: Mapped[str] = mapped_column(String(20))  # a part of its course, such as "editor"
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    at: Mapped[Moment]
