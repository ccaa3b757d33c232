"""What comes of an idea that goes ahead: a challenge that makers write, or a theme where a season is made."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.contributions import queries as contributions
from core.guard import may_open
from core.menus import Line
from game.ideas import queries
from game.ideas.kind import PROPOSAL
from game.ideas.models import Idea
from game.ideas.onwards import ONWARDS
from game.seasons.suggestions import SUGGESTED, Suggestion


def init_app(app: Flask) -> None:
    """Register what becomes of challenges, and the list of themes."""
    ONWARDS.add(app, "challenges", Challenges(), order=10)
    SUGGESTED.add(app, "ideas", _themes)


class Challenges:
    """A maker writes it, with the words of who thought it up filled in."""

    def begin(self, idea: Idea) -> None:
        """Nothing: a maker does."""

    def line(self, idea: Idea) -> Line | None:
        """For makers: the form with its title, and "bedacht door" where that name may stand there."""
        if idea.sort != "challenge" or not may_open("challenges.new"):
            return None
        by = contributions.names(PROPOSAL.name, [idea.id]).get(idea.id, "")
        asked = {"title": idea.title, "text": idea.words, "by": by, "spot": idea.spot.key if idea.spot else ""}
        written = {name: text for name, text in asked.items() if text}
        return Line("challenges.new", "hinkel", _l("Make a challenge of it"), {**written, "written": idea.language})


def _themes(neighbourhood_id: int) -> list[Suggestion]:
    return [
        Suggestion(row.idea.title, row.idea.language, Line("ideas.show", "idee", _l("Idea"), {"key": row.idea.key}))
        for row in queries.going_ahead(neighbourhood_id, "theme")
    ]
