"""An independent slow scorer, written from docs/rules.md §4 and not from the rules' code: it checks the ledger."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from game.scoring.meeting import Meeting


class Row(NamedTuple):
    """A row of the ledger: whose share of which meeting, why, where it went, and the Monday of its week."""

    season: int
    meeting: str
    player: str
    reason: str
    purse: str
    points: int
    week: date


class Wait(NamedTuple):
    """Points of a meeting that wait, until somebody is known."""

    season: int
    meeting: str
    player: str
    about: str
    points: int


class Corrected(NamedTuple):
    """Somebody took away what a meeting gave, or gave it back."""

    meeting: str
    is_taken: bool
    at: datetime


class Card(NamedTuple):
    """What a card says in numbers; None: it does not say it."""

    fits: int
    a_week: int | None
    at_once: int | None


CARDS = {"2026": Card(fits=0, a_week=None, at_once=None), "six": Card(fits=5, a_week=120, at_once=10)}


class Days(NamedTuple):
    """Of a season the name of its card, and its last day."""

    card: str
    last: date


def replay(
    meetings: Iterable[Meeting], seasons: Mapping[int, Days], welcomed: Mapping[str, datetime], today: date,
    corrected: Iterable[Corrected] = (),
) -> "Replay":  # fmt: skip
    """What these meetings should have given until today, in the order of their second yes.

    `seasons`: by their ids. `welcomed`: when who became known by a letter or a host.
    """
    scorer = Replay(seasons)
    happened: list[tuple[datetime, int, Callable[[], None]]] = []
    for player, at in welcomed.items():
        happened.append((at, 0, partial(scorer.is_known_now, player, _day(at))))
    for meeting, day in _counting(meetings):
        happened.append((meeting.moment, 1, partial(scorer.score, meeting, day)))
    for one in corrected:
        happened.append((one.at, 2, partial(scorer.correct, one.meeting, one.is_taken, _day(one.at))))
    for _at, _order, happen in sorted(happened, key=lambda event: event[:2]):
        happen()
    scorer.end_those_over(today)
    return scorer


class Replay:
    """The ledger of meetings that are told one after the other."""

    def __init__(self, seasons: Mapping[int, Days]) -> None:
        self.rows: set[Row] = set()
        self.waits: list[Wait] = []
        self.known: set[str] = set()
        self._cards = {season: CARDS[days.card] for season, days in seasons.items()}
        self._last = {season: days.last for season, days in seasons.items()}
        self._history: dict[tuple[int, frozenset[str]], list[date]] = defaultdict(list)
        self._repaid: set[tuple[int, frozenset[str]]] = set()
        self._own: Counter[tuple[int, str, date]] = Counter()
        self._met_newcomer: set[tuple[int, str, date]] = set()
        self._vouchers: dict[tuple[int, str], set[str]] = defaultdict(set)
        self._vouched: Counter[tuple[int, str, date]] = Counter()
        self._corrections: Counter[str] = Counter()
        self._set_aside: dict[str, list[Wait]] = {}

    def score(self, meeting: Meeting, day: date) -> None:
        """Two met on a day."""
        price, card = self._price(meeting, day), self._cards[meeting.season_id]
        strangers = set(meeting.players) - self.known if card.at_once else set()
        for player in sorted(meeting.players) if price else ():
            [other] = set(meeting.players) - {player}
            now = self._now(meeting.season_id, player, day, price) if other in strangers else price
            self._pay(meeting.season_id, meeting.key, player, "meeting", now, day)
            if now < price:
                self.waits.append(Wait(meeting.season_id, meeting.key, player, other, price - now))
        if len(strangers) == 1 and not _are_one_group(meeting):
            [newcomer], [voucher] = strangers, set(meeting.players) - strangers
            self._vouch(meeting.season_id, newcomer, voucher, day)

    def is_known_now(self, player: str, day: date) -> None:
        """What waits about them arrives, into this week; once the season is over, it goes to the buurt instead."""
        self.known.add(player)
        for wait in [wait for wait in self.waits if wait.about == player and day <= self._last[wait.season]]:
            self.waits.remove(wait)
            self._pay(wait.season, wait.meeting, wait.player, "arrived", wait.points, day)

    def correct(self, meeting: str, is_taken: bool, day: date) -> None:
        """All that a meeting gave until now once more, as its opposite or back; what waits goes, or comes back."""
        self.end_those_over(day)
        self._corrections[meeting] += 1
        said, sign = ("taken", -1) if is_taken else ("given", 1)
        gave = [row for row in self.rows if row.meeting == meeting and row.reason in {"meeting", "arrived", "over"}]
        for row in gave:
            reason = f"{said} {self._corrections[meeting]} {row.reason}"
            self.rows.add(row._replace(reason=reason, points=sign * row.points))
        if is_taken:
            self._set_aside[meeting] = [wait for wait in self.waits if wait.meeting == meeting]
            self.waits = [wait for wait in self.waits if wait.meeting != meeting]
            return
        back = self._set_aside.pop(meeting)
        self.waits += back
        for known in sorted({wait.about for wait in back} & self.known):
            self.is_known_now(known, day)
        self.end_those_over(day)

    def end_those_over(self, today: date) -> None:
        """What still waits of a season that is over goes to the buurt."""
        for wait in [wait for wait in self.waits if self._last[wait.season] < today]:
            self.waits.remove(wait)
            monday = _monday(self._last[wait.season])
            self.rows.add(Row(wait.season, wait.meeting, wait.player, "over", "buurt", wait.points, monday))

    def _price(self, meeting: Meeting, day: date) -> int:
        pair = (meeting.season_id, frozenset(meeting.players))
        before = list(self._history[pair])
        self._history[pair].append(day)
        if _are_one_group(meeting):
            return 0 if before else 5
        if not before:
            zones = 5 if None not in meeting.zones and len(set(meeting.zones)) == 2 else 0
            return 10 + zones + (self._cards[meeting.season_id].fits if meeting.fits else 0)
        if day >= before[0] + timedelta(weeks=1) and pair not in self._repaid:
            self._repaid.add(pair)
            return 5
        return 0

    def _now(self, season: int, player: str, day: date, price: int) -> int:
        """What a meeting with somebody not yet known pays at once: the first one of a week, up to ten."""
        week = (season, player, _monday(day))
        if week in self._met_newcomer:
            return 0
        self._met_newcomer.add(week)
        return min(price, self._cards[season].at_once or price)

    def _pay(self, season: int, meeting: str, player: str, reason: str, points: int, day: date) -> None:
        monday, most = _monday(day), self._cards[season].a_week
        mine = points if most is None else min(points, most - self._own[season, player, monday])
        self._own[season, player, monday] += mine
        self.rows.add(Row(season, meeting, player, reason, "own", mine, monday))
        if points > mine:
            self.rows.add(Row(season, meeting, player, reason, "buurt", points - mine, monday))

    def _vouch(self, season: int, newcomer: str, voucher: str, day: date) -> None:
        week, vouchers = (season, voucher, _monday(day)), self._vouchers[season, newcomer]
        if voucher in vouchers or self._vouched[week] == 3:
            return
        self._vouched[week] += 1
        vouchers.add(voucher)
        if len(vouchers) == 3:
            self.is_known_now(newcomer, day)


def _are_one_group(meeting: Meeting) -> bool:
    return any(None not in group and len(set(group)) == 1 for group in (meeting.households, meeting.teams))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo("Europe/Amsterdam")).date()


def _counting(meetings: Iterable[Meeting]) -> Iterator[tuple[Meeting, date]]:
    """Meetings that may score, with their Amsterdam day: a challenge once a pair, five a week on one phone."""
    done: set[tuple[int, frozenset[str], int]] = set()
    helped: Counter[tuple[int, str, date]] = Counter()
    for meeting in sorted(meetings, key=lambda meeting: meeting.moment):
        day = _day(meeting.moment)
        what = (meeting.season_id, frozenset(meeting.players), meeting.challenge)
        if what in done:
            continue
        done.add(what)
        if meeting.helper:
            week = (meeting.season_id, meeting.helper, _monday(day))
            helped[week] += 1
            if helped[week] > 5:
                continue
        yield meeting, day
