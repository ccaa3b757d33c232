"""What a teller says of the walks that their story is in."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from core import clock
from core.database import db, dialect, insert_into
from core.refusal import Refusal, Sort
from tours.stories.models import Story
from tours.walks import queries
from tours.walks.models import Refused, Tour


def answer(tour: Tour, story: Story, wants: bool) -> None:
    """Their story may be in this walk, or no longer: at once. Raises Refusal for a walk that it is not in."""
    if tour.id not in {one.id for one, _no in queries.with_story(story.id)}:
        raise Refusal(_l("That is not here (any more)."), Sort.UNKNOWN)
    if wants:
        db.session.execute(delete(Refused).where(Refused.tour_id == tour.id, Refused.story_id == story.id))
    else:
        row = {"tour_id": tour.id, "story_id": story.id, "since": clock.now()}
        db.session.execute(insert_into(Refused, dialect()).values(row).on_conflict_do_nothing())
    tour.due_at = clock.now()
    db.session.flush()
