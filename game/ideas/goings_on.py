"""What ideas say on the page of what happens here: that some wait for an answer, and what became of the last ones."""

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext
from sqlalchemy import select

from core import clock
from core.database import db
from core.happening.goings_on import MOST, GoingOn, Sort, Way
from core.neighbourhoods.models import Neighbourhood
from core.steps import queries as steps
from core.steps.models import Step
from game.ideas import queries
from game.ideas.course import COURSE, WAITS
from game.ideas.models import Idea

DAYS = 90  # that an answer stands there


def of(here: Neighbourhood) -> Iterator[GoingOn]:
    """Both, in four questions however many ideas there are."""
    waiting = queries.many_to_answer(here.id)
    if waiting:
        about = lazy_ngettext("%(num)s waits for an answer", "%(num)s wait for an answer", waiting)
        yield GoingOn("ideas", Sort.OPEN, _l("Ideas of neighbours"), "ideas.index", {}, "idee", about, way=Way.CHOOSE)
    for idea, step in _answered(here.id):
        yield GoingOn(
            f"idea-{idea.key}", Sort.BECAME, idea.title, "ideas.show", {"key": idea.key}, "idee",
            COURSE.labels[step.state], language=idea.language, since=step.at,
        )  # fmt: skip


def _answered(neighbourhood_id: int) -> list[tuple[Idea, Step]]:
    """Each with its last step, the newest answer first."""
    found = select(Idea, Step).join(Step, steps.is_last(COURSE.kind, Idea.key))
    found = found.where(Idea.neighbourhood_id == neighbourhood_id, Step.at >= clock.now() - timedelta(days=DAYS))
    found = found.where(Step.state.not_in(WAITS)).order_by(Step.at.desc(), Step.id.desc())
    return [(idea, step) for idea, step in db.session.execute(found.limit(MOST))]
