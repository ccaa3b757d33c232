"""What must hold of every walk, looked up in its rows: each fault in a sentence (I7, I10).

It asks the rows and not the questions of the pages, so that a fault of those shows.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from core.consent.models import Consent
from core.database import db
from tours.stories.uses import KIND, SITE, TOURS
from tours.walks import queries
from tours.walks.models import FEWEST, PUBLIC, Refused, Stop, Tour


def faults() -> Iterator[str]:
    """What is wrong, each with the key of its walk."""
    tours = db.session.scalars(select(Tour).options(selectinload(Tour.stops).joinedload(Stop.story))).all()
    refused = {(one.tour_id, one.story_id) for one in db.session.scalars(select(Refused))}
    given = {
        (one.thing, one.use) for one in db.session.scalars(select(Consent).where(Consent.kind == KIND)) if one.stands
    }
    shown = queries.live([tour.id for tour in tours])
    public = {tour.id for tour in db.session.scalars(select(Tour).where(queries.stands()))}
    for tour in tours:
        for fault in (*_of_stops(tour, shown.get(tour.id, []), refused, given), *_of_state(tour, shown, public)):
            yield f"{tour.key}: {fault}"


def _of_stops(
    tour: Tour, shown: list[queries.Shown], refused: set[tuple[int, int]], given: set[tuple[int, str]]
) -> Iterator[str]:
    if [stop.number for stop in tour.stops] != list(range(1, len(tour.stops) + 1)):
        yield "its stops are not numbered from 1"
    for story in (one.stop.story for one in shown if one.stop.story):
        if (tour.id, story.id) in refused:
            yield f"{story.key} is shown, and its teller said no"
        if story.gone_at or story.hidden_at:
            yield f"{story.key} is shown, and nobody may read it"
        if any((story.contribution_id, use) not in given for use in (SITE, TOURS)):
            yield f"{story.key} is shown without its teller's yes to walks"


def _of_state(tour: Tour, shown: dict[int, list[queries.Shown]], public: set[int]) -> Iterator[str]:
    if tour.id in public and len(shown.get(tour.id, [])) < FEWEST:
        yield "everybody sees it, and it has fewer than two stops"
    if tour.id in public and tour.published_at is None:
        yield "everybody sees it, and no editor said yes"
    if tour.state in PUBLIC and not (tour.checked_on and tour.sent_at):
        yield "it was published, and nobody walked it or sent it"
