"""Finding initiatives: those of a neighbourhood, and one with who takes part in it."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import selectinload

from core import clock
from core.database import db
from core.people.models import Person, PlayerKeyLine
from core.steps import queries as steps
from core.steps.models import Step
from core.steps.queries import Said
from game.ideas.models import Idea
from game.initiatives.course import COURSE, GOES_ON, LEADER
from game.initiatives.models import Initiative, Need, Participant

MOST = 100  # on one page


class Told(NamedTuple):
    """An initiative as everybody reads it: in words of its own, else in those of its idea.

    `since`: it stands like this; `people`: how many take part.
    """

    initiative: Initiative
    idea: Idea | None
    state: str
    since: datetime
    people: int

    @property
    def title(self) -> str:
        """What it is called; "" where the idea is gone and its people wrote nothing yet."""
        return self.initiative.title or (self.idea.title if self.idea else "")

    @property
    def words(self) -> str:
        """What it is."""
        is_own = bool(self.initiative.title) or self.idea is None
        return self.initiative.words if is_own or self.idea is None else self.idea.words

    @property
    def language(self) -> str:
        """Of these words."""
        return self.initiative.language if self.initiative.title or self.idea is None else self.idea.language

    @property
    def next_on(self) -> date | None:
        """The day on which its people meet next, while that is not past."""
        day = self.initiative.next_on
        return day if day and day >= clock.today() else None


class Face(NamedTuple):
    """Somebody who takes part and likes to be named."""

    key: str
    who: str
    name: str
    leads: bool
    would_lead: bool


def one(neighbourhood_id: int, key: str) -> Told | None:
    """An initiative that everybody reads."""
    return next(iter(_told(_readable(neighbourhood_id).where(Initiative.key == key))), None)


def any_one(neighbourhood_id: int, key: str) -> Told | None:
    """The same, also where it has no words or the desk took it out of sight: for who runs it."""
    return next(iter(_told(_here(neighbourhood_id).where(Initiative.key == key))), None)


def held(neighbourhood_id: int, key: str) -> Initiative | None:
    """Its row, held until the end of the transaction."""
    found = select(Initiative).where(Initiative.neighbourhood_id == neighbourhood_id, Initiative.key == key)
    return db.session.scalar(found.with_for_update(), execution_options={"populate_existing": True})


def of(neighbourhood_id: int) -> list[Told]:
    """All that everybody reads, the newest first."""
    return _told(_readable(neighbourhood_id).order_by(Initiative.id.desc()).limit(MOST))


def running(neighbourhood_id: int, most: int = MOST) -> list[Told]:
    """Those in which one can take part now: they start or run, the newest first."""
    return [told for told in of(neighbourhood_id) if told.state in GOES_ON][:most]


def of_idea(idea: str) -> Initiative | None:
    """What came of an idea."""
    return db.session.scalar(select(Initiative).where(Initiative.idea == idea))


def led_by(neighbourhood_id: int, who: str) -> list[Told]:
    """Those that somebody leads, also out of sight."""
    theirs = _here(neighbourhood_id).join(Participant, Participant.initiative_id == Initiative.id)
    return _told(theirs.where(Participant.who == who, Participant.leads).order_by(Initiative.id.desc()).limit(MOST))


def participant(initiative: Initiative, who: str) -> Participant | None:
    """Somebody, where they take part."""
    found = select(Participant).where(Participant.initiative_id == initiative.id, Participant.who == who)
    return db.session.scalar(found)


def faces(initiative: Initiative) -> list[Face]:
    """Who takes part in one and likes to be named: who leads it first, then who came first."""
    return faces_of([initiative.id]).get(initiative.id, [])


def faces_of(ids: Collection[int]) -> dict[int, list[Face]]:
    """The same for each of these. One question."""
    found = (
        select(Participant, Person.name)
        .join(PlayerKeyLine, PlayerKeyLine.key == Participant.who)
        .join(Person, Person.id == PlayerKeyLine.person_id)
        .where(Participant.initiative_id.in_(ids), Participant.shows_name, Person.leaving_at.is_(None))
        .order_by(Participant.leads.desc(), Participant.id)
    )
    named: dict[int, list[Face]] = {}
    for one, name in db.session.execute(found) if ids else ():
        named.setdefault(one.initiative_id, []).append(Face(one.key, one.who, name, one.leads, one.would_lead))
    return named


def needs(initiative: Initiative) -> list[Need]:
    """What it needs and has, in the order in which it was written down."""
    found = select(Need).where(Need.initiative_id == initiative.id).options(selectinload(Need.takers))
    return list(db.session.scalars(found.order_by(Need.id).limit(MOST)))


def steps_of(initiative: Initiative, named: Iterable[Face]) -> list[Said]:
    """What was said of it; a leader is named while their name stands with it, an editor always."""
    shown = {face.who for face in named}
    taken = steps.said(steps.of(COURSE.kind, initiative.key))
    return [one if one.step.as_what != LEADER or one.step.by in shown else Said(one.step, None) for one in taken]


def _here(neighbourhood_id: int) -> Select[Initiative, Idea]:
    found = select(Initiative, Idea).outerjoin(Idea, Idea.key == Initiative.idea)
    return found.where(Initiative.neighbourhood_id == neighbourhood_id)


def _readable(neighbourhood_id: int) -> Select[Initiative, Idea]:
    has_words = or_(Initiative.title != "", Idea.id.is_not(None))
    return _here(neighbourhood_id).where(~Initiative.is_hidden, has_words)


def _told(found: Select[Initiative, Idea]) -> list[Told]:
    """How each stands: three questions for all."""
    rows = db.session.execute(found).all()
    last = steps.last(COURSE.kind, [one.key for one, _idea in rows])
    many = _many([one.id for one, _idea in rows])
    return [Told(one, idea, *_stands(one, last.get(one.key)), many.get(one.id, 0)) for one, idea in rows]


def _stands(one: Initiative, last: Step | None) -> tuple[str, datetime]:
    return (last.state, last.at) if last else (COURSE.begins, one.begun_at)


def _many(ids: Collection[int]) -> dict[int, int]:
    found = select(Participant.initiative_id, func.count()).where(Participant.initiative_id.in_(ids))
    rows = db.session.execute(found.group_by(Participant.initiative_id)) if ids else ()
    return {id_: int(many) for id_, many in rows}
