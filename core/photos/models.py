"""A photo, and what each person in it said it may be used for."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.database import Id, Key, Model, Moment, PlayerKey

ALBUM = "own album"  # the scope that a yes gives; wider ones come with the desk (docs/rules.md §5)


class Photo(Model):
    """A photo in three sizes, redrawn from pixels. Once forgotten it is nowhere, and its bytes go."""

    __tablename__ = "photo"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    maker: Mapped[PlayerKey]
    width: Mapped[int]
    height: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))  # of the bytes that the phone sent
    kept_at: Mapped[Moment]
    forgotten_at: Mapped[Moment | None] = mapped_column(index=True)
    bytes_gone_at: Mapped[Moment | None]
    consents: Mapped[list["Consent"]] = relationship(back_populates="photo", cascade="all, delete-orphan")

    @property
    def is_forgotten(self) -> bool:
        """Whether every address of it answers 404."""
        return self.forgotten_at is not None

    def is_allowed_by(self, player: str, scope: str = ALBUM) -> bool:
        """Whether this person's consent stands."""
        return any(
            consent.player == player and consent.scope == scope and consent.withdrawn_at is None
            for consent in self.consents
        )

    def allow(self, player: str, scope: str = ALBUM) -> None:
        """Record a person's consent, once."""
        if not any(consent.player == player and consent.scope == scope for consent in self.consents):
            self.consents.append(Consent(player=player, scope=scope, given_at=clock.now()))


class Consent(Model):
    """One person's yes to one use of one photo. A photo is visible where everybody in it said yes."""

    __tablename__ = "photo_consent"
    __table_args__ = (UniqueConstraint("photo_id", "player", "scope"),)

    id: Mapped[Id]
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"))
    player: Mapped[PlayerKey]
    scope: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment | None]
    photo: Mapped[Photo] = relationship(back_populates="consents")
