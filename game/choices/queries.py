"""Finding choices: the open ones, one with its cards, and once all of it is counted what neighbours chose."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import exists, func, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from core import clock
from core.contributions import queries as contributions
from core.database import db
from core.people import queries as people
from core.people.models import Person, PlayerKeyLine
from game.choices.models import Choice, Count, OpenVote, Option, Outcome, PaperCount, Reason, Voter

MOST = 100  # on one page
EXACT_FROM = 10  # ballots of a secret choice; of fewer only the order is said
UNSIGNED_FROM = 3  # cards without a name: fewer could be guessed
NAMES = 30  # that stand with an option
REASON = "reason"  # the kind of what is handed in


class Chosen(NamedTuple):
    """An option in the result. `place`: 1 for what most chose, shared where as many did; `votes`: None where hidden."""

    option: Option
    place: int
    votes: int | None


class Result(NamedTuple):
    """What neighbours chose, what most chose first. `total`: None where fewer than ten chose secretly."""

    chosen: list[Chosen]
    total: int | None


class Card(NamedTuple):
    """A reason or an objection, with the name of who likes to be named."""

    reason: Reason
    by: str | None


class Row(NamedTuple):
    """A choice in a list, with what became of it."""

    choice: Choice
    outcome: Outcome | None


def open_in(neighbourhood_id: int) -> list[Choice]:
    """The choices of a neighbourhood in which somebody can still vote, what closes first first."""
    here = (Choice.neighbourhood_id == neighbourhood_id, Choice.closes_at > clock.now())
    return list(db.session.scalars(select(Choice).where(*here).order_by(Choice.closes_at, Choice.id).limit(MOST)))


def closed_in(neighbourhood_id: int) -> list[Row]:
    """Those that are closed, the last first, each with the outcome that stands."""
    here = (Choice.neighbourhood_id == neighbourhood_id, Choice.closes_at <= clock.now())
    found = select(Choice).where(*here).order_by(Choice.closes_at.desc(), Choice.id.desc())
    closed = db.session.scalars(found.limit(MOST)).all()
    newest = select(func.max(Outcome.id)).where(Outcome.choice_id.in_([one.id for one in closed]))
    stands = select(Outcome).where(Outcome.id.in_(newest.group_by(Outcome.choice_id)))
    by_choice = {one.choice_id: one for one in db.session.scalars(stands.options(joinedload(Outcome.option)))}
    return [Row(one, by_choice.get(one.id)) for one in closed]


def to_do(neighbourhood_id: int) -> int:
    """How many are closed and have no outcome yet."""
    here = (Choice.neighbourhood_id == neighbourhood_id, Choice.closes_at <= clock.now())
    decided = exists().where(Outcome.choice_id == Choice.id)
    return db.session.scalar(select(func.count()).select_from(Choice).where(*here, ~decided)) or 0


def one(neighbourhood_id: int, key: str, lock: bool = False) -> Choice | None:
    """A choice with its options; `lock`: held until the end of the transaction."""
    found = select(Choice).where(Choice.neighbourhood_id == neighbourhood_id, Choice.key == key)
    return db.session.scalar(found.with_for_update() if lock else found.options(selectinload(Choice.options)))


def option(neighbourhood_id: int, key: str) -> Option | None:
    """An option of a choice of this neighbourhood."""
    found = select(Option).join(Choice).where(Choice.neighbourhood_id == neighbourhood_id, Option.key == key)
    return db.session.scalar(found.options(joinedload(Option.choice)))


def with_options(choices: Sequence[Choice]) -> Sequence[Choice]:
    """The same, with their options. One question."""
    ids = [one.id for one in choices]
    found = select(Choice).where(Choice.id.in_(ids)).options(selectinload(Choice.options))
    return db.session.scalars(found.order_by(Choice.closes_at, Choice.id)).all()


def titles(keys: Collection[str]) -> dict[str, str]:
    """What these are called: options, or choices, by their keys."""
    options = select(Option.key, Option.title).where(Option.key.in_(keys))
    choices = select(Choice.key, Choice.title).where(Choice.key.in_(keys))
    return {key: str(title) for key, title in db.session.execute(union_all(options, choices))}


def standing(choice: Choice, who: str) -> Voter | None:
    """Somebody's line on the list of who may vote."""
    return db.session.get(Voter, (choice.id, who))


def vote_of(choice: Choice, who: str) -> OpenVote | None:
    """What somebody chose in an open choice."""
    return db.session.get(OpenVote, (choice.id, who))


def outcomes(choice: Choice) -> list[Outcome]:
    """What became of it, and how that changed: the last one stands."""
    found = select(Outcome).where(Outcome.choice_id == choice.id).order_by(Outcome.number)
    return list(db.session.scalars(found.options(joinedload(Outcome.option))))


def first_count(choice: Choice) -> PaperCount | None:
    """What one person counted on paper, while nobody else counted the same."""
    return db.session.get(PaperCount, choice.id)


def counted(choice: Choice) -> dict[int, int]:
    """How many chose each option, by its id. For who may know it: see `result`."""
    nameless = select(Count.option_id, Count.votes).where(Count.choice_id == choice.id)
    open_ = select(OpenVote.option_id, func.count()).where(OpenVote.choice_id == choice.id)
    found = {option: int(votes) for option, votes in db.session.execute(nameless)}
    for option_, votes in db.session.execute(open_.group_by(OpenVote.option_id)):
        found[option_] += int(votes)
    return found


def result(choice: Choice) -> Result | None:
    """What neighbours chose; None while somebody can still vote, or paper is not counted (docs/rules.md §8)."""
    if not choice.has_result:
        return None
    votes = counted(choice)
    total = sum(votes.values())
    is_exact = not choice.is_secret or total >= EXACT_FROM
    first = sorted(choice.options, key=lambda one: (-votes[one.id], one.number))
    chosen = [
        Chosen(one, 1 + sum(more > votes[one.id] for more in votes.values()), votes[one.id] if is_exact else None)
        for one in first
    ]
    return Result(chosen, total if is_exact else None)


def names(choice: Choice) -> Mapping[int, Sequence[str]]:
    """Who chose what in an open choice and likes to be named, by the option's id, in the order of the alphabet."""
    turn = func.row_number().over(partition_by=OpenVote.option_id, order_by=Person.name).label("turn")
    every = (
        select(OpenVote.option_id, Person.name, turn)
        .join(PlayerKeyLine, PlayerKeyLine.key == OpenVote.who)
        .join(Person, Person.id == PlayerKeyLine.person_id)
        .where(OpenVote.choice_id == choice.id, OpenVote.shows_name, Person.leaving_at.is_(None))
    ).subquery()
    first = select(every.c.option_id, every.c.name).where(every.c.turn <= NAMES)
    said: dict[int, list[str]] = {}
    for option_, name in db.session.execute(first.order_by(every.c.name)):
        said.setdefault(option_, []).append(name)
    return said


def cards(choice: Choice) -> list[Card]:
    """The cards on its options, in an order that tells nothing; those without a name from three of them on."""
    every = select(Reason).where(Reason.choice_id == choice.id).order_by(Reason.key)
    found = db.session.scalars(every.limit(MOST)).all()
    by = contributions.names(REASON, [one.id for one in found])
    few = sum(one.id not in by for one in found) < UNSIGNED_FROM
    return [Card(one, by.get(one.id)) for one in found if one.id in by or not few]


def called(keys: Collection[str | None]) -> dict[str, str]:
    """The names of those of these players who are here."""
    return {key: person.name for key, person in people.by_player_keys(key for key in keys if key).items()}
