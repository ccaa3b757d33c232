"""A story, as a kind of thing that people hand in: shown at exactly the version that teller and editor signed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core import clock
from core.consent import service as consent
from core.contributions.kinds import AtDesk, Fact, Kind, Words
from core.contributions.models import Contribution, Version
from core.database import db
from core.media import service as media
from core.neighbourhoods.models import Neighbourhood
from core.places import queries as places
from core.refusal import Refusal, Sort
from tours.stories import period, prompts, queries, reactions, transcript
from tours.stories.folding import folded
from tours.stories.forms import THEMES, StoryForm
from tours.stories.models import HELPER, PAPER, SELF, Picture, Story, Telling
from tours.stories.uses import KIND, SITE

GUARDIAN = "guardian"
WAYS = {SELF: _l("by themselves"), HELPER: _l("with a helper"), PAPER: _l("on paper")}


class Stories(Kind):
    """What a resident tells of the neighbourhood."""

    name, label, icon = KIND, _l("Story"), "praten"
    pages, path, right, page = "stories", "stories", "story.tell", "stories.show"
    form, form_page, drawing = StoryForm, "tours/stories/tell.html", "tours/stories/at_desk.html"
    titled = "title"
    signed_as, signs_at_sending, is_revocable = "teller", False, True
    words = Words(
        own=_l("Stories you told"), add=_l("Tell a story"), none=_l("No story told yet"),
        none_yet=_l("One sentence is enough: how it smelled, who lived there, what you played."),
        sent=_l("Your story came in. It stands nowhere yet."), taken_back=_l("Done. Your story is gone everywhere."),
        is_shown=_l("Everybody can read it"), onwards=_l("To the story"),
        kept=_l("Your stories go everywhere, also out of walks."),
    )  # fmt: skip
    at_desk = AtDesk(
        good=_l("Good so: to the teller, for their yes"), back=_l("Back to the teller, with a reason"),
        done_good=_l("The teller says the last yes."), done_back=_l("It went back. The teller reads why."),
        done_away=_l("It is gone. The teller reads why."),
        told_good=_l("Another editor looked, and it waits for your yes."),
        told_back=_l("Nobody sees it. You can change it and send it again."),
        hide=_l("Nobody reads it for now, with a reason"), onwards=_l("To your stories"),
    )  # fmt: skip

    def signers(self, contribution: Contribution) -> frozenset[str]:
        """A child's story takes the yes of who cares for them too."""
        is_childs = contribution.last.content.get("young")
        return frozenset({self.signed_as, GUARDIAN} if is_childs else {self.signed_as})

    def fits(self, here: Neighbourhood, content: Mapping[str, Any]) -> None:
        """Raises Refusal for a place that is not here, and for an answer to a question that nobody sees."""
        if content["spot"] and places.by_key(here.id, content["spot"]) is None:
            raise Refusal(_l("Choose one of the list."), Sort.INVALID, field="spot")
        if (asked := content.get("prompt")) and prompts.one(here.id, asked) is None:
            raise Refusal(_l("The question that this answers is not here any more."), Sort.UNKNOWN)

    def facts(self, here: Neighbourhood, versions: Sequence[Version]) -> Mapping[int, Sequence[Fact]]:
        """Who tells it and how, where and when; of a picture, whose it is."""
        tellings = queries.tellings([version.contribution_id for version in versions])
        spots = {spot.key: spot.name for spot in places.of(here.id)}
        return {one.id: list(_facts(one, tellings.get(one.contribution_id), spots)) for one in versions}

    def show(self, contribution: Contribution, version: Version) -> int:
        """Raises Refusal without the teller's yes to the site."""
        if not queries.allows(contribution.id, SITE):
            raise Refusal(_l("The teller did not say that it may stand here."))
        if not queries.words_of(version.content):
            raise Refusal(_l("First somebody types what is said in it."))
        story = db.session.scalar(select(Story).where(Story.key == contribution.key))
        if story is None:
            story = Story(key=contribution.key, contribution_id=contribution.id, published_at=clock.now(),
                          neighbourhood_id=contribution.neighbourhood_id)  # fmt: skip
        story.hidden_at = None
        _project(story, contribution, version)
        db.session.add(story)
        db.session.flush()
        note(contribution.id)
        return story.id

    def unshow(self, contribution: Contribution) -> int | None:
        """Nobody reads it for now; the row stays, so that its address says so."""
        story = queries.of_contribution(contribution.id)
        if story:
            story.hidden_at = clock.now()
            db.session.flush()
            note(contribution.id)
        return story.id if story else None

    def left(self, contribution: Contribution) -> None:
        """It goes for good: its files, the teller's yeses, and what everybody read of it."""
        media.let_go({key for version in contribution.versions for key in _files(version.content)})
        consent.end_all(KIND, [contribution.id], contribution.who)
        if story := queries.of_contribution(contribution.id):
            story.empty(clock.now())
            reactions.go_with(story.key)
            db.session.flush()
            note(contribution.id)

    def there(self, contributions: Collection[Contribution]) -> dict[str, dict[str, Any]]:
        shown = queries.shown_keys([one.key for one in contributions])
        return {key: {"key": key} for key in shown}


