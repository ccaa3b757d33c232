"""What the clockwork does: a class goes once its thirty days are over."""

from datetime import timedelta

from core import clock
from core.classes import queries, service
from core.database import leave_no_traces, writing

TRACES = timedelta(minutes=10)  # how long after one went the file of SQLite is written anew


def sweep() -> int:
    """How many went."""
    gone = [here.key for here in queries.due()]
    for key in gone:
        with writing():
            service.erase_again(key)
    if gone:
        with writing():
            service.forget_gone()
    if any(queries.gone_since(clock.now() - TRACES)):
        leave_no_traces()
    return len(gone)
