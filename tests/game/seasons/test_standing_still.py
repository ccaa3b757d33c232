"""The public board stands still in the last 48 hours of a season, however long its last days are."""

from datetime import UTC, date, datetime, timedelta

import pytest

from game.seasons import rules
from game.seasons.models import Season

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("last", "ends"),
    [
        (date(2026, 6, 26), datetime(2026, 6, 26, 22, 0, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),  # a last day of 23 hours
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),  # and one of 25
        (date(2026, 12, 31), datetime(2026, 12, 31, 23, 0, tzinfo=UTC)),
    ],
)
def test_the_board_stands_still_for_48_hours_that_end_with_the_season(last: date, ends: datetime):
    season = Season(starts_on=last - timedelta(days=27), ends_on=last)
    still = ends - timedelta(hours=48)
    moments = (still - SECOND, still, ends - SECOND, ends)
    assert [rules.stands_still(season, moment) for moment in moments] == [False, True, True, False]
