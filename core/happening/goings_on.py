"""What goes on in a neighbourhood: each part says its own, and one page shows all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from flask_babel import LazyString

from core import clock
from core.neighbourhoods.models import Neighbourhood
from core.registry import Registry


class Sort(StrEnum):
    """Where it stands on the page."""

    TIMED = "timed"  # somebody can go there, from then until then
    OPEN = "open"  # somebody can take part
    BECAME = "became"  # what became of something


class Way(StrEnum):
    """What somebody does there: it makes the page of who will live here."""

    MEET = "meet"
    CHOOSE = "choose"
    HELP = "help"


@dataclass(frozen=True)
class GoingOn:
    """One thing that goes on, and that everybody may know. Of a person it has only a name that may stand there."""

    key: str  # of it alone here, and always the same: "gathering-…"
    sort: Sort
    name: str | LazyString
    endpoint: str  # of its page
    arguments: Mapping[str, object]
    drawing: str  # static/icons
    about: str | LazyString = ""  # in one line, ours
    language: str = ""  # of the name where a resident wrote it; "" for ours
    is_called: bool = False  # the name is that of somebody or of an organisation, which nobody translates
    where: str = ""  # the name of a spot
    begins: datetime | None = None
    ends: datetime | None = None
    names: tuple[str, ...] = ()
    others: int = 0  # beside who is named, about
    since: datetime | None = None  # when it became so: what is new stands first
    way: Way | None = None
    marks: tuple[str | LazyString, ...] = field(default=())

    @property
    def day(self) -> date:
        """The Amsterdam day that it stands under: today for what began before."""
        return max(clock.day_of(self.begins), clock.today()) if self.begins else clock.today()

    @property
    def is_now(self) -> bool:
        """Whether it has begun, and not ended."""
        return self.begins is not None and self.begins <= clock.now()


GOINGS_ON: Registry[Callable[[Neighbourhood], Iterable[GoingOn]]] = Registry("what goes on in a neighbourhood")
"""Each says what of its own everybody may know here, in as many queries however much there is."""
MOST = 8  # that became something, the newest first; of what is new, a page holds no more


@dataclass(frozen=True)
class Page:
    """All of it, in the order in which somebody wants to read it."""

    today: tuple[GoingOn, ...]
    soon: tuple[GoingOn, ...]
    open: tuple[GoingOn, ...]
    became: tuple[GoingOn, ...]

    @property
    def everything(self) -> tuple[GoingOn, ...]:
        """One after the other."""
        return (*self.today, *self.soon, *self.open, *self.became)

    def to(self, way: Way) -> tuple[GoingOn, ...]:
        """What of it somebody does in that way."""
        return tuple(one for one in self.everything if one.way == way)


def of(here: Neighbourhood) -> Page:
    """What goes on there now: what is over, is not on it."""
    found = [one for say in GOINGS_ON.all() for one in say(here)]
    timed = sorted((one for one in found if one.sort == Sort.TIMED and not _is_over(one)), key=_begins)
    became = sorted((one for one in found if one.sort == Sort.BECAME), key=_since, reverse=True)
    return Page(
        tuple(one for one in timed if one.day == clock.today()), tuple(one for one in timed if one.day > clock.today()),
        tuple(one for one in found if one.sort == Sort.OPEN), tuple(became[:MOST]),
    )  # fmt: skip


def _is_over(one: GoingOn) -> bool:
    return one.ends is not None and one.ends <= clock.now()


def _begins(one: GoingOn) -> datetime:
    return one.begins or clock.now()


def _since(one: GoingOn) -> datetime:
    return one.since or clock.first_moment_of(date(2000, 1, 1))
