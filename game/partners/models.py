"""An organisation that works here, as its page says it. No person stands in it."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Id, Key, Model, Moment


class Partner(Model):
    """A housing corporation, a school, a library, a club."""

    __tablename__ = "partner"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(Text)  # what it does here
    gives: Mapped[str] = mapped_column(Text, default="")  # what it brings: means, a room, somebody who decides
    language: Mapped[str] = mapped_column(String(8))
    website: Mapped[str] = mapped_column(String(200), default="")  # https, or none
    since: Mapped[Moment]
