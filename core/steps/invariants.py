"""What must always hold of ideas, talks, gatherings, choices and promises: each slice says its own, a command looks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from sqlalchemy import select

from core.database import db
from core.people import queries as people
from core.registry import Registry
from core.steps.course import Course
from core.steps.models import Step

MANY = 500  # rows at once


class Looked(NamedTuple):
    """How many things were looked at, and in a sentence each what is wrong with them."""

    things: int
    faults: Sequence[str]


COURSES: Registry[Course] = Registry("how things go")
INVARIANTS: Registry[Callable[[], Looked]] = Registry("what must hold of what people do together")


def look() -> Looked:
    """All of it."""
    found = [_courses(COURSES.named()), *(check() for check in INVARIANTS.all())]
    return Looked(sum(one.things for one in found), [fault for one in found for fault in one.faults])


def _courses(of: Mapping[str, Course]) -> Looked:
    """Every step follows from the one before, as its course allows, and has words as long as its person is here."""
    rows = db.session.scalars(
        select(Step).order_by(Step.kind, Step.about, Step.number).execution_options(yield_per=MANY)
    )
    things, faults = 0, []
    for (kind, about), steps in groupby(rows, lambda step: (step.kind, step.about)):
        things += 1
        faults += [f"{kind} {about}: {fault}" for fault in _faults(of.get(kind), list(steps))]
    return Looked(things, faults)


def _faults(course: Course | None, steps: list[Step]) -> Iterator[str]:
    if course is None:
        yield "of a kind that nobody knows"
        return
    if [step.number for step in steps] != list(range(1, len(steps) + 1)):
        yield "a step is gone"
    states = [course.begins, *(step.state for step in steps)]
    for step, (before, after) in zip(steps, pairwise(states), strict=True):
        if not course.allows(before, step.as_what, after):
            yield f"from {before} to {after} by {step.as_what}"
    silent = [step.by for step in steps if not step.words]
    if silent and people.by_player_keys(silent):
        yield "a step without words"
