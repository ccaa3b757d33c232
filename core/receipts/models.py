"""A receipt: who comes back by which secret. Of the secret only a hash is kept."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Id, Key, Model, Moment


class Receipt(Model):
    """The receipt of one subject: an opaque key that stands under what they handed in, in the place of a player's.

    Here lies only the SHA-256 of its secret (130 random bits need no salt). A new one takes the place of the old one.
    """

    __tablename__ = "receipt"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)  # for a host, whom the subject is no business of
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    subject: Mapped[Key] = mapped_column(unique=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    issued_at: Mapped[Moment]
