"""A photo, what each person in it said it may be used for, and what it was before."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from core.consent.models import Consent
from core.database import Id, Key, Model, Moment, PlayerKey

KIND = "photo"  # in consents, and at the desk
ALBUM = "own album"  # the scope that a yes gives (docs/rules.md §5)
PLAYERS, SCREEN, WEB, PRINT = "players", "HQ screen", "public web", "print"
WIDER = (PLAYERS, SCREEN, WEB, PRINT)
"""The scopes beyond the two albums: each takes the yes of everybody in the picture, and an editor's."""


class Photo(Model):
    """A photo in three sizes, redrawn from pixels. Once forgotten it is nowhere, and its bytes go."""

    __tablename__ = "photo"
    __table_args__ = (
        Index(None, "neighbourhood_id", "cleared_at"),
        Index(None, "neighbourhood_id", "sha256"),
        UniqueConstraint("copy_of_id", "maker"),
    )

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
    stays: Mapped[bool] = mapped_column(default=False)  # a copy of one's own: it never leaves that album
    copy_of_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"))  # until it takes the place of that one
    consents: Mapped[list[Consent]] = relationship(
        primaryjoin=lambda: and_(Photo.id == foreign(Consent.thing), Consent.kind == KIND),
        order_by=Consent.id, viewonly=True,
    )  # fmt: skip
    """Every yes to it, also those that were ended; core/consent/service.py gives and ends them."""

    @property
    def is_forgotten(self) -> bool:
        """Whether every address of it answers 404."""
        return self.forgotten_at is not None

    def is_allowed_by(self, player: str, scope: str = ALBUM) -> bool:
        """Whether this person's consent stands."""
        return any(consent.who == player and consent.use == scope and consent.stands for consent in self.consents)


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
