"""What dialogues say on the page of what happens here: who comes and when, and what was done with questions."""

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import lazy_gettext as _l

from core import clock
from core.happening.goings_on import MOST, GoingOn, Sort, Way
from core.neighbourhoods.models import Neighbourhood
from core.steps import queries as steps
from game.dialogues import queries, question_queries
from game.dialogues.course import COURSE, OVER

DAYS = 90  # that an answer stands there


def of(here: Neighbourhood) -> Iterator[GoingOn]:
    """Both, in five questions however many there are. A name stands there as it does on the page of the hour."""
    hours = queries.coming(here.id)
    faces = queries.faces([one.professional for one in hours])
    for hour in hours:
        face = faces[hour.professional_id]
        about = _l("%(role)s of %(organisation)s listens", role=face.role, organisation=face.organisation)
        yield GoingOn(
            f"hour-{hour.key}", Sort.TIMED, face.name or face.organisation, "dialogues.show", {"key": hour.key},
            "praten", about, is_called=True, where=hour.spot.name, begins=hour.begins, ends=hour.ends, way=Way.MEET,
        )  # fmt: skip
    ended = [one for one in question_queries.questions(here.id) if one.state in OVER]
    last = steps.last(COURSE.kind, [one.question.key for one in ended])
    since = clock.now() - timedelta(days=DAYS)
    for asked in [one for one in ended if last[one.question.key].at >= since][:MOST]:
        question = asked.question
        yield GoingOn(
            f"question-{question.key}", Sort.BECAME, question.words, "dialogues.question", {"key": question.key},
            "praten", COURSE.labels[asked.state], language=question.language, since=last[question.key].at,
        )  # fmt: skip
