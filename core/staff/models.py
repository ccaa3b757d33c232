"""Roles as rows, the account a staff member signs in with, and invitations."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.database import Id, Key, Model, Moment, PlayerKey
from core.guard import Role
from core.people.models import Device, Person

SIGNED_IN_FOR = timedelta(hours=12)  # a working day; then the password is asked again
IDLE_FOR = timedelta(hours=1)  # a laptop left open in the neighbourhood house; the same then
NOTED_EVERY = timedelta(minutes=5)  # that it is in use
PROVED_FOR = timedelta(minutes=10)  # how long a second proof (docs/rules.md §3, ‡) holds
INVITED_FOR = timedelta(days=7)


class RoleLine(Model):
    """A role that somebody has, or had: rows are added and ended, never removed, so it always says who and when."""

    __tablename__ = "role"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(String(20))
    granted_at: Mapped[Moment]
    granted_by: Mapped[PlayerKey | None]  # None: the command line
    ended_at: Mapped[Moment | None]
    person: Mapped[Person] = relationship()


class Account(Model):
    """What a staff member signs in with: a name of their own choice, a password, and a second factor.

    The name is of their neighbourhood: somebody elsewhere may have the same, and nobody learns that.
    """

    __tablename__ = "staff_account"
    __table_args__ = (UniqueConstraint("neighbourhood_id", "login"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))  # that of the person
    login: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str] = mapped_column(String(200))
    totp_secret: Mapped[str | None] = mapped_column(String(200))  # sealed with the secret of this installation
    totp_step: Mapped[int] = mapped_column(default=0)  # of the last code that was used: none serves twice
    totp_since: Mapped[Moment | None]  # None: no second factor
    made_at: Mapped[Moment]
    person: Mapped[Person] = relationship()

    @property
    def has_second_factor(self) -> bool:
        """Whether a code is asked besides the password."""
        return self.totp_since is not None


class RecoveryCode(Model):
    """A code on paper that serves once where the phone with the second factor is lost. Here lies only its SHA-256."""

    __tablename__ = "staff_recovery_code"

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_account.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    used_at: Mapped[Moment | None]


class Session(Model):
    """A device on which a staff member signed in: only there do roles count, and only for a working day."""

    __tablename__ = "staff_session"

    id: Mapped[Id]
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_account.id"), index=True)
    since: Mapped[Moment]
    proved_at: Mapped[Moment | None]  # the last second proof
    used_at: Mapped[Moment | None]  # the last page or form of staff, to five minutes; None: none since
    kind: Mapped[str | None] = mapped_column(String(10))  # "phone" or "computer", where its browser said so
    next_secret: Mapped[str | None] = mapped_column(String(200))  # sealed: one that waits for its first code
    account: Mapped[Account] = relationship()
    device: Mapped[Device] = relationship()

    @property
    def is_live(self) -> bool:
        """Whether the working day is not over, and it was used within the hour."""
        return self.since <= clock.now() < min(self.since + SIGNED_IN_FOR, self.last_used + IDLE_FOR)

    @property
    def is_day_over(self) -> bool:
        """Whether the working day is over; one that is not live else lay unused."""
        return clock.now() >= self.since + SIGNED_IN_FOR

    @property
    def last_used(self) -> datetime:
        """When it was last seen in use, to five minutes."""
        return self.used_at or self.since

    @property
    def is_proved(self) -> bool:
        """Whether they proved a moment ago that it is still them."""
        return self.proved_at is not None and self.proved_at <= clock.now() < self.proved_at + PROVED_FOR


class Invitation(Model):
    """A link that makes one person staff, once. The link holds the token; here lies only its SHA-256."""

    __tablename__ = "staff_invitation"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    role: Mapped[Role] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[PlayerKey | None]
    made_at: Mapped[Moment]
    used_by: Mapped[PlayerKey | None]
    used_at: Mapped[Moment | None]
    withdrawn_at: Mapped[Moment | None]

    @property
    def is_open(self) -> bool:
        """Whether it can still be used."""
        return self.used_at is None and self.withdrawn_at is None and clock.now() < self.made_at + INVITED_FOR
