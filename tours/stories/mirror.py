"""What the mirror says of stories: how far back they go, in how many languages, and how many show a name."""

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from core.mirror.factors import FACE, HISTORY, PRESENT
from core.mirror.seen import SEEN, Seen, Sentence
from core.neighbourhoods.models import Neighbourhood
from tours.stories import queries


def init_app(app: Flask) -> None:
    """Register what is seen."""
    SEEN.add(app, "stories", Seen(HISTORY, _told), order=10)
    SEEN.add(app, "languages of stories", Seen(PRESENT, _languages), order=20)
    SEEN.add(app, "stories with a name", Seen(FACE, _named), order=10)


def _told(here: Neighbourhood) -> Sentence:
    many, oldest = queries.many(here.id)
    about = _l("The oldest is about %(year)s.", year=oldest) if oldest else ""
    return Sentence(ngettext("%(num)d story", "%(num)d stories", many), about)


def _languages(here: Neighbourhood) -> Sentence:
    many = queries.languages(here.id)
    return Sentence(ngettext("Stories in %(num)d language", "Stories in %(num)d languages", many))


def _named(here: Neighbourhood) -> Sentence:
    named, (many, _oldest) = queries.with_a_name(here.id), queries.many(here.id)
    return Sentence(
        ngettext("%(num)d story of %(all)d shows a name", "%(num)d stories of %(all)d show a name", named, all=many),
        _l("Only of who likes that."),
    )
