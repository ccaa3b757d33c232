"""A screen in the house. Of its secret only a hash is kept."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Id, Key, Model, Moment


class Wall(Model):
    """A screen at a secret address; 130 random bits need no salt. Once ended its address is that of nothing."""

    __tablename__ = "wall"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)  # for who keeps it, whom the secret is shown once
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
