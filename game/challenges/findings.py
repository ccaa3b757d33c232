"""What people found out by looking: each says it once, and everybody reads what they found out together.

Shown are only answers of at least five people, and they come in fives (docs/rules.md §9): who reads the page before
and after somebody answered does not learn what they said.
"""

from collections import Counter
from statistics import median_low
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from core.database import db, dialect, insert_into
from core.refusal import Refusal, Sort
from game.challenges.kinds import KINDS
from game.challenges.models import Answer, Challenge, Finding

FEWEST = 5  # people
MOST = 999  # that somebody counts


class Together(NamedTuple):
    """What came of it: how many people, in fives; how many chose each option, in fives; the middle of the numbers."""

    people: int
    chosen: list[tuple[str, int]]
    middle: int | None


def say(challenge: Challenge, who: str, said: str) -> None:
    """Keep what somebody found out, in the place of what they said before.

    Raises Refusal for a challenge that is not answered this way, and for what is no answer to it.
    """
    if not is_counted(challenge):
        raise Refusal(_l("There is nothing to count here."), Sort.INVALID)
    if challenge.answer == Answer.CHOICE and said not in dict(challenge.options):
        raise Refusal(_l("Choose one of the list."), Sort.INVALID, field="said")
    if challenge.answer == Answer.NUMBER:
        said = _number(said)
    row = insert_into(Finding, dialect()).values(challenge_id=challenge.id, who=who, said=said)
    db.session.execute(row.on_conflict_do_update(index_elements=["challenge_id", "who"], set_={"said": said}))


def take_back(challenge: Challenge, who: str) -> None:
    """Say nothing after all."""
    db.session.execute(delete(Finding).where(Finding.challenge_id == challenge.id, Finding.who == who))


def of(challenge: Challenge, who: str) -> str | None:
    """What somebody said."""
    return db.session.scalar(select(Finding.said).where(Finding.challenge_id == challenge.id, Finding.who == who))


def together(challenge: Challenge) -> Together | None:
    """What people found out together; None below five of them."""
    if not is_counted(challenge):
        return None
    rows = select(Finding.said).where(Finding.challenge_id == challenge.id).order_by(Finding.id)
    all_, valid = db.session.scalars(rows).all(), dict(challenge.options)
    fitting = [one for one in all_ if (one in valid if valid else one.isdecimal())]  # a maker may change the options
    shown = fitting[: _fives(len(fitting))]
    if not shown:
        return None
    many = Counter(shown)
    chosen = [(label, _fives(many[value])) for value, label in challenge.options]
    return Together(len(shown), chosen, None if valid else median_low(map(int, shown)))


def is_counted(challenge: Challenge) -> bool:
    """Whether answers to it are numbers or options: they need no look of an editor."""
    return KINDS[challenge.kind].finds and challenge.answer in (Answer.CHOICE, Answer.NUMBER)


def export(who: str) -> list[dict[str, Any]]:
    """What a person found out, for themselves."""
    mine = select(Challenge.key, Finding.said).join(Finding, Finding.challenge_id == Challenge.id)
    rows = db.session.execute(mine.where(Finding.who == who).order_by(Finding.id))
    return [{"challenge": key, "said": said} for key, said in rows]


def _number(said: str) -> str:
    figures = said.strip()
    if not (figures.isdecimal() and len(figures) <= 3):
        raise Refusal(_l("Write a whole number, 999 at most."), Sort.INVALID, field="said")
    return str(int(figures))


def _fives(many: int) -> int:
    return many // FEWEST * FEWEST
