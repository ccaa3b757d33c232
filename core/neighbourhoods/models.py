"""A neighbourhood and its zones."""

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Id, Model


class Neighbourhood(Model):
    """A neighbourhood that plays. `is_made_up` says on every page that it does not exist.

    `languages` are the codes that it speaks; the first is for readers whose phone asks for none of them.
    """

    __tablename__ = "neighbourhood"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    lat: Mapped[float]
    lon: Mapped[float]
    is_made_up: Mapped[bool] = mapped_column(default=False)
    border: Mapped[list[list[float]] | None] = mapped_column(JSON(none_as_null=True))  # corners: [lat, lon]
    languages: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))  # None: all that the site offers
    zones: Mapped[list["Zone"]] = relationship(order_by="Zone.id", cascade="all, delete-orphan")


class Zone(Model):
    """A cluster of streets that a player picks, or "ik kom hier wonen" (`is_future`); never an address."""

    __tablename__ = "zone"
    __table_args__ = (UniqueConstraint("neighbourhood_id", "name"),)

    id: Mapped[Id]
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    name: Mapped[str] = mapped_column(String(60))
    is_future: Mapped[bool] = mapped_column(default=False)
    border: Mapped[list[list[float]] | None] = mapped_column(JSON(none_as_null=True))
