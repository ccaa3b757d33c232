"""A question of a neighbour at a spot or of a theme, as a kind of thing that people hand in; stories answer it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload

from core.contributions.forms import ContributionForm
from core.contributions.kinds import Fact, Kind, Words
from core.contributions.models import Contribution, Version
from core.database import db
from core.forms import Line, Pick, Text
from core.neighbourhoods.models import Neighbourhood
from core.places import queries as places
from core.refusal import Refusal, Sort
from tours.stories import queries
from tours.stories.forms import THEMES
from tours.stories.models import Prompt, Story

MOST = 100  # on one page


class PromptForm(ContributionForm):
    """What they would like to hear."""

    question = Line(140, _l("Ask something."), label=_l("Your question"))
    spot = Text(80)  # its key
    theme = Pick(THEMES)


class Question(Kind):
    """What a neighbour asks of the others."""

    name, label, icon, titled = "prompt", _l("Question of a neighbour"), "praten", "question"
    pages, path, right, page = "prompts", "questions", "story.ask", "stories.question"
    form, form_page, drawing = PromptForm, "tours/stories/ask.html", "tours/stories/asked.html"
    from_address, is_revocable = ("spot", "theme"), True
    words = Words(
        own=_l("Questions you asked"), add=_l("Ask the neighbourhood something"), drawing="praten",
        none_yet=_l("What would you like to hear? Neighbours answer with a story."),
        onwards=_l("To the question"), kept=_l("Your questions go. The stories that answer them stay."),
    )  # fmt: skip

    def beside(self, here: Neighbourhood) -> Mapping[str, Any]:
        spots = [(spot.key, spot.name, "nl") for spot in places.of(here.id)]
        return {"spots": spots, "themes": [(name, label, None) for name, label in THEMES.items()]}

    def fits(self, here: Neighbourhood, content: Mapping[str, Any]) -> None:
        """Raises Refusal for a place that is not here, and for a question about nothing."""
        if content["spot"] and places.by_key(here.id, content["spot"]) is None:
            raise Refusal(_l("Choose one of the list."), Sort.INVALID, field="spot")
        if not content["spot"] and not content["theme"]:
            raise Refusal(_l("Choose a place, or what it is about."), Sort.INVALID, field="spot")

    def said(self, content: Mapping[str, Any]) -> str:
        return str(content["question"])

    def facts(self, here: Neighbourhood, versions: Sequence[Version]) -> Mapping[int, Sequence[Fact]]:
        """Where, and about what."""
        spots = {spot.key: spot.name for spot in places.of(here.id)}
        return {
            one.id: [(_l("Where"), spots.get(one.content["spot"]) or _l("nowhere in particular")),
                     *([(_l("Theme"), THEMES[one.content["theme"]])] if one.content["theme"] else [])]
            for one in versions
        }  # fmt: skip

    def show(self, contribution: Contribution, version: Version) -> int:
        said, here = version.content, contribution.neighbourhood_id
        spot = places.by_key(here, said["spot"]) if said["spot"] else None
        made = Prompt(
            key=contribution.key, neighbourhood_id=here, spot_id=spot.id if spot else None, theme=said["theme"],
            question=said["question"], language=version.language, asked_at=contribution.sent_at,
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        return made.id

    def unshow(self, contribution: Contribution) -> None:
        """The stories that answer it stay, and say no more what they answer."""
        db.session.execute(delete(Prompt).where(Prompt.key == contribution.key))

    left = unshow

    def there(self, contributions: Collection[Contribution]) -> dict[str, dict[str, Any]]:
        shown = db.session.scalars(select(Prompt.key).where(Prompt.key.in_([one.key for one in contributions])))
        return {key: {"key": key} for key in shown}


QUESTION = Question()


def one(neighbourhood_id: int, key: str) -> Prompt | None:
    """A question that everybody sees."""
    this = (Prompt.neighbourhood_id == neighbourhood_id, Prompt.key == key)
    return db.session.scalar(select(Prompt).where(*this).options(joinedload(Prompt.spot))) if key else None


def of(neighbourhood_id: int, spot_id: int | None = None) -> list[tuple[Prompt, int]]:
    """The questions of a neighbourhood or of one spot, the newest first, each with how many stories answer it."""
    answers = select(func.count(Story.id)).where(Story.prompt == Prompt.key, queries.can_be_read())
    found = select(Prompt, answers.correlate(Prompt).scalar_subquery()).options(joinedload(Prompt.spot))
    found = found.where(Prompt.neighbourhood_id == neighbourhood_id)
    found = found if spot_id is None else found.where(Prompt.spot_id == spot_id)
    rows = db.session.execute(found.order_by(Prompt.id.desc()).limit(MOST))
    return [(asked, many) for asked, many in rows]


def answers(prompt: Prompt) -> Sequence[Story]:
    """The stories that answer a question, side by side, in the order in which they came."""
    told = select(Story).where(Story.prompt == prompt.key, Story.neighbourhood_id == prompt.neighbourhood_id)
    told = told.where(queries.can_be_read()).order_by(Story.id).options(joinedload(Story.spot))
    return db.session.scalars(told.limit(MOST)).all()


def without_gone(here: Neighbourhood, content: Mapping[str, Any]) -> dict[str, Any]:
    """What a story says, without the question that it answered where that is gone."""
    return {**content, "prompt": content.get("prompt", "") if one(here.id, content.get("prompt", "")) else ""}
