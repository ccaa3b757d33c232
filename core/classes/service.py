"""Opening a class, joining it, handing in, asking for help, saying a word, forgetting it all (docs/rules.md §7)."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from core import clock, codes
from core.classes import queries, tokens
from core.classes.activities import ACTIVITIES, Plan, Said
from core.classes.animals import ANIMALS
from core.classes.models import MOST_CREWS, ClassGone, Crew, Part, SchoolClass, Word, Work
from core.classes.onwards import ONWARDS
from core.classes.words import COMING, WORDS
from core.database import db
from core.media import service as media
from core.media.owners import Owner
from core.people.models import Person
from core.photos.prepare import Prepared
from core.refusal import Refusal, Sort

AHEAD = timedelta(days=60)  # at most so long before its day
MOST_CLASSES = 40  # of one teacher at a time
MOST_WORK = 200  # rows of one crew: nobody types more in a day
GONE_KNOWN = timedelta(days=90)  # how long it is known that a class went: longer than a back-up is worth
WORK = Owner("classwork", ("large.webp", "medium.webp", "small.webp"))

NOT_HERE = _l("We do not know this class. Its thirty days may be over, and then all of it is gone.")


def plan_of(here: SchoolClass) -> Plan | None:
    """What a class does; None where it is not there any more."""
    activity = ACTIVITIES.of(here.kind)
    return activity.find(here.neighbourhood_id, here.activity) if activity else None


def open_class(teacher: Person, kind: str, activity: str, day: date, crews: int, newsrooms: int = 0) -> SchoolClass:
    """A class with so many crews, of which the last `newsrooms` work inside.

    Raises Refusal for a plan that is not offered to them, a day that is past or far, too many crews or classes.
    """
    found = ACTIVITIES.of(kind)
    plans = found.offered(teacher.neighbourhood_id, teacher.player_key) if found else ()
    if activity not in {plan.key for plan in plans}:
        raise Refusal(_l("Choose a lesson of the list."), Sort.INVALID, field="plan")
    if not clock.today() <= day <= clock.today() + AHEAD:
        raise Refusal(_l("Choose today, or a day within two months."), Sort.INVALID, field="day")
    if not 1 <= crews <= MOST_CREWS or not 0 <= newsrooms <= crews:
        raise Refusal(_l("A class has one to thirty crews."), Sort.INVALID, field="crews")
    if len(queries.of_teacher(teacher.neighbourhood_id, teacher.player_key)) >= MOST_CLASSES:
        raise Refusal(_l("You have forty classes already. Erase one that you do not need any more."))
    made = SchoolClass(
        key=codes.new_key(), neighbourhood_id=teacher.neighbourhood_id, teacher=teacher.player_key, kind=kind,
        activity=activity, code=_free_code(), day=day, opened_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    for number in range(crews):
        _add_crew(made, number, Part.NEWS if number >= crews - newsrooms else Part.STREET)
    return made


def add_crew(here: SchoolClass) -> Crew:
    """One more. Raises Refusal where there are thirty."""
    _must_be_for_crews(here)
    used = set(db.session.scalars(select(Crew.number).where(Crew.class_id == here.id)))
    if len(used) >= MOST_CREWS:
        raise Refusal(_l("A class has one to thirty crews."))
    return _add_crew(here, next(number for number in range(MOST_CREWS) if number not in used), Part.STREET)


def may_join(here: SchoolClass) -> None:
    """Raises Refusal, with a sentence, on another day than its own and after its end."""
    if here.is_to_come:
        raise Refusal(_l("This class is on another day. Its code works on that day."), Sort.GONE, field="code")
    if here.is_over:
        raise Refusal(
            _l("This code was for a lesson that is over. Ask for the code of today."), Sort.GONE, field="code"
        )


def join(here: SchoolClass) -> Crew:
    """The first crew that is still free, taken for the one device that asks. Inside `writing()`.

    Raises Refusal on another day, after the end, and where no crew is free.
    """
    db.session.refresh(here, with_for_update=True)  # one at a time, so that no two get the same
    may_join(here)
    free = select(Crew).where(Crew.class_id == here.id, Crew.joined_at.is_(None), Crew.on_paper.is_(False))
    crew = db.session.scalar(free.order_by(Crew.number).limit(1))
    if crew is None:
        raise Refusal(_l("All crews are on their way already. Your teacher can add one."), field="code")
    crew.joined_at = crew.seen_at = clock.now()
    db.session.flush()
    return crew


def token(crew: Crew) -> str:
    """The secret that stands in the address of a crew."""
    return tokens.of(crew.key, crew.turn)


def new_token(crew: Crew) -> None:
    """The crew gets another secret: a tablet that was lost opens nothing any more."""
    crew.turn += 1
    crew.token_hash = tokens.hashed(token(crew))
    db.session.flush()


def hand_in(
    crew: Crew, task: str, said: Said, twin: str, picture: Prepared | None = None, by_hand: bool = False
) -> Work:
    """Keep what a crew did; the same row where this was sent before. After the end too: nothing is lost.

    `by_hand`: the teacher types it from a sheet. Raises Refusal for far too much.
    """
    db.session.refresh(crew, with_for_update={"of": Crew})  # its class came with it: PostgreSQL holds no outer join
    its = select(Work).where(Work.crew_id == crew.id)
    if before := db.session.scalar(its.where(Work.twin == twin)):
        return before
    if (db.session.scalar(select(func.count()).select_from(its.subquery())) or 0) >= MOST_WORK:
        raise Refusal(_l("That is a lot for one crew. Ask your teacher."), Sort.OFTEN)
    done = Work(
        key=codes.new_key(), class_id=crew.class_id, crew_id=crew.id, task=task, twin=twin, said=dict(said),
        media=media.keep(picture.folder, WORK) if picture else None, width=picture.width if picture else None,
        height=picture.height if picture else None, at=clock.now(), is_late=crew.school_class.is_over,
        on_paper=by_hand,
    )  # fmt: skip
    db.session.add(done)
    if not by_hand:
        crew.seen_at = clock.now()
    db.session.flush()
    others = db.session.scalars(its.where(Work.task == task, Work.id != done.id)).all()
    for onward in ONWARDS.all():
        onward.written_anew([one.id for one in others])
    return done


def be_at(crew: Crew, stop: int, heard: int = 0) -> None:
    """A crew says at which stop it is, and which word it saw last."""
    crew.stop, crew.heard, crew.seen_at = stop, max(crew.heard, heard), clock.now()
    db.session.flush()


def ask_help(crew: Crew) -> None:
    """Their teacher sees it at once, until somebody comes."""
    crew.help_at, crew.seen_at = crew.help_at or clock.now(), clock.now()
    db.session.flush()


def help_is_done(crew: Crew) -> None:
    """They need none any more."""
    crew.help_at = None
    db.session.flush()


def say(here: SchoolClass, says: str, crew: Crew | None) -> Word:
    """Say one of the fixed sentences to a crew, or to all. Raises Refusal for any other."""
    if says not in WORDS:
        raise Refusal(_l("Choose one of the sentences."), Sort.INVALID)
    if crew and says == COMING:
        crew.help_at = None
    word = Word(class_id=here.id, crew_id=crew.id if crew else None, says=says, at=clock.now())
    db.session.add(word)
    db.session.flush()
    return word


def pause(here: SchoolClass, rests: bool) -> None:
    """All crews read that there is a pause; what they hand in is kept meanwhile."""
    here.paused_at = (here.paused_at or clock.now()) if rests else None
    db.session.flush()


def end(here: SchoolClass, is_over: bool) -> None:
    """The lesson is over, or goes on after all: what comes later is kept too."""
    here.ended_at = (here.ended_at or clock.now()) if is_over else None
    here.paused_at = None
    db.session.flush()


def go_on_paper(crew: Crew, on_paper: bool) -> None:
    """A crew goes on with a sheet, or with a device again; what it did stays."""
    crew.on_paper, crew.help_at = on_paper, None
    db.session.flush()


def work_as(crew: Crew, part: str) -> None:
    """Out in the street, or inside."""
    crew.part = Part(part)
    db.session.flush()


def let_show(work: Work, is_shown: bool) -> None:
    """Whether it may hang in the gallery."""
    work.shown_at = (work.shown_at or clock.now()) if is_shown else None
    db.session.flush()
    if not is_shown:
        _are_taken_out([work])


def take_away(works: Sequence[Work]) -> None:
    """Gone for good, with its picture."""
    _are_taken_out(works)
    media.let_go([one.media for one in works if one.media])
    db.session.execute(delete(Work).where(Work.id.in_([one.id for one in works])))
    db.session.flush()


def erase(here: SchoolClass) -> None:
    """All of a class goes: its rows now, its pictures with the next sweep."""
    for onward in ONWARDS.all():
        onward.ends(here)
    take_away(queries.works(here))
    db.session.execute(delete(Word).where(Word.class_id == here.id))
    db.session.execute(delete(Crew).where(Crew.class_id == here.id))
    db.session.execute(delete(SchoolClass).where(SchoolClass.id == here.id))
    db.session.add(ClassGone(key=here.key, at=clock.now()))
    db.session.flush()
    db.session.expire_all()


def erase_again(key: str) -> None:
    """It went since the back-up from which it is here again."""
    if here := queries.by_key(key):
        db.session.execute(delete(ClassGone).where(ClassGone.key == key))
        erase(here)


def erase_of(teacher: str) -> None:
    """Every class that somebody opened goes with them."""
    for here in db.session.scalars(select(SchoolClass).where(SchoolClass.teacher == teacher)).all():
        erase(here)


def forget_gone() -> None:
    """That a class went is known no longer than a back-up of before is worth."""
    db.session.execute(delete(ClassGone).where(ClassGone.at < clock.now() - GONE_KNOWN))


def _are_taken_out(works: Sequence[Work]) -> None:
    for onward in ONWARDS.all():
        onward.taken_out([one.id for one in works])


def _must_be_for_crews(here: SchoolClass) -> None:
    if here.is_over:
        raise Refusal(_l("This lesson is over."), Sort.GONE)


def _add_crew(here: SchoolClass, number: int, part: Part) -> Crew:
    key = codes.new_key()
    crew = Crew(
        key=key, class_id=here.id, number=number, animal=list(ANIMALS)[number], part=part, turn=1,
        token_hash=tokens.hashed(tokens.of(key, 1)), on_paper=False, stop=1, heard=0,
    )  # fmt: skip
    db.session.add(crew)
    db.session.flush()
    return crew


def _free_code() -> str:
    while db.session.scalar(select(SchoolClass.id).where(SchoolClass.code == (code := codes.short_code()))):
        pass
    return code
