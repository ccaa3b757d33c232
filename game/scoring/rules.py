"""The sentences on the card, each one small named rule, in the order they apply (docs/rules.md §4).

The price is the meeting's, and both get it. A ruleset belongs to a season and never changes while one runs.
"""

from collections.abc import Callable
from dataclasses import dataclass

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


RULESETS: dict[str, list[Rule]] = {"2026": []}


def rule(ruleset: str, name: str, sentence: LazyString) -> Callable[[Points], Points]:
    """Add a rule to a ruleset. `name` is what the ledger stores: it never changes."""

    def add(points: Points) -> Points:
        RULESETS[ruleset].append(Rule(name, sentence, points))
        return points

    return add


def lines(ruleset: str, judged: Judged) -> list[tuple[str, int]]:
    """What each rule that applies gives for this meeting: (name, points)."""
    return [(rule.name, points) for rule in RULESETS[ruleset] if (points := rule.points(judged))]


def sentence(name: str) -> LazyString:
    """How a stored line reads. KeyError for a rule that never was."""
    return {rule.name: rule.sentence for rules in RULESETS.values() for rule in rules}[name]


@rule("2026", "first", _l("You two meet for the first time"))
def first(judged: Judged) -> int:
    """Sentence 1: 10 each when two meet for the first time this season."""
    return 10 if judged.is_first and not judged.meeting.is_at_home else 0


@rule("2026", "other zone", _l("You live in different parts of the neighbourhood"))
def other_zone(judged: Judged) -> int:
    """Sentence 2: 5 each when the two of a first meeting chose different zones."""
    return 5 if judged.is_first and judged.meeting.zones_differ and not judged.meeting.is_at_home else 0


@rule("2026", "again", _l("You two meet again, a week or more later"))
def again(judged: Judged) -> int:
    """Sentence 4: 5 each, once, when a pair meets again a week or more after the first time, with another challenge.

    That the challenge is another one is sure: encounters let a pair do each challenge once a season.
    """
    return 5 if judged.is_return else 0


@rule("2026", "household", _l("You live together"))
def household(judged: Judged) -> int:
    """Sentence 5: 5 each, once a season, when the two live together; it takes the place of every other line.

    A pair that met before in the season had its points: living together adds none.
    """
    return 5 if judged.is_first and judged.meeting.is_at_home else 0
