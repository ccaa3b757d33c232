"""A meeting as scoring sees it: a plain value, so that scoring knows nothing of encounters."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core import clock

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Meeting:
    """Two players who both said yes, at the moment of the second yes (UTC).

    `zones` are the zones of the two at their yes, in the order of `players`; None when none was chosen yet or they are
    still to come and live here.
    """

    key: str
    season_id: int
    players: tuple[str, str]
    zones: tuple[int | None, int | None]
    moment: datetime
    challenge: int
    helper: str | None = None  # whose phone both used, when they had one between them
    households: tuple[str | None, str | None] = (None, None)  # theirs at their yes, in the order of `players`
    teams: tuple[str | None, str | None] = (None, None)  # the same
    fits: bool = False  # it did the challenge of its week, or that of a spot and surely there

    @property
    def day(self) -> date:
        """The Amsterdam date that decides season and week."""
        return clock.day_of(self.moment)

    @property
    def week(self) -> date:
        """The Monday of its week."""
        return clock.week_of(self.day)

    @property
    def pair(self) -> tuple[str, str]:
        """The two players, in an order that is the same for both."""
        low, high = sorted(self.players)
        return low, high

    @property
    def zones_differ(self) -> bool:
        """Whether both chose a zone, and not the same one."""
        one, other = self.zones
        return one is not None and other is not None and one != other

    @property
    def is_at_home(self) -> bool:
        """Whether the two had declared that they live together."""
        one, other = self.households
        return one is not None and one == other

    @property
    def is_of_one_group(self) -> bool:
        """Whether the two live together, or are in one team, by what they had declared."""
        one, other = self.teams
        return self.is_at_home or (one is not None and one == other)


@dataclass(frozen=True)
class Judged:
    """A meeting with what this pair did before in the season."""

    meeting: Meeting
    first_on: date  # this meeting's own day when it is the first
    is_first: bool
    has_returned: bool

    @property
    def is_return(self) -> bool:
        """The first time that the pair meets again a week or more after its first day, and is not of one group."""
        is_later = not self.is_first and self.meeting.day - self.first_on >= WEEK
        return is_later and not self.has_returned and not self.meeting.is_of_one_group
