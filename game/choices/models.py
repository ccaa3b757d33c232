"""A choice that neighbours make together: what can be chosen, who may, what was counted, and what became of it.

Of a secret choice there are no ballots: a list of who may vote and did, and one number an option
(docs/decisions/0046-secret-choices.md).
"""

from datetime import date

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.database import Id, Key, Model, Moment, PlayerKey

OPEN, SECRET = "open", "secret"


class Choice(Model):
    """One question with two to five options. Its mode and who may vote are fixed when it opens."""

    __tablename__ = "choice"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    title: Mapped[str] = mapped_column(String(100))
    fixed: Mapped[str] = mapped_column(Text)  # what is decided already
    undecided: Mapped[str] = mapped_column(Text)  # what neighbours decide
    language: Mapped[str] = mapped_column(String(8))
    mode: Mapped[str] = mapped_column(String(6))
    by: Mapped[PlayerKey] = mapped_column(index=True)  # the coordinator who opened it
    opened_at: Mapped[Moment]
    closes_at: Mapped[Moment] = mapped_column(index=True)
    voters: Mapped[int] = mapped_column(default=0)  # how many might vote when it opened
    sheets: Mapped[int] = mapped_column(default=0)  # of paper, handed out
    counted_by: Mapped[PlayerKey | None]  # who typed the totals of paper first, where they were accepted
    counted_too: Mapped[PlayerKey | None]  # and the other one
    emptied_at: Mapped[Moment | None]  # when the list of voters went
    options: Mapped[list["Option"]] = relationship(order_by="Option.number", back_populates="choice")

    @property
    def is_open(self) -> bool:
        """Whether somebody can still vote."""
        return clock.now() < self.closes_at

    @property
    def closes_on(self) -> date:
        """The last day on which somebody can vote, or the day on which it was made void."""
        return clock.day_of(self.closes_at)

    @property
    def is_secret(self) -> bool:
        """Whether nobody reads who chose what."""
        return self.mode == SECRET

    @property
    def waits_for_paper(self) -> bool:
        """Whether sheets were handed out and two people have not yet counted them."""
        return self.sheets > 0 and self.counted_too is None

    @property
    def has_result(self) -> bool:
        """Whether all of it is counted: not before the close, and not before the paper is."""
        return not self.is_open and not self.waits_for_paper


class Option(Model):
    """One of what can be chosen. How many chose it stands elsewhere: no page that shows options reads that."""

    __tablename__ = "choice_option"
    __table_args__ = (UniqueConstraint("choice_id", "number"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    choice_id: Mapped[int] = mapped_column(ForeignKey("choice.id"))
    number: Mapped[int]  # from 1 on
    title: Mapped[str] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(Text, default="")
    picture: Mapped[str | None] = mapped_column(String(26))  # the key of its bytes
    seen: Mapped[str] = mapped_column(String(200), default="")  # what is in the picture, for who does not see it
    width: Mapped[int | None]  # of the picture in px, as is its height
    height: Mapped[int | None]
    choice: Mapped[Choice] = relationship(back_populates="options")

    @property
    def letter(self) -> str:
        """What it is called on the page and on paper: A to E."""
        return "ABCDE"[self.number - 1]


class Count(Model):
    """How many chose an option without it being known who: secretly, on paper, or as somebody who was erased."""

    __tablename__ = "choice_count"

    option_id: Mapped[int] = mapped_column(ForeignKey("choice_option.id"), primary_key=True)
    choice_id: Mapped[int] = mapped_column(ForeignKey("choice.id"), index=True)
    votes: Mapped[int] = mapped_column(default=0)


class Voter(Model):
    """Somebody who may vote, and whether they did or got a sheet of paper. It goes after the close."""

    __tablename__ = "choice_voter"

    choice_id: Mapped[int] = mapped_column(ForeignKey("choice.id"), primary_key=True)
    who: Mapped[PlayerKey] = mapped_column(primary_key=True, index=True)
    voted: Mapped[bool] = mapped_column(default=False)


class OpenVote(Model):
    """What somebody chose in an open choice: theirs to change until the close."""

    __tablename__ = "choice_vote"

    choice_id: Mapped[int] = mapped_column(ForeignKey("choice.id"), primary_key=True)
    who: Mapped[PlayerKey] = mapped_column(primary_key=True, index=True)
    option_id: Mapped[int] = mapped_column(ForeignKey("choice_option.id"))
    shows_name: Mapped[bool]


class PaperCount(Model):
    """What one of two people counted on paper. It goes once somebody else counted the same."""

    __tablename__ = "choice_paper"

    choice_id: Mapped[int] = mapped_column(ForeignKey("choice.id"), primary_key=True)
    by: Mapped[PlayerKey] = mapped_column(index=True)
    votes: Mapped[list[int]] = mapped_column(JSON)  # of each option, in their order


class Outcome(Model):
    """What became of a choice, and why. It never changes: another decision is a row of its own."""

    __tablename__ = "choice_outcome"
    __table_args__ = (UniqueConstraint("choice_id", "number"),)

    id: Mapped[Id]
    choice_id: Mapped[int] = mapped_column(ForeignKey("choice.id"))
    number: Mapped[int]  # from 1 on; the last one stands
    option_id: Mapped[int | None] = mapped_column(ForeignKey("choice_option.id"))  # None: the choice is void
    because: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    by: Mapped[PlayerKey] = mapped_column(index=True)
    at: Mapped[Moment]
    review_on: Mapped[date | None]  # when it is looked at again; None of a void one
    option: Mapped[Option | None] = relationship()

    @property
    def on(self) -> date:
        """The day on which it was said."""
        return clock.day_of(self.at)


class Reason(Model):
    """A card as everybody reads it: for or against an option, or that somebody does not agree with what became."""

    __tablename__ = "choice_reason"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)  # of what was handed in
    choice_id: Mapped[int] = mapped_column(ForeignKey("choice.id"), index=True)
    option_id: Mapped[int | None] = mapped_column(ForeignKey("choice_option.id"))  # None: of the outcome
    side: Mapped[str] = mapped_column(String(10))  # a name in reasons.SIDES
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
