"""What gatherings say on the page of what happens here: what comes or goes on, and of which one a report is there."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select

from core import clock
from core.database import db
from core.happening.goings_on import MOST, GoingOn, Sort, Way
from core.neighbourhoods.models import Neighbourhood
from game.gatherings import queries
from game.gatherings.course import COURSE, ON, PLANNED, REPORTED
from game.gatherings.models import Gathering, Report

DAYS = 90  # that a report stands there


def of(here: Neighbourhood) -> Iterator[GoingOn]:
    """Both, in six questions however many there are."""
    for row in queries.coming(here.id):
        one = row.gathering
        yield GoingOn(
            f"gathering-{one.key}", Sort.TIMED, one.title, "gatherings.show", {"key": one.key}, "kopje",
            "" if row.state in (PLANNED, ON) else COURSE.labels[row.state], language=one.language,
            where=one.spot.name, begins=one.begins_at, ends=one.ends_at, since=one.shown_at, way=Way.MEET,
        )  # fmt: skip
    told = func.min(Report.at, type_=Report.at.type)
    found = select(Gathering, told).join(Report, Report.gathering == Gathering.key).group_by(Gathering.id)
    found = found.where(Gathering.neighbourhood_id == here.id, Report.at >= clock.now() - timedelta(days=DAYS))
    found = found.where(Gathering.ends_at <= clock.now()).order_by(told.desc(), Gathering.id.desc()).limit(MOST)
    for one, at in db.session.execute(found):
        yield GoingOn(
            f"told-{one.key}", Sort.BECAME, one.title, "gatherings.show", {"key": one.key}, "kopje",
            COURSE.labels[REPORTED], language=one.language, since=at,
        )  # fmt: skip
