"""Finding classes, crews and what was handed in. A teacher finds their own classes only."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from core import clock
from core.classes import tokens
from core.classes.models import KEPT, ClassGone, Crew, SchoolClass, Word, Work
from core.codes import LONG
from core.database import db


def by_code(neighbourhood_id: int, code: str) -> SchoolClass | None:
    """The class with these six letters here, whatever its day."""
    here = (SchoolClass.neighbourhood_id == neighbourhood_id, SchoolClass.code == code)
    return db.session.scalar(select(SchoolClass).where(*here))


def of_teacher(neighbourhood_id: int, teacher: str) -> Sequence[SchoolClass]:
    """The classes of a teacher, the latest day first."""
    mine = (SchoolClass.neighbourhood_id == neighbourhood_id, SchoolClass.teacher == teacher)
    return db.session.scalars(select(SchoolClass).where(*mine).order_by(SchoolClass.day.desc(), SchoolClass.id)).all()


def own(neighbourhood_id: int, teacher: str, key: str, held: bool = False) -> SchoolClass | None:
    """One of them, with its crews. `held`: until the end of the transaction."""
    mine = (SchoolClass.neighbourhood_id == neighbourhood_id, SchoolClass.teacher == teacher, SchoolClass.key == key)
    found = select(SchoolClass).where(*mine).options(selectinload(SchoolClass.crews))
    return db.session.scalar(found.with_for_update(of=SchoolClass) if held else found)


def crew(neighbourhood_id: int, token: str) -> Crew | None:
    """The crew with this secret, however its letters were typed."""
    is_its = (
        Crew.token_hash == tokens.hashed(LONG.read(token) or ""),
        SchoolClass.neighbourhood_id == neighbourhood_id,
    )
    found = select(Crew).join(SchoolClass).where(*is_its).options(joinedload(Crew.school_class))
    return db.session.scalar(found)


def of_class(here: SchoolClass, key: str) -> Crew | None:
    """One crew of a class."""
    return db.session.scalar(select(Crew).where(Crew.class_id == here.id, Crew.key == key))


def done(crew: Crew) -> Mapping[str, Work]:
    """What a crew handed in last, by task."""
    its = select(Work).where(Work.crew_id == crew.id).order_by(Work.id)
    return {one.task: one for one in db.session.scalars(its)}


def progress(here: SchoolClass) -> Mapping[int, int]:
    """How many tasks each crew of a class did, by the id of the crew."""
    counted = select(Work.crew_id, func.count(Work.task.distinct())).where(Work.class_id == here.id)
    return {crew.crew_id: crew[1] for crew in db.session.execute(counted.group_by(Work.crew_id))}


def works(here: SchoolClass, shown: bool = False) -> Sequence[Work]:
    """All that a class handed in, crew after crew, the newest of a task first; only what is `shown` in the gallery."""
    its = select(Work).join(Crew).where(Work.class_id == here.id).options(joinedload(Work.crew))
    if shown:
        its = its.where(Work.shown_at.is_not(None))
    return db.session.scalars(its.order_by(Crew.number, Work.task, Work.id.desc())).all()


def work(here: SchoolClass, key: str) -> Work | None:
    """One thing that a class handed in."""
    its = select(Work).where(Work.class_id == here.id, Work.key == key)
    return db.session.scalar(its.options(joinedload(Work.crew)))


def said_to(crew: Crew) -> Word | None:
    """The last word to a crew, or to all."""
    its = select(Word).where(Word.class_id == crew.class_id, (Word.crew_id == crew.id) | Word.crew_id.is_(None))
    return db.session.scalar(its.order_by(Word.id.desc()).limit(1))


def last_word(here: SchoolClass) -> Word | None:
    """The last word that a teacher said to all."""
    its = select(Word).where(Word.class_id == here.id, Word.crew_id.is_(None))
    return db.session.scalar(its.order_by(Word.id.desc()).limit(1))


def due() -> Sequence[SchoolClass]:
    """The classes whose thirty days are over."""
    return db.session.scalars(select(SchoolClass).where(SchoolClass.day <= clock.today() - KEPT)).all()


def by_key(key: str) -> SchoolClass | None:
    """A class as a back-up's list knows it."""
    return db.session.scalar(select(SchoolClass).where(SchoolClass.key == key))


def gone_since(moment: datetime) -> Iterable[tuple[str, datetime]]:
    """Which classes went from a moment on, and when."""
    its = select(ClassGone.key, ClassGone.at).where(ClassGone.at >= moment)
    return [(key, at) for key, at in db.session.execute(its)]
