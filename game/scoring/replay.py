"""An independent slow scorer, written from docs/rules.md §4 and not from the rules' code: it checks the ledger."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from game.scoring.meeting import Meeting

Row = tuple[int, str, str, int, date]  # season, meeting, player, points, the Monday of the week


def replay(meetings: Iterable[Meeting]) -> set[Row]:
    """The ledger that these meetings should have given, in the order of their second yes."""
    history: dict[tuple[int, frozenset[str]], list[date]] = defaultdict(list)
    repaid: set[tuple[int, frozenset[str]]] = set()
    helped: Counter[tuple[str, date]] = Counter()
    rows: set[Row] = set()
    for meeting in sorted(meetings, key=lambda meeting: (meeting.moment, meeting.key)):
        pair = (meeting.season_id, frozenset(meeting.players))
        day = meeting.moment.astimezone(ZoneInfo("Europe/Amsterdam")).date()
        monday = day - timedelta(days=day.weekday())
        if meeting.helper:
            helped[meeting.helper, monday] += 1
            if helped[meeting.helper, monday] > 5:
                continue
        points = 0
        if not history[pair]:
            points = 10
            if None not in meeting.zones and len(set(meeting.zones)) == 2:
                points += 5
        elif day >= history[pair][0] + timedelta(weeks=1) and pair not in repaid:
            points = 5
            repaid.add(pair)
        history[pair].append(day)
        if points:
            rows |= {(meeting.season_id, meeting.key, player, points, monday) for player in meeting.players}
    return rows
