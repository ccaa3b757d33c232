"""An encounter, each one's yes, and the code that brings the two together."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Column, ColumnElement, ForeignKey, Index, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.database import Id, Key, Model, Moment, PlayerKey
from core.photos.models import Photo
from core.refusal import Refusal, Sort
from game.challenges.models import Challenge
from game.scoring.meeting import Meeting
from game.visits import rules

ANSWER_WITHIN = timedelta(hours=72)
CODE_LIVES = timedelta(minutes=10)


class CodeOver(Refusal):
    """Letters lead nowhere (any more), as `heading` says; other letters are the way on."""


class State(StrEnum):
    """draft (companion open) → proposed → confirmed; side exits (docs/rules.md §4)."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"
    REMOVED = "removed"  # the starter took back their yes, or it went up in the other phone's report


OPEN = {State.DRAFT, State.PROPOSED}
photos_of_encounter = Table(
    "encounter_photo",
    Model.metadata,
    Column("encounter_id", ForeignKey("encounter.id"), primary_key=True),
    Column("photo_id", ForeignKey("photo.id"), primary_key=True, unique=True),
)


@dataclass(frozen=True)
class Facts:
    """What scoring will use of a person, as it was at their yes."""

    zone_id: int | None
    is_on_this_phone: bool = False  # said on the starter's phone
    household: str | None = None  # its key
    evidence: str = ""  # what showed that they were at the challenge's spot (game/visits/rules.py)
    team: str | None = None  # its key


class Encounter(Model):
    """Two residents who met. It is confirmed once both said yes, and stays so."""

    __tablename__ = "encounter"
    __table_args__ = (UniqueConstraint("starter", "client_key"), Index(None, "neighbourhood_id", "confirmed_at"))

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    season_id: Mapped[int | None] = mapped_column(ForeignKey("season.id"))  # set when confirmed in a season
    starter: Mapped[PlayerKey] = mapped_column(index=True)
    companion: Mapped[PlayerKey | None] = mapped_column(index=True)
    state: Mapped[State] = mapped_column(String(10))
    once: Mapped[str | None] = mapped_column(String(90), unique=True)  # season, pair, challenge; while it stands
    client_key: Mapped[str] = mapped_column(String(40))
    content: Mapped[str] = mapped_column(String(64))  # SHA-256 of what was handed in under the client key
    made_at: Mapped[Moment]  # when it arrived here
    taken_on: Mapped[date | None]  # the day by the phone, when it waited there until a later one
    answer_by: Mapped[Moment] = mapped_column(index=True)
    confirmed_at: Mapped[Moment | None]
    scores: Mapped[bool] = mapped_column(default=False)
    fits: Mapped[bool] = mapped_column(default=False)  # it did its week's challenge, or that of a spot, surely there
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("encounter.id"), index=True)
    challenge: Mapped[Challenge] = relationship()
    merged_into: Mapped["Encounter | None"] = relationship(remote_side="Encounter.id")
    yeses: Mapped[list["Yes"]] = relationship(back_populates="encounter", cascade="all, delete-orphan", lazy="selectin")
    photos: Mapped[list[Photo]] = relationship(secondary=photos_of_encounter, order_by=Photo.id)
    witnesses: Mapped[list["Witness"]] = relationship(cascade="all, delete-orphan")

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered: decided here and now, no sweep needed."""
        return self.state in OPEN and clock.now() < self.answer_by

    @property
    def is_confirmed(self) -> bool:
        """Whether both said yes."""
        return self.state == State.CONFIRMED

    @property
    def moment(self) -> datetime:
        """When they met: when the second said yes, until then when it was handed in."""
        return self.confirmed_at or self.made_at

    @property
    def players(self) -> set[str | None]:
        """The two, as player keys; None while the companion is open."""
        return {self.starter, self.companion}

    @property
    def is_on_one_phone(self) -> bool:
        """Whether the companion answered on the starter's phone."""
        return any(yes.is_on_this_phone for yes in self.yeses)

    @property
    def is_witnessed(self) -> bool:
        """Whether a host saw the two: evidence, and what lets somebody younger than 16 meet."""
        return bool(self.witnesses)

    def other(self, player: str) -> str | None:
        """The other of the two."""
        return self.companion if player == self.starter else self.starter

    def said_yes(self, player: str) -> bool:
        """Whether this player's yes is there."""
        return any(yes.player == player for yes in self.yeses)

    def evidence(self, player: str) -> frozenset[str]:
        """What shows that this player was at the challenge's spot: their own, that the other surely was, or a host."""
        mine = {piece for yes in self.yeses if yes.player == player for piece in rules.read(yes.evidence)}
        others = {piece for yes in self.yeses if yes.player != player for piece in rules.read(yes.evidence)}
        partner = {rules.PARTNER.name} if rules.VERIFIED.name in others else set()
        return frozenset(mine | partner | ({rules.WITNESS.name} if self.is_witnessed else set()))

    @property
    def is_at_its_spot(self) -> bool:
        """Whether its challenge belongs to a spot, and one of the two was surely there: they did it together."""
        if self.challenge.spot_id is None:
            return False
        return any(rules.counts(self.evidence(yes.player)) for yes in self.yeses)

    def propose(self, companion: str, once: str) -> None:
        """Name the companion. Raises Refusal when it is closed or somebody else was named."""
        self.must_be_open()
        if companion == self.starter:
            raise Refusal(_l("This is your own code. The other scans it."), Sort.INVALID)
        if self.companion not in {None, companion}:
            raise CodeOver(_l("Ask the other for a new one."), Sort.GONE, heading=_l("This code was used already"))
        if self.companion is None:
            self.companion, self.once = companion, once
            self.state = State.PROPOSED
            self.answer_by = clock.now() + ANSWER_WITHIN

    def agree(self, player: str, facts: Facts) -> bool:
        """Add a player's yes; True when this one confirmed it. A second yes of the same player changes nothing.

        Raises Refusal when the player is not one of the two, or it can no longer be answered.
        """
        if player not in self.players:
            raise Refusal(_l("Only the two people who met can say yes."), Sort.FORBIDDEN)
        if self.is_confirmed:
            return False
        self.must_be_open()
        if not self.said_yes(player):
            self.yeses.append(
                Yes(
                    player=player, at=clock.now(), zone_id=facts.zone_id, is_on_this_phone=facts.is_on_this_phone,
                    evidence=facts.evidence, household=facts.household, team=facts.team,
                )
            )  # fmt: skip
        if {yes.player for yes in self.yeses} != self.players:
            return False
        self.state, self.confirmed_at = State.CONFIRMED, clock.now()
        return True

    def close(self, state: State) -> None:
        """End it without a meeting: declined, expired or removed. Raises Refusal once it is confirmed."""
        if self.is_confirmed:
            raise Refusal(_l("You both said yes already. You can still withdraw the photo."))
        self.state, self.once = state, None

    def as_meeting(self) -> Meeting:
        """What scoring needs of it. Only once confirmed in a season."""
        one, other = sorted(self.yeses, key=lambda yes: yes.player)
        if self.season_id is None or self.confirmed_at is None:
            raise ValueError(f"encounter {self.key} is no meeting of a season")
        return Meeting(
            key=self.key, season_id=self.season_id, players=(one.player, other.player),
            zones=(one.zone_id, other.zone_id), moment=self.confirmed_at, challenge=self.challenge_id,
            households=(one.household, other.household), teams=(one.team, other.team),
            helper=self.starter if self.is_on_one_phone else None, fits=self.fits,
        )  # fmt: skip

    def must_be_open(self) -> None:
        """Raises Refusal once it cannot be answered any more."""
        if not self.is_open:
            raise self.over()

    @staticmethod
    def over() -> Refusal:
        """What everybody reads of a meeting that cannot be answered any more, whatever the reason."""
        return Refusal(_l("This meeting can no longer be answered. Nobody loses points."), Sort.GONE)


