"""A walk: stops in an order, each a place with a story, and the walk's own words around it."""

from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import LazyString, format_decimal
from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Id, Key, Model, Moment, PlayerKey
from core.places.models import Spot
from tours.routing.legs import WALK
from tours.routing.order import Mode
from tours.stories.models import Story

MOST_STOPS, FEWEST = 40, 2
MADE_UP = 64  # signs at most of the id that a phone makes up for a walk
TITLE, INTRO, WORDS, CREDIT, REMARK = 80, 600, 400, 80, 120  # signs at most


class State(StrEnum):
    """How far a walk is."""

    DRAFT = "draft"
    CHECKED = "checked"  # somebody walked it as it is now
    PUBLISHED = "published"
    NEEDS_ATTENTION = "needs_attention"  # it is public while two stops can be shown, and its maker has to look
    RETIRED = "retired"


PUBLIC = (State.PUBLISHED, State.NEEDS_ATTENTION)


class Tour(Model):
    """A walk through a neighbourhood. What of it may be shown is asked at each request (queries.py)."""

    __tablename__ = "tour"
    __table_args__ = (UniqueConstraint("neighbourhood_id", "key"), Index(None, "neighbourhood_id", "file", unique=True))

    id: Mapped[Id]
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    key: Mapped[str] = mapped_column(String(40))  # in its address; never given to another walk
    title: Mapped[str] = mapped_column(String(TITLE))
    intro: Mapped[str] = mapped_column(Text, default="")
    ending: Mapped[str] = mapped_column(Text, default="")  # said after the last stop
    credit: Mapped[str] = mapped_column(String(CREDIT), default="")  # "made by …", as its maker wrote it
    language: Mapped[str] = mapped_column(String(8))
    state: Mapped[State] = mapped_column(String(20), default=State.DRAFT)
    is_loop: Mapped[bool] = mapped_column(default=True)
    order: Mapped[str] = mapped_column(String(14), default=Mode.AUTHOR)  # of its stops
    profile: Mapped[str] = mapped_column(String(10), default=WALK.name)  # who walks: a name of PROFILES
    maker: Mapped[PlayerKey | None] = mapped_column(index=True)  # None: somebody who was erased
    checked_on: Mapped[date | None] = mapped_column(Date)  # walked on foot then
    checked_by: Mapped[str] = mapped_column(String(60), default="")  # by whom, as everybody may read it
    metres: Mapped[int] = mapped_column(default=0)  # as last solved, with the way back of a loop
    minutes: Mapped[int] = mapped_column(default=0)  # walking and stories together
    step_free: Mapped[bool | None]  # None: nobody knows
    legs: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # as last solved: solving.py
    version: Mapped[int] = mapped_column(default=1)  # grows with each change of what is shown
    published_at: Mapped[Moment | None]
    due_at: Mapped[Moment | None] = mapped_column(index=True)  # to be solved anew since then
    file: Mapped[str | None] = mapped_column(String(64))  # SHA-256 of the file that it was made of
    sent_at: Mapped[Moment | None]  # it waits at the desk since then
    asks: Mapped[int] = mapped_column(default=0)  # how often it was sent there
    past: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, deferred=True)  # how it was, for "undo"
    stops: Mapped[list["Stop"]] = relationship(
        back_populates="tour", cascade="all, delete-orphan", order_by="Stop.number"
    )

    @property
    def desk_key(self) -> str:
        """What the desk knows it by: the same key can stand in two neighbourhoods."""
        return f"{self.neighbourhood_id}-{self.key}"

    @property
    def length(self) -> LazyString:
        """How far and how long."""
        far = format_decimal(round(self.metres / 1000, 1))
        return _l("%(number)s km, %(minutes)s minutes", number=far, minutes=self.minutes)

    @property
    def is_open(self) -> bool:
        """Whether its maker can change it: nobody sees it."""
        return self.state in (State.DRAFT, State.CHECKED)


class Stop(Model):
    """A place of a walk, what is told there, and the walk's own words around it."""

    __tablename__ = "tour_stop"

    id: Mapped[Id]
    tour_id: Mapped[int] = mapped_column(ForeignKey("tour.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]  # from 1; what may be shown of them is numbered anew
    spot_id: Mapped[int] = mapped_column(ForeignKey("spot.id"), index=True)
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id"), index=True)  # None: only a place
    title: Mapped[str] = mapped_column(String(TITLE), default="")
    intro: Mapped[str] = mapped_column(Text, default="")
    bridge: Mapped[str] = mapped_column(Text, default="")  # to the next stop
    locked: Mapped[bool] = mapped_column(default=False)  # the next stop always follows this one
    leg: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))  # its maker's: metres, remark, geometry, step_free
    tour: Mapped[Tour] = relationship(back_populates="stops")
    spot: Mapped[Spot] = relationship()
    story: Mapped[Story | None] = relationship()


class TourCard(Model):
    """The picture that other sites show beside a link to a walk."""

    __tablename__ = "tour_card"

    id: Mapped[Id]
    tour_id: Mapped[int] = mapped_column(ForeignKey("tour.id", ondelete="CASCADE"), unique=True)
    key: Mapped[Key] = mapped_column(unique=True)  # of its bytes (core/media)
    of: Mapped[str] = mapped_column(String(64))  # SHA-256 of what stands in it


class Refused(Model):
    """A teller does not want their story in this walk. The row stays whatever the maker does with the stop."""

    __tablename__ = "tour_refused"

    tour_id: Mapped[int] = mapped_column(ForeignKey("tour.id", ondelete="CASCADE"), primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), primary_key=True, index=True)
    since: Mapped[Moment]


class Walking(Model):
    """A walk that may go on: what was counted of it, so that nothing counts twice."""

    __tablename__ = "tour_walking"

    tour_id: Mapped[int] = mapped_column(ForeignKey("tour.id", ondelete="CASCADE"), primary_key=True)
    walk: Mapped[str] = mapped_column(String(MADE_UP), primary_key=True)  # the id
    since: Mapped[Moment] = mapped_column(index=True)
    heard: Mapped[int] = mapped_column(BigInteger, default=0)  # a bit for each stop
    is_over: Mapped[bool] = mapped_column(default=False)


class Walked(Model):
    """The sums of a week."""

    __tablename__ = "tour_walked"

    tour_id: Mapped[int] = mapped_column(ForeignKey("tour.id", ondelete="CASCADE"), primary_key=True)
    week: Mapped[date] = mapped_column(Date, primary_key=True)  # its Monday
    starts: Mapped[int] = mapped_column(default=0)
    finishes: Mapped[int] = mapped_column(default=0)
    heard: Mapped[int] = mapped_column(default=0)  # stops


class Printed(Model):
    """A sheet of a walk that a maker opened to print on a day. Nothing says who did."""

    __tablename__ = "tour_printed"
    __table_args__ = (UniqueConstraint("tour_id", "sheet", "version", "printed_on"),)

    id: Mapped[Id]
    tour_id: Mapped[int] = mapped_column(ForeignKey("tour.id", ondelete="CASCADE"))
    sheet: Mapped[str] = mapped_column(String(10))  # a name of print_list.SHEETS
    version: Mapped[int]  # of the walk
    printed_on: Mapped[date] = mapped_column(Date)
    replaced_at: Mapped[Moment | None]  # a maker said that none of it lies around any more


class Named(Model):
    """A story on a printed sheet: by its title, or in full."""

    __tablename__ = "tour_printed_story"

    printed_id: Mapped[int] = mapped_column(ForeignKey("tour_printed.id", ondelete="CASCADE"), primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), primary_key=True, index=True)
    in_full: Mapped[bool]
