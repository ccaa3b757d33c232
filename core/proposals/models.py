"""A place that a resident proposes. It is no spot before an editor said yes: no question about spots sees it."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.database import Id, Key, Model, Moment, PlayerKey
from core.places.models import Spot


class State(StrEnum):
    """How a proposal stands."""

    WAITING = "waiting"  # for an editor, or for its player where it came back
    TAKEN = "taken"  # it became a spot
    AWAY = "away"  # an editor took it away


class SpotProposal(Model):
    """A place as a resident wrote it (WGS 84 degrees): where its pin stands, not where they stood."""

    __tablename__ = "spot_proposal"
    __table_args__ = (Index(None, "neighbourhood_id", "state", "sent_at"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    player: Mapped[PlayerKey] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(80))
    street: Mapped[str] = mapped_column(String(80), default="")
    about: Mapped[str] = mapped_column(String(300), default="")
    language: Mapped[str] = mapped_column(String(8))  # that it is written in
    lat: Mapped[float]
    lon: Mapped[float]
    named: Mapped[bool] = mapped_column(default=False)  # whether its player's name may stand with it
    sent_at: Mapped[Moment]
    asks: Mapped[int] = mapped_column(default=1)  # how often it was sent: which ask an editor answers
    state: Mapped[State] = mapped_column(String(10), default=State.WAITING)
    spot_id: Mapped[int | None] = mapped_column(ForeignKey("spot.id"), index=True)  # what it became
    spot: Mapped[Spot | None] = relationship()

    def ask_anew(self) -> None:
        """It was sent once more, and waits from now on."""
        self.sent_at, self.asks = clock.now(), self.asks + 1

    @property
    def waits(self) -> bool:
        """Whether its player can still write it anew or take it back."""
        return self.state == State.WAITING

    @property
    def is_on_the_map(self) -> bool:
        """Whether everybody sees what it became."""
        return self.state == State.TAKEN and self.spot is not None and self.spot.removed_at is None

    @property
    def keeps_its_words(self) -> bool:
        """Whether what it became still says what its player wrote: with other words no name of theirs stands."""
        if self.spot is None:
            return False
        about = (self.spot.texts.get(self.language) or {}).get("about", "")
        return (self.spot.name, about) == (self.name, self.about)

    @property
    def as_spot(self) -> dict[str, object]:
        """What the spot says that it becomes."""
        return {
            "name": self.name, "street": self.street, "texts": {self.language: {"about": self.about}},
            "lat": self.lat, "lon": self.lon,
        }  # fmt: skip
