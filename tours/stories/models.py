"""Who tells, what everybody reads, and its pictures. What was handed in is core/contributions'; this is made of it."""

from datetime import datetime
from typing import Any

from flask_babel import LazyString
from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.contributions.models import Contribution
from core.database import Id, Key, Model, Moment, PlayerKey
from core.places.models import Spot
from tours.stories import pictures, text
from tours.stories.period import Period, of_edtf

SELF, HELPER, PAPER, SCHOOL = "self", "helper", "paper", "school"  # how a story was told
LONGEST = 80  # signs of a title
SHORT = 600  # signs of a summary


class Telling(Model):
    """Who tells one story, apart from any account: it goes with what they handed in."""

    __tablename__ = "story_telling"

    id: Mapped[Id]
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"), unique=True)
    called: Mapped[str] = mapped_column(String(60), default="")  # their name or another; "" for who stays anonymous
    way: Mapped[str] = mapped_column(String(10), default=SELF)
    helper: Mapped[PlayerKey | None]  # who typed it for them
    guardian: Mapped[PlayerKey | None] = mapped_column(index=True)  # the receipt of who cares for a child that tells it
    wish: Mapped[str] = mapped_column(String(300), default="")  # what that one wants changed, to the editors
    note: Mapped[str] = mapped_column(String(300), default="")  # of the editor who changed it last, to the teller
    contribution: Mapped[Contribution] = relationship()


class Story(Model):
    """A story as everybody reads it: made of exactly the version that its teller and an editor signed.

    Once it is withdrawn nothing of it is left here but that it was.
    """

    __tablename__ = "story"
    __table_args__ = (Index(None, "neighbourhood_id", "first_year"), Index(None, "neighbourhood_id", "published_at"))

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)  # of what was handed in
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id", ondelete="SET NULL"), unique=True)
    spot_id: Mapped[int | None] = mapped_column(ForeignKey("spot.id"), index=True)
    lat: Mapped[float | None]  # a point of its own, as everybody may know it: tours/stories/place.py
    lon: Mapped[float | None]
    address: Mapped[str] = mapped_column(String(120), default="", server_default="")
    title: Mapped[str] = mapped_column(String(LONGEST))
    words: Mapped[str] = mapped_column(Text)
    in_short: Mapped[str] = mapped_column(String(SHORT), default="", server_default="")  # an editor's, beside them
    language: Mapped[str] = mapped_column(String(8))
    called: Mapped[str] = mapped_column(String(60))  # read where the name may stand there: queries.names
    pupil: Mapped[str | None] = mapped_column(String(40))  # of a class: for which group, "" for none said
    theme: Mapped[str] = mapped_column(String(20), default="")
    warning: Mapped[str] = mapped_column(String(120), default="")  # what one should know before reading
    when: Mapped[str] = mapped_column(String(80), default="")  # in the teller's words
    edtf: Mapped[str | None] = mapped_column(String(30))
    first_year: Mapped[int | None]
    sound_key: Mapped[Key | None]
    milliseconds: Mapped[int | None]
    cues: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))  # [[milliseconds, sentence], …]
    found: Mapped[str] = mapped_column(Text, default="")  # all its words in one spelling, for the search
    prompt: Mapped[str] = mapped_column(String(26), default="", index=True)  # the key of the question that it answers
    version_hash: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[Moment]
    hidden_at: Mapped[Moment | None]  # an editor looks at it again
    gone_at: Mapped[Moment | None]  # withdrawn, or taken away
    spot: Mapped[Spot | None] = relationship()
    pictures: Mapped[list["Picture"]] = relationship(
        back_populates="story", cascade="all, delete-orphan", order_by="Picture.number"
    )

    @property
    def period(self) -> Period | None:
        """When it is about, as far as that could be read."""
        return of_edtf(self.edtf) if self.edtf else None

    @property
    def pair(self) -> tuple["Picture", "Picture"] | None:
        """The same place then and now, where both may be seen."""
        by_role = {one.role: one for one in self.pictures}
        then, now = by_role.get(pictures.THEN), by_role.get(pictures.NOW)
        return (then, now) if then and now else None

    @property
    def single(self) -> list["Picture"]:
        """The pictures beside that pair."""
        return [one for one in self.pictures if one not in (self.pair or ())]

    @property
    def minutes(self) -> int:
        """How long it takes to read or to hear."""
        return max(1, round(self.milliseconds / 60_000)) if self.milliseconds else self.minutes_to_read

    @property
    def minutes_to_read(self) -> int:
        """How long its words take, whether or not there is a voice."""
        return text.minutes(self.words)

    def empty(self, moment: datetime) -> None:
        """It is withdrawn: nothing of it stays."""
        self.gone_at = self.gone_at or moment
        self.title = self.words = self.called = self.theme = self.warning = self.when = self.found = self.prompt = (
            self.address
        ) = self.in_short = ""
        self.pupil = self.edtf = self.first_year = self.sound_key = self.milliseconds = self.cues = self.spot_id = (
            self.lat
        ) = self.lon = None
        self.pictures.clear()


class Picture(Model):
    """A picture of a story, redrawn from its pixels."""

    __tablename__ = "story_picture"

    id: Mapped[Id]
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    number: Mapped[int]
    key: Mapped[Key] = mapped_column(unique=True)  # of its bytes (core/media)
    role: Mapped[str] = mapped_column(String(10))  # "photo", or of a pair "then" and "now"
    about: Mapped[str] = mapped_column(String(200))  # what is in it, for who cannot see it
    when: Mapped[str] = mapped_column(String(80), default="")
    edtf: Mapped[str | None] = mapped_column(String(30))
    credit: Mapped[str] = mapped_column(String(120), default="")
    rights: Mapped[str] = mapped_column(String(60), default=pictures.UNDETERMINED.uri)  # of rightsstatements.org
    people: Mapped[str] = mapped_column(String(14), default=pictures.NOBODY)  # who stands in it
    width: Mapped[int]
    height: Mapped[int]
    story: Mapped[Story] = relationship(back_populates="pictures")

    @property
    def period(self) -> Period | None:
        """When it was made, as far as that could be read."""
        return of_edtf(self.edtf) if self.edtf else None

    @property
    def may_be_used(self) -> LazyString | None:
        """What may be done with it, in a sentence."""
        return pictures.SENTENCES.get(self.rights)


class Card(Model):
    """The picture that other sites show beside a link to a story."""

    __tablename__ = "story_card"

    id: Mapped[Id]
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), unique=True)
    key: Mapped[Key] = mapped_column(unique=True)  # of its bytes (core/media)
    of: Mapped[str] = mapped_column(String(64))  # SHA-256 of what stands in it


class Reaction(Model):
    """What a neighbour knows too of what a story tells, as everybody reads it under that story."""

    __tablename__ = "story_reaction"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)  # of what was handed in
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    story: Mapped[Story] = relationship()


class Prompt(Model):
    """A neighbour's question at a spot or of a theme, as everybody reads it; stories answer it by its key."""

    __tablename__ = "story_prompt"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)  # of what was handed in
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    spot_id: Mapped[int | None] = mapped_column(ForeignKey("spot.id"), index=True)
    theme: Mapped[str] = mapped_column(String(20), default="")
    question: Mapped[str] = mapped_column(String(140))
    language: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[Moment]
    spot: Mapped[Spot | None] = relationship()
