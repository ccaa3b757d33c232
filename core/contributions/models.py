"""What somebody handed in, each version of what it says, and who signed a version.

No page for everybody reads these tables: what everybody sees is what a kind made of a version when it was shown.
"""

import json
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Id, Key, Model, Moment, PlayerKey

EDITOR = "editor"  # as what the yes of the desk signs a version


class State(StrEnum):
    """How a contribution stands."""

    WAITING = "waiting"  # for an editor, for a signature, or for who sent it where it came back
    SHOWN = "shown"
    AWAY = "away"  # an editor took it away


class Contribution(Model):
    """One thing that somebody handed in. What is taken back leaves no row."""

    __tablename__ = "contribution"
    __table_args__ = (Index(None, "neighbourhood_id", "kind", "state", "sent_at"), Index(None, "kind", "became"))

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(20))  # a name in kinds.KINDS
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    who: Mapped[PlayerKey] = mapped_column(index=True)  # a player, or somebody without an account (a receipt)
    named: Mapped[bool] = mapped_column(default=False)  # whether their name may stand with it
    called: Mapped[str] = mapped_column(String(60), default="")  # which name that is, where it is not the player's
    state: Mapped[State] = mapped_column(String(10), default=State.WAITING)
    sent_at: Mapped[Moment]
    asks: Mapped[int] = mapped_column(default=1)  # how often it was sent: which ask an editor answers
    last_version: Mapped[int] = mapped_column(default=0)  # the number of what it says now
    shown_version: Mapped[int | None]  # the number of the version that everybody sees, or saw when it was hidden
    became: Mapped[int | None]  # the id, in a table of its kind, of what was made of it
    versions: Mapped[list["Version"]] = relationship(
        back_populates="contribution", cascade="all, delete-orphan", order_by="Version.number"
    )

    @property
    def last(self) -> "Version":
        """What it says, as it was written last."""
        return self.versions[-1]

    @property
    def shown(self) -> "Version | None":
        """The version that everybody sees, or saw when it was hidden."""
        return next((one for one in self.versions if one.number == self.shown_version), None)

    @property
    def newer(self) -> "Version | None":
        """What was written anew while an older version is shown, and waits."""
        return self.last if self.state == State.SHOWN and self.last_version != self.shown_version else None

    @property
    def waits(self) -> bool:
        """Whether nobody sees it now, and it can still be written anew or taken back."""
        return self.state == State.WAITING

    @property
    def desk_key(self) -> str:
        """What the desk knows by it what waits: the whole, or a newer version of what is shown."""
        return f"{self.key}.{self.last_version}" if self.newer else self.key


class Version(Model):
    """What a contribution says. A version never changes: other words are a version of their own."""

    __tablename__ = "contribution_version"
    __table_args__ = (UniqueConstraint("contribution_id", "number"),)

    id: Mapped[Id]
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # as its kind's form says it; files by their media key
    language: Mapped[str] = mapped_column(String(8))
    hash: Mapped[str] = mapped_column(String(64))
    by: Mapped[PlayerKey]  # who wrote it
    at: Mapped[Moment]
    contribution: Mapped[Contribution] = relationship(back_populates="versions")
    approvals: Mapped[list["Approval"]] = relationship(back_populates="version", cascade="all, delete-orphan")

    def is_signed_by(self, signers: frozenset[str]) -> bool:
        """Whether somebody signed it as each of these."""
        return signers <= {approval.as_what for approval in self.approvals}


class Approval(Model):
    """That somebody says yes to exactly this version."""

    __tablename__ = "contribution_approval"
    __table_args__ = (UniqueConstraint("version_id", "who", "as_what"),)

    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(ForeignKey("contribution_version.id"))
    who: Mapped[PlayerKey] = mapped_column(index=True)
    as_what: Mapped[str] = mapped_column(String(20))  # "editor", or what its kind calls it: "teller", "guardian"
    how: Mapped[str] = mapped_column(String(10))  # of service.HOW
    entered_by: Mapped[PlayerKey | None]  # who put a paper or spoken yes in, where that is not who said it
    at: Mapped[Moment]
    version: Mapped[Version] = relationship(back_populates="approvals")


def hash_of(kind: str, language: str, content: dict[str, Any]) -> str:
    """SHA-256 of what a version says, in one spelling: what a signature is about."""
    said = {"kind": kind, "language": language, "content": content}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class HandedOver(Model):
    """That something of this key stays under a receipt, since who handed it in was erased: so it does in a back-up."""

    __tablename__ = "contribution_handed_over"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    at: Mapped[Moment] = mapped_column(index=True)


class TakenBack(Model):
    """That something of this key was taken back: a restored back-up gives it back to nobody."""

    __tablename__ = "contribution_taken_back"

    id: Mapped[Id]
    key: Mapped[Key]
    at: Mapped[Moment] = mapped_column(index=True)