def once(season: int | date, one: str, other: str, challenge: int) -> str:
    """What must stand once: a season (a day, outside one), a pair, a challenge."""
    return f"{season}-{'-'.join(sorted((one, other)))}-{challenge}"


class Yes(Model):
    """One person's yes to one encounter, with the facts that scoring uses."""

    __tablename__ = "yes"
    __table_args__ = (UniqueConstraint("encounter_id", "player"),)

    id: Mapped[Id]
    encounter_id: Mapped[int] = mapped_column(ForeignKey("encounter.id"))
    player: Mapped[PlayerKey]
    at: Mapped[Moment]
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"))
    is_on_this_phone: Mapped[bool]
    evidence: Mapped[str] = mapped_column(String(60), default="")  # names of game/visits/rules.py; no position
    household: Mapped[str | None] = mapped_column(String(26))  # its key then; the household itself may be gone since
    team: Mapped[str | None] = mapped_column(String(26))  # the same of their team
    encounter: Mapped[Encounter] = relationship(back_populates="yeses")


class Witness(Model):
    """A host who saw the two meet in the neighbourhood house (docs/rules.md §3)."""

    __tablename__ = "witness"
    __table_args__ = (UniqueConstraint("encounter_id", "host"),)

    id: Mapped[Id]
    encounter_id: Mapped[int] = mapped_column(ForeignKey("encounter.id"))
    host: Mapped[PlayerKey] = mapped_column(index=True)
    at: Mapped[Moment]


class TalkAnswer(Model):
    """What one of the two said at a talk card, in their own words. Only the two ever read it."""

    __tablename__ = "talk_answer"

    encounter_id: Mapped[int] = mapped_column(ForeignKey("encounter.id"), primary_key=True)
    player: Mapped[PlayerKey] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(280))
    at: Mapped[Moment]


class Code(Model):
    """Six letters that lead to an encounter for ten minutes. Reading them consumes nothing."""

    __tablename__ = "encounter_code"

    letters: Mapped[str] = mapped_column(String(6), primary_key=True)
    encounter_id: Mapped[int] = mapped_column(ForeignKey("encounter.id"), index=True)
    valid_until: Mapped[Moment]
    encounter: Mapped[Encounter] = relationship()

    @property
    def is_live(self) -> bool:
        """Whether the ten minutes are not over."""
        return clock.now() < self.valid_until

    @classmethod
    def lives(cls, now: Any = None) -> ColumnElement[bool]:
        """The same for inside a question: now, or at a moment (a value or a parameter)."""
        return cls.valid_until > (clock.now() if now is None else now)

    def seconds_left(self, moment: datetime) -> int:
        """How long it still lives."""
        return max(0, int((self.valid_until - moment).total_seconds()))
