"""Signals: what a person may look at when two of them are seen about one player (docs/rules.md §4).

Never a ban and never by itself: nothing here touches points. What a host saw and what people of one household or team
do says nothing, so no signal looks at it.
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
MADE_KNOWN, VOUCHERS, ONLY = 5, 3, 4  # newcomers of the same people, how many those are, newcomers of one alone
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
    is_of_one_group: bool = False
    pictures: tuple[Picture, ...] = ()
    vouchers: frozenset[str] = frozenset()  # who made one of the two known, where they became so in this meeting
    loners: frozenset[str] = frozenset()  # of the two those who are not known, and met only the other this season

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
    whether it asks for a look by itself. `is_of_several`: it is seen about those people together, in one look.
    """

    name: str
    label: LazyString
    seen: LazyString
    plain: LazyString
    find: Find
    alone: bool
    is_of_several: bool


SIGNALS: dict[str, Signal] = {}


def signal(
    name: str, label: LazyString, seen: LazyString, plain: LazyString, alone: bool = False, is_of_several: bool = False
) -> Callable[[Find], Find]:
    """Add a signal. `name` is what the database stores: it never changes."""

    def add(find: Find) -> Find:
        SIGNALS[name] = Signal(name, label, seen, plain, find, alone, is_of_several)
        return find

    return add


def look(meetings: Iterable[Met], players: Collection[str]) -> Iterator[tuple[str, Seen]]:
    """Each signal that is seen, by its name. The same meetings give the same, in any order."""
    told = [met for met in meetings if not met.is_witnessed and not met.is_of_one_group]
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


@signal(
    "same newcomers", _l("The same newcomers"), _l("These people made the same five newcomers known."),
    _l("You and others met the same newcomers."), alone=True, is_of_several=True,
)  # fmt: skip
def same_newcomers(meetings: list[Met], players: frozenset[str]) -> Iterator[Seen]:
    """Three who made the same five newcomers known, whoever else those met later: about each, and again at each five.

    A newcomer is known by exactly three, so who they are is the same set each time.
    """
    groups: dict[tuple[int, frozenset[str]], list[Met]] = defaultdict(list)
    for met in meetings:
        if met.season is not None and len(met.vouchers) >= VOUCHERS:
            groups[met.season, met.vouchers].append(met)
    for (season, vouchers), found in groups.items():
        for met in found[MADE_KNOWN - 1 :: MADE_KNOWN]:
            for player in vouchers:
                yield Seen(season, player, met.moment, vouchers)


@signal(
    "only partner", _l("Newcomers who met nobody else"), _l("Four newcomers or more met only this player."),
    _l("You met many people who are new here."),
)  # fmt: skip
def only_partner(meetings: list[Met], players: frozenset[str]) -> Iterator[Seen]:
    """Whom four newcomers met and nobody else: seen once a season, as of its first meeting, since newcomers go on."""
    first: dict[tuple[int, str], Met] = {}
    alone: dict[tuple[int, str], set[str]] = defaultdict(set)
    for met in meetings:
        if met.season is not None:
            for player in met.players & players:
                first.setdefault((met.season, player), met)
                alone[met.season, player] |= met.loners - {player}
    for (season, player), loners in alone.items():
        if len(loners) >= ONLY:
            yield Seen(season, player, first[season, player].moment, frozenset(loners))


def _partners(meetings: Iterable[Met], player: str) -> frozenset[str]:
    return frozenset[str]().union(*(met.players for met in meetings)) - {player}
