"""A pupil's story: signed by the teacher, then by who cares for the child, and only then the editors see it.

Both sign the hash of the same words. One no, or another word, and nothing is left of it. What both signed is the
guardian's from then on; when the class goes, nothing says any more of which class it was, nor who taught it.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from core import clock, codes
from core.audit import service as audit
from core.classes import service as classes
from core.classes.activities import ACTIVITIES, Plan
from core.classes.models import SchoolClass, Work
from core.consent import service as consent
from core.consent.models import How
from core.contributions import service as contributions
from core.contributions.models import Contribution, TakenBack, hash_of
from core.database import db
from core.neighbourhoods.models import Neighbourhood
from core.places import queries as places
from core.receipts import service as receipts
from core.refusal import Refusal, Sort
from tours.stories import acts, kind, licences, queries, service, text
from tours.stories.models import SCHOOL, Telling
from tours.stories.models_pupils import PupilStory
from tours.stories.uses import KIND, SITE

NOT_TO_SEND = _l("First let it into the gallery. Only words can go on, without a picture.")
CHANGED = _l("It was changed meanwhile. Look again, then answer.")


def words_of(here: SchoolClass, work: Work, plan: Plan | None) -> str:
    """What a work says, where it may go on: the teacher let it into the gallery, and it is words of a crew alone."""
    found, activity = plan.task(work.task) if plan else None, ACTIVITIES.of(here.kind)
    if found is None or activity is None or not found[1].tells or work.media or not work.shown_at:
        return ""
    return activity.told(found[1], work.said).strip()


def level_of(here: SchoolClass, plan: Plan) -> str:
    """For which group of a school its lesson is, in the language of the lesson."""
    with force_locale(plan.lang):
        again = classes.plan_of(here)
        return again.level if again else ""


def sign(here: SchoolClass, work: Work, said: Mapping[str, Any], language: str, shows_level: bool) -> PupilStory:
    """The teacher signs these words of a crew, with a title, a place and a licence: they wait for the guardian's yes.

    `said`: title, spot and licence. The row is held. Raises Refusal for what cannot go on, and where it did already.
    """
    plan = classes.plan_of(here)
    words = words_of(here, work, plan)
    if plan is None or not words:
        raise Refusal(NOT_TO_SEND, Sort.CONFLICT)
    if of_works([work.id], held=True):
        raise Refusal(_l("This went home already."), Sort.CONFLICT)
    if places.by_key(here.neighbourhood_id, said["spot"]) is None:
        raise Refusal(_l("Choose one of the list."), Sort.INVALID, field="spot")
    return wait(here, work, words, said, language, level_of(here, plan) if shows_level else "")


def wait(
    here: SchoolClass, work: Work, words: str, said: Mapping[str, Any], language: str, level: str = ""
) -> PupilStory:
    """Signed words wait for the guardian's yes; `level`: the group of the school, where it may stand there."""
    content = {
        "title": said["title"] or text.title(words), "words": words, "when": "", "spot": said["spot"], "theme": "",
        "warning": "", "prompt": "", "point": None, "address": "", "home": "", "pictures": [], "young": True,
        kind.PUPIL: level, "licence": said["licence"],
    }  # fmt: skip
    made = PupilStory(
        key=codes.new_key(), class_id=here.id, work_id=work.id, guardian=codes.new_key(), content=content,
        language=language, hash=hash_of(KIND, language, content), signed_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def letter(story: PupilStory) -> str:
    """The secret of the receipt that goes home. The one before is dead. Raises Refusal once they said yes."""
    if story.guardian is None:
        raise Refusal(_l("Who cares for the child said yes already. They have their receipt."), Sort.CONFLICT)
    return receipts.issue(story.school_class.neighbourhood_id, story.guardian)


def say_yes(story: PupilStory, seen: str, here: Neighbourhood) -> Contribution:
    """Who cares for the child signs exactly the version that they saw, for the child too: now editors may see it.

    Raises Refusal where that is not what the teacher signed, and where its place is gone.
    """
    guardian, content = story.guardian, story.content
    if guardian is None or seen != story.hash:
        raise Refusal(CHANGED, Sort.CONFLICT)
    if places.by_key(here.id, content["spot"]) is None:
        raise Refusal(_l("The place of this story is not here any more. Ask the teacher for a new letter."))
    made = contributions.hand_in(service.STORY, here, guardian, content, story.language, named=False)
    db.session.add(Telling(contribution_id=made.id, way=SCHOOL))
    licence = licences.LICENCES.get(content["licence"])
    consent.give(KIND, made.id, guardian, {SITE, *([licence.use] if licence else [])}, How.RECEIPT, seen)
    teacher = story.school_class.teacher
    for who, as_what, how in (
        (teacher, kind.TEACHER, How.SCREEN), (guardian, kind.GUARDIAN, How.RECEIPT),
        (guardian, queries.TELLER, How.RECEIPT),
    ):  # fmt: skip
        contributions.approve(made, seen, who, as_what, how)
    story.became, story.guardian, story.content = made.key, None, {}
    db.session.flush()
    audit.record("story.tell", *acts.about(made), None, acts.TEACHER)
    for as_what in (acts.GUARDIAN, acts.TELLER):
        audit.record("story.yes", *acts.about(made), None, as_what)
    return made


def say_no(story: PupilStory) -> None:
    """Nothing is left of it: not what waits, nor its receipt; nor the story that it became, while the class is kept."""
    made = _became(story)
    if made:
        service.withdraw(made)  # which takes this row along
        return
    db.session.add(TakenBack(key=story.key, at=clock.now()))
    _drop(story)


def written_anew(works: Collection[int]) -> None:
    """Other words came for the task of these: what waits of them says no more what the crew says."""
    for story in of_works(works, held=True).values():
        if story.waits:
            say_no(story)


def taken_out(works: Collection[int]) -> None:
    """These are the teacher's no."""
    for story in of_works(works, held=True).values():
        say_no(story)


def ends(here: SchoolClass) -> None:
    """The class goes, with all that waits. What is the guardian's stays, and nothing joins it to a class any more."""
    for story in db.session.scalars(_held(PupilStory.class_id == here.id)).all():
        if made := _became(story):
            contributions.forget_who_signed(made, kind.TEACHER)
        _drop(story)


def gone_again(key: str) -> None:
    """It waits in that back-up: it goes once more."""
    if story := db.session.scalar(_held(PupilStory.key == key)):
        _drop(story)


def of_works(works: Collection[int], held: bool = False) -> dict[int, PupilStory]:
    """What went on of these works, by the id of the work. `held`: until the end of the transaction."""
    these = PupilStory.work_id.in_(works)
    found = db.session.scalars(_held(these) if held else _found(these)).all() if works else ()
    return {one.work_id: one for one in found}


def waiting_for(subjects: Collection[str]) -> Sequence[PupilStory]:
    """What waits for the yes of who has one of these receipts."""
    return db.session.scalars(_found(PupilStory.guardian.in_(subjects)).order_by(PupilStory.id)).all()


def one_waiting(neighbourhood_id: int, subjects: Collection[str], key: str) -> PupilStory | None:
    """One of those, here: held until the end of the transaction."""
    story = db.session.scalar(_held(PupilStory.guardian.in_(subjects), PupilStory.key == key))
    return story if story and story.school_class.neighbourhood_id == neighbourhood_id else None


def place_of(story: PupilStory) -> str:
    """What the place is called where it would stand; "" for one that is gone."""
    spot = places.by_key(story.school_class.neighbourhood_id, story.content.get("spot", ""))
    return spot.name if spot else ""


def _found(*these: ColumnElement[bool]) -> Select[PupilStory]:
    return select(PupilStory).where(*these).options(joinedload(PupilStory.school_class, innerjoin=True))


def _held(*these: ColumnElement[bool]) -> Select[PupilStory]:
    return _found(*these).with_for_update(of=PupilStory)


def _became(story: PupilStory) -> Contribution | None:
    if story.became is None:
        return None
    return db.session.scalar(select(Contribution).where(Contribution.key == story.became))


def _drop(story: PupilStory) -> None:
    if story.guardian:
        receipts.drop(story.guardian, "", {})
    db.session.delete(story)
    db.session.flush()
