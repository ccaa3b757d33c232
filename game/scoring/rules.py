"""The sentences on the card, each one small named rule, in the order they apply (docs/rules.md §4).

The price is the meeting's, and both get it; limits only decide where somebody's share goes. A ruleset belongs to a
season and never changes while one runs: another card is another ruleset.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from game.scoring.meeting import Judged

Points = Callable[[Judged], int]


@dataclass(frozen=True)
class Rule:
    """A sentence of the card: how many points it gives, and how it reads under "waarom kreeg ik dit?"."""

    name: str
    sentence: LazyString
    points: Points


@dataclass(frozen=True)
class Ruleset:
    """A card: its rules, and what limits a share.

    `a_week`: points of one's own; what is above them goes to the buurt (sentence 6). `at_once`: what the first meeting
    of a week with somebody not yet known pays of its share; the rest waits. None: no such limit.
    """

    a_week: int | None = None
    at_once: int | None = None
    rules: list[Rule] = field(default_factory=list)

    def lines(self, judged: Judged) -> list[tuple[str, int]]:
        """What each rule that applies gives for this meeting: (name, points)."""
        return [(rule.name, points) for rule in self.rules if (points := rule.points(judged))]


FIRST_CARD = "2026"  # of the seasons that began before the card had six sentences
SIX = "six"
RULESETS: dict[str, Ruleset] = {FIRST_CARD: Ruleset(), SIX: Ruleset(a_week=120, at_once=10)}


def rule(name: str, sentence: LazyString, *rulesets: str) -> Callable[[Points], Points]:
    """Add a rule to rulesets. `name` is what the ledger stores: it never changes."""

    def add(points: Points) -> Points:
        for ruleset in rulesets:
            RULESETS[ruleset].rules.append(Rule(name, sentence, points))
        return points

    return add


def sentence(name: str) -> LazyString:
    """How a stored line reads. KeyError for a rule that never was."""
    return {rule.name: rule.sentence for ruleset in RULESETS.values() for rule in ruleset.rules}[name]


@rule("first", _l("You two meet for the first time"), FIRST_CARD, SIX)
def first(judged: Judged) -> int:
    """Sentence 1: 10 each when two meet for the first time this season."""
    return 10 if judged.is_first and not judged.meeting.is_of_one_group else 0


@rule("other zone", _l("You live in different parts of the neighbourhood"), FIRST_CARD, SIX)
def other_zone(judged: Judged) -> int:
    """Sentence 2: 5 each when the two of a first meeting chose different zones."""
    return 5 if judged.is_first and judged.meeting.zones_differ and not judged.meeting.is_of_one_group else 0


@rule("fits", _l("You did the challenge of the week, or of this place"), SIX)
def fits(judged: Judged) -> int:
    """Sentence 3: 5 each for this week's challenge, or the spot's challenge at the spot.

    Only beside the first sentence: a return, and those of one household or team, have no other lines.
    """
    return 5 if judged.is_first and judged.meeting.fits and not judged.meeting.is_of_one_group else 0


@rule("again", _l("You two meet again, a week or more later"), FIRST_CARD, SIX)
def again(judged: Judged) -> int:
    """Sentence 4: 5 each, once, when a pair meets again a week or more after the first time, with another challenge.

    That the challenge is another one is sure: encounters let a pair do each challenge once a season.
    """
    return 5 if judged.is_return else 0


@rule("household", _l("You live together"), FIRST_CARD, SIX)
def household(judged: Judged) -> int:
    """Sentence 5: 5 each, once a season, when the two live together; it takes the place of every other line.

    A pair that met before in the season had its points: living together adds none.
    """
    return 5 if judged.is_first and judged.meeting.is_at_home else 0


@rule("team", _l("You are in one team"), FIRST_CARD, SIX)
def team(judged: Judged) -> int:
    """Sentence 5 for a team; who also lives together has that line."""
    return 5 if judged.is_first and judged.meeting.is_of_one_group and not judged.meeting.is_at_home else 0
