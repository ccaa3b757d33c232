"""What becomes of an activity or a change that goes ahead: an initiative."""

from flask_babel import lazy_gettext as _l

from core.menus import Line
from game.ideas.models import Idea
from game.initiatives import queries, service

SORTS = frozenset({"activity", "change"})


class Begun:
    """It begins when an editor says that the idea goes ahead."""

    def begin(self, idea: Idea) -> None:
        """With nobody yet: who sent the idea is asked to take part as all are."""
        if idea.sort in SORTS:
            service.begin(idea)

    def line(self, idea: Idea) -> Line | None:
        """Where people take part."""
        one = queries.of_idea(idea.key)
        if one is None or queries.one(idea.neighbourhood_id, one.key) is None:
            return None
        return Line("initiatives.show", "hand", _l("To the initiative"), {"key": one.key})
