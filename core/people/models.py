"""A person, the key they play under, and their phones."""

from sqlalchemy import BindParameter, ColumnElement, ForeignKey, String, UniqueConstraint, and_, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Id, Model, Moment
from core.neighbourhoods.models import Neighbourhood, Zone


class Person(Model):
    """A resident under a pseudonym, in one neighbourhood. No e-mail, no address."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("neighbourhood_id", "likeness"), UniqueConstraint("neighbourhood_id", "look"))

    id: Mapped[Id]
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    name: Mapped[str] = mapped_column(String(40))
    likeness: Mapped[str] = mapped_column(String(80))  # what names have in common that differ in capitals or accents
    look: Mapped[str] = mapped_column(String(80))  # what names have in common that look the same as they are written
    tag: Mapped[str] = mapped_column(String(6), unique=True)  # public: names you for pairing, signs nobody in
    is_young: Mapped[bool]  # younger than 16, by their own word
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"))
    joined_at: Mapped[Moment]
    client_key: Mapped[str | None] = mapped_column(String(40), unique=True)  # of the form: sent twice is joined once
    lang: Mapped[str | None] = mapped_column(String(8))  # chosen by them; a next phone gets it too
    leaving_at: Mapped[Moment | None]  # asked to be erased: not here any more for anybody, and gone a day later
    neighbourhood: Mapped[Neighbourhood] = relationship()
    zone: Mapped[Zone | None] = relationship(lazy="joined")
    key: Mapped["PlayerKeyLine"] = relationship(back_populates="person", cascade="all, delete-orphan", lazy="joined")

    @property
    def player_key(self) -> str:
        """Who this is in the ledger, in encounters and in yeses."""
        return self.key.key


class PlayerKeyLine(Model):
    """The one line that ties a player key to a person; it goes at erasure, and the key means nobody."""

    __tablename__ = "player_key"

    key: Mapped[str] = mapped_column(String(26), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    person: Mapped[Person] = relationship(back_populates="key")


class Device(Model):
    """A signed-in phone. The phone holds the token; here lies only its SHA-256.

    A token that was renewed counts until the phone shows the new one: an answer that got lost signs nobody out.
    """

    __tablename__ = "device"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    token_before: Mapped[str | None] = mapped_column(String(64), index=True)  # until the new one was seen
    since: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    person: Mapped[Person] = relationship(lazy="joined")

    @classmethod
    def holds(cls, token_hash: str | BindParameter[str]) -> ColumnElement[bool]:
        """That it is signed in with this token."""
        return and_(or_(cls.token_hash == token_hash, cls.token_before == token_hash), cls.ended_at.is_(None))
