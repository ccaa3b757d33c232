"""An independent slow scorer, written from docs/rules.md §4 and not from the rules' code: it checks the ledger."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from game.scoring.meeting import Meeting

Row = tuple[int, str, str, int, date]  # season, meeting, player, points, the Monday of the week


def replay(meetings: Iterable[Meeting]) -> set[Row]:
    """The ledger that these meetings should have given, in the order of their second yes."""
    history: dict[tuple[int, frozenset[str]], list[date]] = defaultdict(list)
    repaid: set[tuple[int, frozenset[str]]] = set()
    rows: set[Row] = set()
    for meeting, day in _counting(meetings):
        pair = (meeting.season_id, frozenset(meeting.players))
        points = 0
        if None not in meeting.households and len(set(meeting.households)) == 1:
            points = 0 if history[pair] else 5
        elif not history[pair]:
            points = 10 + (5 if None not in meeting.zones and len(set(meeting.zones)) == 2 else 0)
        elif day >= history[pair][0] + timedelta(weeks=1) and pair not in repaid:
            points = 5
            repaid.add(pair)
        history[pair].append(day)
        if points:
            monday = day - timedelta(days=day.weekday())
            rows |= {(meeting.season_id, meeting.key, player, points, monday) for player in meeting.players}
    return rows


def _counting(meetings: Iterable[Meeting]) -> Iterator[tuple[Meeting, date]]:
    """Meetings that may score, with their Amsterdam day: a challenge once a pair, five a week on one phone."""
    done: set[tuple[int, frozenset[str], int]] = set()
    helped: Counter[tuple[int, str, date]] = Counter()
    for meeting in sorted(meetings, key=lambda meeting: (meeting.moment, meeting.key)):
        day = meeting.moment.astimezone(ZoneInfo("Europe/Amsterdam")).date()
        what = (meeting.season_id, frozenset(meeting.players), meeting.challenge)
        if what in done:
            continue
        done.add(what)
        if meeting.helper:
            week = (meeting.season_id, meeting.helper, day - timedelta(days=day.weekday()))
            helped[week] += 1
            if helped[week] > 5:
                continue
        yield meeting, day
