"""A memory of a neighbour under a story ("I know this too"), as a kind of thing that people hand in."""

from collections.abc import Collection, Mapping, Sequence
from textwrap import shorten
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, and_, delete, select

from core.contributions import queries as contributions
from core.contributions import service
from core.contributions.forms import ContributionForm
from core.contributions.kinds import Fact, Kind, Words
from core.contributions.models import Contribution, Version
from core.database import db
from core.desk import queries as desk
from core.forms import Passage, Text
from core.neighbourhoods.models import Neighbourhood
from core.refusal import Refusal, Sort
from tours.stories import queries, text
from tours.stories.models import Reaction, Story

MOST = 150  # words
LATEST = 5  # of their own, that somebody sees under a story
SHOWN = 300  # under a story


class ReactionForm(ContributionForm):
    """What they know of it."""

    words = Passage(1500, _l("Say something. One sentence is enough."), label=_l("What do you remember?"))
    story = Text(26)


class Memory(Kind):
    """What somebody knows too of what a story tells."""

    name, label, icon, titled = "reaction", _l("Memory with a story"), "praten", "words"
    pages, path, right, page = "reactions", "memories", "story.react", "stories.show"
    form, form_page, drawing = ReactionForm, "tours/stories/react.html", "tours/stories/memory.html"
    also, from_address, is_revocable, may_stay = "tours/stories/grow.html", ("story",), True, True
    words = Words(
        own=_l("Your memories with stories"), add=_l("I know this too"), drawing="praten",
        none_yet=_l("Do you know a story too? Say so under it."), onwards=_l("To the story"),
        kept=_l("Your memories go everywhere."),
    )  # fmt: skip

    def fits(self, here: Neighbourhood, content: Mapping[str, Any]) -> None:
        """Raises Refusal for a story that nobody reads, and for more than a memory."""
        if queries.one(here.id, content["story"]) is None:
            raise Refusal(service.NOT_HERE, Sort.UNKNOWN)
        if (many := text.word_count(content["words"])) > MOST:
            sentence = _l("At most %(most)s words, and you have %(many)s. Tell it as a story.", most=MOST, many=many)
            raise Refusal(sentence, Sort.INVALID, field="words")

    def called(self, content: Mapping[str, Any]) -> str:
        return shorten(content["words"], 60, placeholder=" …")

    def said(self, content: Mapping[str, Any]) -> str:
        return str(content["words"])

    def facts(self, here: Neighbourhood, versions: Sequence[Version]) -> Mapping[int, Sequence[Fact]]:
        """With which story."""
        titles = queries.titles([one.content["story"] for one in versions])
        return {one.id: [(_l("Story"), titles.get(one.content["story"], "?"))] for one in versions}

    def show(self, contribution: Contribution, version: Version) -> int:
        """Raises Refusal where nobody reads its story by now."""
        story = queries.one(contribution.neighbourhood_id, version.content["story"])
        if story is None:
            raise Refusal(_l("Its story is not here any more."), Sort.UNKNOWN)
        made = Reaction(key=contribution.key, story_id=story.id, words=version.content["words"],
                        language=version.language)  # fmt: skip
        db.session.add(made)
        db.session.flush()
        return made.id

    def unshow(self, contribution: Contribution) -> None:
        db.session.execute(delete(Reaction).where(Reaction.key == contribution.key))

    left = unshow

    def there(self, contributions: Collection[Contribution]) -> dict[str, dict[str, Any]]:
        shown = select(Reaction.key, Story.key).join(Story).where(queries.can_be_read())
        found = db.session.execute(shown.where(Reaction.key.in_([one.key for one in contributions])))
        return {key: {"key": story} for key, story in found}


MEMORY = Memory()


def of(story: Story) -> list[tuple[Reaction, str | None]]:
    """The memories under a story, the oldest first, each with the name that may stand there."""
    found = db.session.scalars(
        select(Reaction).where(Reaction.story_id == story.id).order_by(Reaction.id).limit(SHOWN)
    ).all()
    names = contributions.names(MEMORY.name, [one.id for one in found])
    return [(one, names.get(one.id)) for one in found]


def theirs(who: Collection[str], story: str) -> Sequence[Contribution]:
    """What these handed in under a story, the newest first."""
    mine = _under(story).where(Contribution.who.in_(who)).order_by(Contribution.id.desc()).limit(LATEST)
    return db.session.scalars(mine).all() if who else ()


def go_with(story: str) -> None:
    """A story goes for good, and what was said under it, also what still waits."""
    for one in db.session.scalars(_under(story)):
        desk.close_reports(MEMORY.name, one.key)
        service.remove(MEMORY, one)


def _under(story: str) -> Select[Contribution]:
    last = (Version.contribution_id == Contribution.id, Version.number == Contribution.last_version)
    said = select(Contribution).join(Version, and_(*last))
    return said.where(Contribution.kind == MEMORY.name, Version.content["story"].as_string() == story)
