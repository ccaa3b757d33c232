"""What would a meeting give? The card and its calculator, from the very rules that score (game/scoring/rules.py)."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from flask_babel import LazyString

from core import clock
from game.scoring.meeting import WEEK, Judged, Meeting
from game.scoring.rules import Ruleset, sentence

FIRST, AGAIN, HOME, TEAM = "first", "again", "home", "team"
HOWS = (FIRST, AGAIN, HOME, TEAM)


@dataclass(frozen=True)
class Asked:
    """A meeting that somebody thinks of: how they know each other, from where, and whether the challenge fits."""

    how: str = FIRST
    other_zone: bool = False
    fits: bool = False

    def judged(self) -> Judged:
        """The same as scoring sees it."""
        home, team = (how if self.how == how else None for how in (HOME, TEAM))
        meeting = Meeting(
            "", 0, ("one", "other"), (1, 2 if self.other_zone else 1), clock.now(), 0, households=(home, home),
            teams=(team, team), fits=self.fits,
        )  # fmt: skip
        is_again = self.how == AGAIN
        return Judged(meeting, meeting.day - WEEK if is_again else meeting.day, not is_again, has_returned=False)


EVERY = [Asked(*combined) for combined in product(HOWS, (False, True), (False, True))]


def read(said: Mapping[str, str]) -> Asked | None:
    """What the form says; None when it was not sent, or says what it does not offer."""
    how = said.get("how", "")
    return Asked(how, bool(said.get("zone")), bool(said.get("fits"))) if how in HOWS else None


def lines(card: Ruleset, asked: Asked) -> list[tuple[LazyString, int]]:
    """What each rule would give, as it reads."""
    return [(sentence(name), points) for name, points in card.lines(asked.judged())]


def sentences(card: Ruleset) -> list[tuple[LazyString, int]]:
    """What the card can give: each of its lines, once."""
    found = [line for asked in EVERY for line in card.lines(asked.judged())]
    return [(sentence(name), points) for name, points in dict.fromkeys(found)]