def note(contribution_id: int) -> None:
    """Note in which uses a story can be seen now, so that each copy of what ceased goes (core/consent)."""
    story = queries.of_contribution(contribution_id)
    if story:
        uses = queries.uses(contribution_id) if story.gone_at is None and story.hidden_at is None else ()
        consent.note(KIND, contribution_id, story.key, story.neighbourhood_id, uses)


def _project(story: Story, contribution: Contribution, version: Version) -> None:
    """What everybody reads: this version, and nothing of another."""
    said, telling = version.content, queries.telling(contribution)
    spot = places.by_key(contribution.neighbourhood_id, said["spot"]) if said["spot"] else None
    time = period.read(said["when"], clock.today().year)
    voice, typed = said.get("sound"), said.get("transcript")
    story.title, story.words, story.language = said["title"], queries.words_of(said), version.language
    story.when, story.theme, story.warning = said["when"], said["theme"], said["warning"]
    story.prompt = said.get("prompt", "")
    story.edtf, story.first_year = (time.edtf, time.first) if time else (None, None)
    story.called = telling.called if telling else ""
    story.spot_id, story.version_hash = spot.id if spot else None, version.hash
    story.sound_key, story.milliseconds, story.cues = None, None, None
    if voice and typed:  # without a transcript nobody hears it
        story.sound_key, story.milliseconds = voice["key"], voice["milliseconds"]
        cues = transcript.cues(typed["words"], typed["starts"], voice["milliseconds"])
        story.cues = [list(cue) for cue in cues]
    place = f"{spot.name} {spot.street}" if spot else ""
    story.found = f" {folded(' '.join((story.title, story.words, story.when, place)))}"
    story.pictures.clear()
    db.session.flush()
    story.pictures += [
        Picture(number=at, **{name: one[name] for name in ("key", "role", "about", "when", "width", "height")})
        for at, one in enumerate(said.get("pictures", ()))
    ]


def _files(content: Mapping[str, Any]) -> set[str]:
    """The media that a version keeps."""
    voice = content.get("sound")
    return {one["key"] for one in content.get("pictures", ())} | ({voice["key"]} if voice else set())


def _facts(version: Version, telling: Telling | None, spots: Mapping[str, str]) -> Sequence[Fact]:
    said = version.content
    told: list[Fact] = [
        (_l("Where"), spots.get(said["spot"]) or _l("nowhere in particular")), (_l("When"), said["when"] or _l("open")),
        *([(_l("Theme"), THEMES[said["theme"]])] if said["theme"] else []),
        *([(_l("Told"), WAYS[telling.way])] if telling else []),
    ]  # fmt: skip
    if said.get("sound"):
        told.append((_l("Voice"), _l("with its words typed") if said.get("transcript") else _l("not typed yet")))
    whose = {one["whose"] for one in said.get("pictures", ()) if one["whose"] != "mine"}
    return [*told, *([(_l("Picture"), _l("not their own: whose is it, and who is in it?"))] if whose else [])]
