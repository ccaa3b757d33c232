"""What the mirror says of promises: how many of organisations and neighbours, kept and late."""

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from core.mirror.factors import PARTNERS
from core.mirror.seen import SEEN, Seen, Sentence
from core.neighbourhoods.models import Neighbourhood
from game.promises import queries
from game.promises.course import KEPT, LATE


def init_app(app: Flask) -> None:
    """Register what is seen."""
    SEEN.add(app, "promises", Seen(PARTNERS, _promises), order=20)


def _promises(here: Neighbourhood) -> Sentence:
    rows = queries.of(here.id)
    stand = [row.state for row in rows]
    theirs = sum(bool(row.promise.organisation) for row in rows)
    return Sentence(
        ngettext("%(num)d promise", "%(num)d promises", len(rows)),
        _l("%(theirs)d of an organisation. %(kept)d kept, %(late)d late.", theirs=theirs, kept=stand.count(KEPT),
           late=stand.count(LATE)),
    )  # fmt: skip
