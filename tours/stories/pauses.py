"""A story that rests: nobody reads it for at most 14 days. It comes back by itself, and its teller reads why."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core import clock
from core.audit import service as audit
from core.contributions.models import Contribution, State
from core.database import db, writing
from core.guard import Role
from core.refusal import Refusal, Sort
from tours.stories import acts, kind, queries
from tours.stories.models import Story
from tours.stories.models_rights import Pause

MOST_DAYS = 14
BATCH = 50


def pause(story: Contribution, days: int, reason: str, editor: str, role: Role) -> None:
    """Nobody reads it from now on, for so many days.

    Raises Refusal for what nobody reads, for one's own, for a reason or a number that is none, and for a second pause
    of the same words by the editor who gave the last one.
    """
    made = queries.of_contribution(story.id)
    if made is None or story.state != State.SHOWN or queries.pause_of(made.id):
        raise Refusal(_l("Nobody reads this story now."), Sort.CONFLICT)
    if editor == story.who:
        raise Refusal(_l("This is about you. Another editor looks at it."), Sort.FORBIDDEN)
    if reason not in acts.PAUSES:
        raise Refusal(_l("Choose a reason. Its teller reads it."), Sort.INVALID, field="reason")
    if not 1 <= days <= MOST_DAYS:
        raise Refusal(_l("Choose 1 to 14 days."), Sort.INVALID, field="days")
    before = queries.last_pause(made.id)
    if before and before.version_hash == made.version_hash and before.by == editor:
        raise Refusal(_l("You let this story rest before. Ask another editor."), Sort.FORBIDDEN)
    now = clock.now()
    db.session.add(Pause(story_id=made.id, version_hash=made.version_hash, reason=reason, by=editor, since=now,
                         until=now + timedelta(days=days)))  # fmt: skip
    db.session.flush()
    kind.note(story.id)
    audit.record("story.pause", *acts.about(story), editor, role, reason)


def go_on(story: Contribution, editor: str, role: Role) -> None:
    """An editor ends it sooner: who may read the story may do so again. Twice is once."""
    made = queries.of_contribution(story.id)
    resting = queries.pause_of(made.id) if made else None
    if resting:
        resting.ended_at = clock.now()
        db.session.flush()
        kind.note(story.id)
        audit.record("story.go_on", *acts.about(story), editor, role)


def sweep() -> int:
    """Tidy the pauses that are over: each story was there again by itself, and now its copies may be too."""
    over = select(Pause.id).where(Pause.ended_at.is_(None), Pause.until <= clock.now()).order_by(Pause.id).limit(BATCH)
    return sum(_tidy(one) for one in db.session.scalars(over).all())


def _tidy(pause_id: int) -> bool:
    with writing():
        this = select(Contribution).join(Story, Story.contribution_id == Contribution.id)
        held = this.join(Pause, Pause.story_id == Story.id).where(Pause.id == pause_id)
        story = db.session.scalar(held.with_for_update(of=Contribution))
        over = db.session.get(Pause, pause_id, populate_existing=True)
        if story is None or over is None or over.ended_at is not None:
            return False
        over.ended_at = over.until
        db.session.flush()
        kind.note(story.id)
        audit.record("story.go_on", *acts.about(story), None, acts.ITSELF)
    return True
