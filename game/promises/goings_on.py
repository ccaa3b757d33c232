"""What promises say on the page of what happens here: how many run, and what became of the last ones."""

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from core import clock
from core.happening.goings_on import GoingOn, Sort
from core.neighbourhoods.models import Neighbourhood
from game.promises import queries
from game.promises.course import COURSE, LATE

DAYS = 90  # that what became of one stands there


def of(here: Neighbourhood) -> Iterator[GoingOn]:
    """Both, in five questions however many there are."""
    rows, since = queries.of(here.id), clock.now() - timedelta(days=DAYS)
    running = [row for row in rows if row.runs]
    if running:
        late = sum(row.state == LATE for row in running)
        about = lazy_ngettext("%(num)s still runs", "%(num)s still run", len(running))
        marks = (lazy_ngettext("%(num)s is late", "%(num)s are late", late),) if late else ()
        yield GoingOn("promises", Sort.OPEN, _l("Promises"), "promises.index", {}, "krijt", about, marks=marks)
    for row in rows:
        if not row.runs and row.last and row.last.at >= since:
            yield GoingOn(
                f"promise-{row.promise.key}", Sort.BECAME, row.promise.what, "promises.show",
                {"key": row.promise.key}, "krijt", COURSE.labels[row.state], language=row.promise.language,
                since=row.last.at,
            )  # fmt: skip
