"""A photo, what each person in it said it may be used for, where it came to be seen, and what it was before."""

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.database import Id, Key, Model, Moment, PlayerKey

ALBUM = "own album"  # the scope that a yes gives (docs/rules.md §5)
PLAYERS, SCREEN, WEB, PRINT = "players", "HQ screen", "public web", "print"
WIDER = (PLAYERS, SCREEN, WEB, PRINT)
"""The scopes beyond the two albums: each takes the yes of everybody in the picture, and an editor's."""
STANDS = text("withdrawn_at IS NULL")


class Photo(Model):
    """A photo in three sizes, redrawn from pixels. Once forgotten it is nowhere, and its bytes go."""

    __tablename__ = "photo"
    __table_args__ = (Index(None, "neighbourhood_id", "cleared_at"), Index(None, "neighbourhood_id", "sha256"))

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)  # of its bytes (core/media)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    maker: Mapped[PlayerKey]
    width: Mapped[int]
    height: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))  # of the bytes that the phone sent
    people: Mapped[int] = mapped_column(default=2)  # how many are in it: it is seen where so many said yes
    cleared_at: Mapped[Moment | None]  # an editor's yes to what everybody in it allows, now or later
    cleared_by: Mapped[PlayerKey | None]  # None for somebody at the command line
    kept_at: Mapped[Moment]
    forgotten_at: Mapped[Moment | None] = mapped_column(index=True)
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
        """Record a person's consent, once while it stands. A forgotten photo takes none."""
        if not self.is_forgotten and not self.is_allowed_by(player, scope):
            self.consents.append(Consent(player=player, scope=scope, given_at=clock.now()))

    def disallow(self, player: str, scope: str) -> None:
        """End a person's consent. Given again it is a new row."""
        for consent in self.consents:
            if consent.player == player and consent.scope == scope and consent.withdrawn_at is None:
                consent.withdrawn_at = clock.now()


class Consent(Model):
    """One person's yes to one use of one photo: rows are added, and ended once. One of a sort stands at a time."""

    __tablename__ = "photo_consent"
    __table_args__ = (
        Index(
            "uq_photo_consent_standing", "photo_id", "player", "scope", unique=True, sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        Index(None, "player"),
    )  # fmt: skip

    id: Mapped[Id]
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), index=True)
    player: Mapped[PlayerKey]
    scope: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment | None]
    photo: Mapped[Photo] = relationship(back_populates="consents")


class Showing(Model):
    """That a photo could be seen in a wider scope, since when and until when: what packs and screens must drop."""

    __tablename__ = "photo_showing"

    id: Mapped[Id]
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), index=True)
    key: Mapped[Key]  # the one it had then: a photo that was blurred has another
    scope: Mapped[str] = mapped_column(String(20))
    since: Mapped[Moment]
    until: Mapped[Moment | None] = mapped_column(index=True)
    photo: Mapped[Photo] = relationship()


class Before(Model):
    """A photo as it was before an editor blurred it, or as it was blurred before that was undone.

    Its key is no picture's address; those in it who come from a page with that key still find their photo by it. The
    row stays until the bytes of the photo itself are gone too.
    """

    __tablename__ = "photo_before"

    id: Mapped[Id]
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), index=True)
    key: Mapped[Key] = mapped_column(unique=True)
    width: Mapped[int]
    height: Mapped[int]
