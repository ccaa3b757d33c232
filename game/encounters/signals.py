"""Signals: what a person may look at when two of them are seen about one player (docs/rules.md §4).

Never a ban and never by itself: nothing here touches points. What a host saw and what people who live together do says
nothing, so no signal looks at it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core import clock
from game.encounters.counting import ON_ONE_PHONE

TOGETHER = 2  # signals that are not sufficient alone
AT_ONCE, TIMES_AT_ONCE = timedelta(seconds=3), 5


@dataclass(frozen=True)
class Picture:
    """A photo of a meeting: in which order it came, who sent it, SHA-256 of the bytes as they were sent."""

    number: int
    maker: str
    sha256: str


@dataclass(frozen=True)
class Met:
    """A meeting to which both said yes, as far as a signal looks at it."""

    number: int
    neighbourhood: int
    season: int | None  # None where it is in the album alone
    starter: str
    companion: str
    made_at: datetime
    moment: datetime
    is_on_one_phone: bool = False
    is_reported_by_both: bool = False
    is_witnessed: bool = False
    is_at_home: bool = False
    pictures: tuple[Picture, ...] = ()

    @property
    def players(self) -> frozenset[str]:
        """The two."""
        return frozenset((self.starter, self.companion))


@dataclass(frozen=True)
class Seen:
    """That a signal was seen about a player: in the meeting of which moment, and with whom.

    `partners` may hold the player too.
    """

    season: int
    player: str
    at: datetime
    partners: frozenset[str]


Find = Callable[[list[Met], frozenset[str]], Iterator[Seen]]


@dataclass(frozen=True)
class Signal:
    """What can be seen in meetings, in the order of their moments.

    `label` and `seen`: how an editor reads it. `plain`: how the player reads it. `find`: where it is seen about these
    players, of whom every meeting of the season is given; about others where it needs no more than is given. `alone`:
    whether it asks for a look by itself.
    """

    name: str
    label: LazyString
    seen: LazyString
    plain: LazyString
    find: Find
    alone: bool


SIGNALS: dict[str, Signal] = {}


def signal(
    name: str, label: LazyString, seen: LazyString, plain: LazyString, alone: bool = False
) -> Callable[[Find], Find]:
    """Add a signal. `name` is what the database stores: it never changes."""

    def add(find: Find) -> Find:
        SIGNALS[name] = Signal(name, label, seen, plain, find, alone)
        return find

    return add


def look(meetings: Iterable[Met], players: Collection[str]) -> Iterator[tuple[str, Seen]]:
    """Each signal that is seen, by its name. The same meetings give the same, in any order."""
    told = [met for met in meetings if not met.is_witnessed and not met.is_at_home]
    told.sort(key=lambda met: (met.moment, met.number))
    for one in SIGNALS.values():
        for seen in one.find(told, frozenset(players)):
            yield one.name, seen


def are_enough(names: Collection[str]) -> bool:
    """Whether these signals about one player ask for a look: one that is sufficient alone, or two together."""
    known = set(names) & SIGNALS.keys()
    return len(known) >= TOGETHER or any(SIGNALS[name].alone for name in known)


@signal(
    "same picture", _l("Same photo"), _l("A photo of theirs stands with another pair too."),
    _l("The same photo came with another pair too."),
)  # fmt: skip
def same_picture(meetings: list[Met], players: frozenset[str]) -> Iterator[Seen]:
    """Who sent a photo that came with another pair here before: the same bytes, in whatever season."""
    came: dict[tuple[int, str], list[tuple[Picture, Met]]] = defaultdict(list)
    for met in meetings:
        for picture in met.pictures:
            came[met.neighbourhood, picture.sha256].append((picture, met))
    for copies in came.values():
        everybody = frozenset[str]().union(*(met.players for _picture, met in copies))  # one for all: they may be many
        pairs = set[frozenset[str]]()
        for picture, met in sorted(copies, key=lambda copy: copy[0].number):
            if pairs and pairs != {met.players} and met.season is not None:
                yield Seen(met.season, picture.maker, met.moment, everybody)
            pairs.add(met.players)


@signal(
    "one phone", _l("One phone for two"), _l("More than five meetings in a week on one phone, which was theirs."),
    _l("More than five meetings in one week were answered on your phone."),
)  # fmt: skip
def one_phone(meetings: list[Met], players: frozenset[str]) -> Iterator[Seen]:
    """Whose phone answered for both more often in a week than scores: seen once a week."""
    weeks: dict[tuple[int, str, object], list[Met]] = defaultdict(list)
    for met in meetings:
        if met.is_on_one_phone and met.season is not None and met.starter in players:
            weeks[met.season, met.starter, clock.week_of(clock.day_of(met.moment))].append(met)
    for (season, player, _week), found in weeks.items():
        if len(found) > ON_ONE_PHONE:
            yield Seen(season, player, found[ON_ONE_PHONE].moment, _partners(found, player))


@signal(
    "at once", _l("Answered at once"), _l("Five meetings had both yeses within three seconds."),
    _l("Five of your meetings had both yeses within three seconds."),
)  # fmt: skip
def at_once(meetings: list[Met], players: frozenset[str]) -> Iterator[Seen]:
    """Whose meetings were confirmed in less than three seconds: seen again at each five.

    Not those that two phones reported each: there nobody had to answer.
    """
    quick: dict[tuple[int, str], list[Met]] = defaultdict(list)
    for met in meetings:
        if met.season is not None and not met.is_reported_by_both and met.moment - met.made_at < AT_ONCE:
            for player in met.players & players:
                quick[met.season, player].append(met)
    for (season, player), found in quick.items():
        partners = _partners(found, player)
        for met in found[TIMES_AT_ONCE - 1 :: TIMES_AT_ONCE]:
            yield Seen(season, player, met.moment, partners)


def _partners(meetings: Iterable[Met], player: str) -> frozenset[str]:
    return frozenset[str]().union(*(met.players for met in meetings)) - {player}
