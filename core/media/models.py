"""A folder of finished files under a key, and whether its owner said goodbye to it."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Id, Key, Model, Moment


class Media(Model):
    """The bytes of a picture or a sound. What it is of, and who may see it, its owner knows."""

    __tablename__ = "media"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    owner: Mapped[str] = mapped_column(String(20))  # its name in owners.py
    kept_at: Mapped[Moment]
    let_go_at: Mapped[Moment | None] = mapped_column(index=True)  # from then on the bytes may go; later than now: aside
    gone_at: Mapped[Moment | None]
    tries: Mapped[int] = mapped_column(default=0)  # how often the sweep tried to remove the bytes
