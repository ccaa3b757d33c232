"""What initiatives say on the page of what happens here: in which one can take part, and what became of the others."""

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core import clock, i18n
from core.happening.goings_on import GoingOn, Sort, Way
from core.neighbourhoods.models import Neighbourhood
from game.initiatives import queries
from game.initiatives.course import COURSE, DONE, GOES_ON
from game.initiatives.queries import Told

DAYS = timedelta(days=90)  # that what is done stands there
NAMES = 3  # that stand there


def of(here: Neighbourhood) -> Iterator[GoingOn]:
    """In as many questions however many there are. Its next day has no hour of its own: that stands in its words."""
    found = [told for told in queries.of(here.id) if told.state in GOES_ON or _was_done(told)]
    faces = queries.faces_of([told.initiative.id for told in found])
    for told in found:
        one, is_done = told.initiative, told.state == DONE
        names = () if is_done else tuple(face.name for face in faces.get(one.id, ())[:NAMES])
        yield GoingOn(
            f"initiative-{one.key}", Sort.BECAME if is_done else Sort.OPEN, told.title, "initiatives.show",
            {"key": one.key}, "hand", _about(told), language=told.language, names=names,
            others=0 if is_done else told.people - len(names), since=told.since, way=None if is_done else Way.HELP,
        )  # fmt: skip


def _was_done(told: Told) -> bool:
    return told.state == DONE and told.since >= clock.now() - DAYS


def _about(told: Told) -> LazyString:
    state = COURSE.labels[told.state]
    if told.next_on is None or told.state == DONE:
        return state
    return _l("%(state)s, next time on %(day)s", state=state, day=i18n.full_day(told.next_on))
