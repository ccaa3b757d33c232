"""A challenge: its kind decides what is asked, its texts say it. And which one has its turn."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock, i18n
from core.database import Id, Key, Model, Moment, PlayerKey
from core.neighbourhoods.models import Zone
from core.places import geo
from core.places.models import Spot

MARKS = ("free", "step_free", "indoor")


SOMEBODY = "somebody"  # who wrote the words of a challenge, once nobody knows who it was


class State(StrEnum):
    """Whether everybody may see a challenge."""

    SHOWN = "shown"
    DRAFT = "draft"  # of a maker: it waits at the desk, and nobody ever did it
    HIDDEN = "hidden"  # it was shown; an editor, or a report, took it out of sight


class Answer(StrEnum):
    """How who looked says what they found out."""

    CHOICE = "choice"  # one of the options that the challenge names
    NUMBER = "number"
    NOTE = "note"  # a sentence, which an editor reads first


class Theme(Model):
    """What several challenges of a neighbourhood are about, in its own words. Another thing than a season's theme."""

    __tablename__ = "challenge_theme"
    __table_args__ = (UniqueConstraint("neighbourhood_id", "key"),)

    id: Mapped[Id]
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    key: Mapped[str] = mapped_column(String(40))
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)  # language → {"name"}

    @property
    def words(self) -> dict[str, Any]:
        """Its name in the reader's language: {"name", "lang"}."""
        return i18n.pick(self.texts)


class Challenge(Model):
    """Something that two residents can do together in this neighbourhood."""

    __tablename__ = "challenge"
    __table_args__ = (UniqueConstraint("neighbourhood_id", "key"),)

    id: Mapped[Id]
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    key: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))  # a name in kinds.KINDS
    icon: Mapped[str] = mapped_column(String(30))
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)  # language → {"title", "text", "question"}
    marks: Mapped[list[str]] = mapped_column(JSON)  # of MARKS: what `holds` reads
    faceless: Mapped[bool]  # hands, shadows, backs, shoes and a drawing count equally
    by: Mapped[str | None] = mapped_column(String(80))  # "bedacht door …"
    spot_id: Mapped[int | None] = mapped_column(ForeignKey("spot.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("challenge_theme.id"), index=True)
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"), index=True)  # what `told_zone` reads
    on_site: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))  # game/challenges/answers.py; never sent whole
    picture: Mapped[str | None] = mapped_column(String(80))  # a drawing of ours: its file in static/illustrations
    answer: Mapped[Answer | None] = mapped_column(String(10))  # how what was found out is said, of kinds that find
    from_hour: Mapped[int | None]  # on the clock of Amsterdam: outside its hours it is not suggested
    until_hour: Mapped[int | None]
    first_day: Mapped[date | None] = mapped_column(Date)  # before it, and after the last, it is not there
    last_day: Mapped[date | None] = mapped_column(Date)
    state: Mapped[State] = mapped_column(String(10), default=State.SHOWN)
    retired_at: Mapped[Moment | None]  # no longer offered; what was done with it stays
    maker: Mapped[PlayerKey | None] = mapped_column(index=True)  # None: a pack, or somebody who was erased
    changed_by: Mapped[PlayerKey | None]  # who wrote its words last, where that is not what its maker sent
    sent_at: Mapped[Moment | None]  # since when it says what no editor asked for: sent to them, or written anew
    asks: Mapped[int] = mapped_column(default=0)  # how often that was: which ask an editor answers
    spot: Mapped[Spot | None] = relationship()
    theme: Mapped[Theme | None] = relationship()
    zone: Mapped[Zone | None] = relationship(backref="challenges")  # a zone that goes is taken out of them first

    def ask_anew(self) -> None:
        """It says what no editor looked at, from now on."""
        self.sent_at, self.asks = clock.now(), (self.asks or 0) + 1

    @property
    def desk_key(self) -> str:
        """What the desk knows it by: the same key can stand in two neighbourhoods."""
        return f"{self.neighbourhood_id}-{self.key}"

    def is_open_at(self, moment: datetime) -> bool:
        """Whether it could be done then: shown, within its days, and neither it nor its spot taken away yet."""
        day = clock.day_of(moment)
        in_its_days = (self.first_day or day) <= day <= (self.last_day or day)
        ends = (self.retired_at, self.spot.removed_at if self.spot else None)
        is_gone = any(end is not None and end <= moment for end in ends)
        return self.state == State.SHOWN and in_its_days and not is_gone

    def suits(self, moment: datetime) -> bool:
        """Whether it is within its hours then. It can be done outside of them, and is not suggested."""
        hour = clock.local(moment).hour
        return (self.from_hour or 0) <= hour < (self.until_hour or 24)

    @property
    def options(self) -> list[tuple[str, str]]:
        """What can be chosen of, as it is kept and as the reader reads it: the Dutch, and their own language."""
        if self.answer != Answer.CHOICE:
            return []
        ours, theirs = (texts.get("options", "").split(", ") for texts in (self.texts.get("nl", {}), self.words))
        return list(zip(ours, theirs if len(theirs) == len(ours) else ours, strict=True)) if ours[0] else []

    @property
    def words(self) -> dict[str, Any]:
        """What it says, in the reader's language: {"title", "text", "question", "lang"}."""
        return i18n.pick(self.texts)

    @property
    def holds(self) -> list[str]:
        """Which of its marks hold: done at a spot, those that hold there too. What nobody looked at is not claimed."""
        access = self.spot.access if self.spot else None
        return [mark for mark in self.marks if access is None or getattr(access, mark)]

    @property
    def told_marks(self) -> set[str]:
        """What it tells of itself: the marks that hold, and "faceless"."""
        return {*self.holds, *(["faceless"] if self.faceless else [])}

    @property
    def told_zone(self) -> Zone | None:
        """The part of the neighbourhood that it is said to be in; not one that its spot lies outside of."""
        border, spot = self.zone.border if self.zone else None, self.spot
        return None if spot and border and not geo.is_inside(border, spot.lat, spot.lon) else self.zone

    @property
    def site_question(self) -> dict[str, str] | None:
        """The question that only who stands there can answer, without its answers: {"question", "lang"}."""
        if not self.on_site:
            return None
        texts = i18n.pick(self.on_site)
        return {"question": texts["question"], "lang": texts["lang"]}


class ChosenWeek(Model):
    """The challenge that makers chose for a week. A week without a row has another challenge each day."""

    __tablename__ = "challenge_week"

    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), primary_key=True)
    week: Mapped[date] = mapped_column(Date, primary_key=True)  # its Monday in Amsterdam
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    challenge: Mapped[Challenge] = relationship()


class DaysTurn(Model):
    """The challenge whose turn it is on a day that nobody chose for: fixed when the day begins."""

    __tablename__ = "challenge_day"

    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date)  # in Amsterdam: the last one that was fixed
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)


class Finding(Model):
    """The number or the option that somebody found out. Who they are goes when they are erased; the count stays."""

    __tablename__ = "challenge_finding"
    __table_args__ = (UniqueConstraint("challenge_id", "who"),)

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    who: Mapped[PlayerKey | None] = mapped_column(index=True)
    said: Mapped[str] = mapped_column(String(120))  # a number, or the Dutch of an option


class Note(Model):
    """The sentence of what somebody found out, which an editor read and everybody sees."""

    __tablename__ = "challenge_note"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    words: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8))
