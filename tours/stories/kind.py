"""A story, as a kind of thing that people hand in: shown at exactly the version that teller and editor signed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from core import clock
from core.audit import service as audit
from core.consent import service as consent
from core.contributions.kinds import AtDesk, Fact, Kind, Words
from core.contributions.models import Contribution, Version
from core.database import db
from core.desk.models import Verdict
from core.guard import Role
from core.media import service as media
from core.neighbourhoods.models import Neighbourhood
from core.places import queries as places
from core.places import service as on_map
from core.refusal import Refusal, Sort
from tours.stories import acts, index, licences, period, pictures, place, prompts, queries, reactions, transcript
from tours.stories.folding import folded
from tours.stories.forms import THEMES, StoryForm
from tours.stories.models import HELPER, PAPER, SCHOOL, SELF, Picture, Story, Telling
from tours.stories.models_pupils import PupilStory
from tours.stories.models_rights import Pause
from tours.stories.uses import KIND, NAME, SITE

GUARDIAN, TEACHER = "guardian", "teacher"
PUPIL = "pupil"  # in the content of what a pupil tells: for which group of a school, "" for none said
WAYS = {SELF: _l("by themselves"), HELPER: _l("with a helper"), PAPER: _l("on paper")}
TOLD = {**WAYS, SCHOOL: _l("in a class; teacher and guardian signed it")}


class Stories(Kind):
    """What a resident tells of the neighbourhood."""

    name, label, icon = KIND, _l("Story"), "praten"
    pages, path, right, page = "stories", "stories", "story.tell", "stories.show"
    form, form_page, drawing = StoryForm, "tours/stories/tell.html", "tours/stories/at_desk.html"
    titled = "title"
    signed_as, signs_at_sending, is_revocable, may_stay = queries.TELLER, False, True, True
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
        """A child's story takes the yes of who cares for them too, and one of a class that of the teacher besides."""
        is_childs = contribution.last.content.get("young")
        teacher = {TEACHER} if is_pupils(contribution.last) else set()
        return frozenset({self.signed_as, GUARDIAN, *teacher} if is_childs else {self.signed_as})

    def is_final(self, contribution: Contribution) -> bool:
        """A pupil's is: who signed it cannot be asked about other words."""
        return is_pupils(contribution.last)

    def labels(self, version: Version) -> Mapping[Verdict, LazyString]:
        """Nobody's yes lacks any more to what a pupil tells, and nobody changes it."""
        return OF_PUPILS if is_pupils(version) else {}

    def fits(self, here: Neighbourhood, content: Mapping[str, Any]) -> None:
        """Raises Refusal for a place that is not here, and for an answer to a question that nobody sees."""
        if content["spot"] and places.by_key(here.id, content["spot"]) is None:
            raise Refusal(_l("Choose one of the list."), Sort.INVALID, field="spot")
        if point := content.get("point"):
            on_map.must_lie_in(here, *point)
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
        licences.end_for_other_words(contribution, version.hash)
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

    def reported(self, contribution: Contribution) -> None:
        audit.record("story.reported", *acts.about(contribution), None, Role.VISITOR)

    def files(self, contributions: Collection[Contribution]) -> Iterator[tuple[str, Path]]:
        """Pictures and voices of all versions, by the keys that stand in them, and the sheets signed for them."""
        sheets = queries.sheets([one.id for one in contributions])
        for one in contributions:
            keys = {key for version in one.versions for key in _files(version.content)}
            for key in sorted(keys | sheets.get(one.id, set())):
                if sound := media.file(key, "sound.m4a"):
                    yield f"{one.key}/{key}.m4a", sound
                elif drawn := media.file(key, "large.webp"):
                    yield f"{one.key}/{key}.webp", drawn

    def left(self, contribution: Contribution) -> None:
        """It goes for good: its files, the teller's yeses, and what everybody read of it."""
        media.let_go({key for version in contribution.versions for key in _files(version.content)})
        media.let_go(queries.sheets([contribution.id]).get(contribution.id, set()))
        consent.end_all(KIND, [contribution.id], contribution.who)
        db.session.execute(delete(PupilStory).where(PupilStory.became == contribution.key))
        if story := queries.of_contribution(contribution.id):
            story.empty(clock.now())
            reactions.go_with(story.key)
            db.session.execute(delete(Pause).where(Pause.story_id == story.id))
            db.session.flush()
            index.forget()
            note(contribution.id)
        audit.record("story.withdraw", *acts.about(contribution), None, acts.TELLER)

    def nameless(self, contribution: Contribution) -> dict[str, Any]:
        """No name stands with it, here nor in what everybody reads."""
        had, telling = NAME in queries.uses(contribution.id), queries.telling(contribution)
        before = {"called": telling.called if telling else "", "allows": had}
        _call(contribution, "")
        consent.end(KIND, contribution.id, contribution.who, {NAME}, contribution.who)
        note(contribution.id)
        return before

    def named_again(self, contribution: Contribution, before: Mapping[str, Any]) -> None:
        _call(contribution, before["called"])
        if before["allows"] and contribution.shown:
            consent.give(KIND, contribution.id, contribution.who, {NAME}, version=contribution.shown.hash)
        note(contribution.id)

    def there(self, contributions: Collection[Contribution]) -> dict[str, dict[str, Any]]:
        shown = queries.shown_keys([one.key for one in contributions])
        return {key: {"key": key} for key in shown}


def is_pupils(version: Version) -> bool:
    """Whether a class told it: its teacher and who cares for the child signed it before any editor saw it."""
    return PUPIL in version.content


OF_PUPILS = {
    Verdict.GOOD: _l("Good so: everybody reads it"),
    Verdict.BACK: _l("Not like this, with a reason: its words cannot change"),
}


def _call(contribution: Contribution, name: str) -> None:
    """The name that may stand with it, "" for none."""
    if telling := queries.telling(contribution):
        telling.called = name
    if story := queries.of_contribution(contribution.id):
        story.called = name if not story.gone_at else ""
    db.session.flush()


def note(contribution_id: int) -> None:
    """Note in which uses a story can be seen now, so that each copy of what ceased goes (core/consent)."""
    story = queries.of_contribution(contribution_id)
    if story:
        is_read = story.gone_at is None and story.hidden_at is None and queries.pause_of(story.id) is None
        uses = queries.uses(contribution_id) if is_read else ()
        consent.note(KIND, contribution_id, story.key, story.neighbourhood_id, uses)


def _project(story: Story, contribution: Contribution, version: Version) -> None:
    """What everybody reads: this version, and nothing of another."""
    said, telling = version.content, queries.telling(contribution)
    spot = places.by_key(contribution.neighbourhood_id, said["spot"]) if said["spot"] else None
    time = period.read(said["when"], clock.today().year)
    voice, typed = said.get("sound"), said.get("transcript")
    story.title, story.words, story.language = said["title"], queries.words_of(said), version.language
    story.in_short = queries.in_short(said)
    story.when, story.theme, story.warning = said["when"], said["theme"], said["warning"]
    story.prompt = said.get("prompt", "")
    story.edtf, story.first_year = (time.edtf, time.first) if time else (None, None)
    story.called, story.pupil = telling.called if telling else "", said.get(PUPIL)
    story.spot_id, story.version_hash = spot.id if spot else None, version.hash
    story.sound_key, story.milliseconds, story.cues = None, None, None
    if voice and typed:  # without a transcript nobody hears it
        story.sound_key, story.milliseconds = voice["key"], voice["milliseconds"]
        cues = transcript.cues(typed["words"], typed["starts"], voice["milliseconds"])
        story.cues = [list(cue) for cue in cues]
    where = place.public(said)
    story.lat, story.lon, story.address = where
    named = f"{spot.name} {spot.street} {where.address}" if spot else where.address
    story.found = f" {folded(' '.join((story.title, story.words, story.when, named)))}"
    story.pictures.clear()
    db.session.flush()
    story.pictures += [_picture(at, one) for at, one in pictures.shown(said, bool(said.get("young")))]


def _picture(number: int, said: Mapping[str, Any]) -> Picture:
    """One that everybody may see."""
    time = period.read(said["when"], clock.today().year)
    return Picture(
        number=number, edtf=time.edtf if time else None, credit=pictures.credit(said), rights=pictures.rights(said).uri,
        **{name: said[name] for name in ("key", "role", "about", "when", "people", "width", "height")},
    )  # fmt: skip


def _files(content: Mapping[str, Any]) -> set[str]:
    """The media that a version keeps."""
    voice = content.get("sound")
    return {one["key"] for one in content.get("pictures", ())} | ({voice["key"]} if voice else set())


def _is_rough(said: Mapping[str, Any]) -> bool:
    return bool(said.get("point") or said.get("address")) and place.is_home(said)


def _facts(version: Version, telling: Telling | None, spots: Mapping[str, str]) -> Sequence[Fact]:
    said = version.content
    told: list[Fact] = [
        (_l("Where"), spots.get(said["spot"]) or said.get("address") or _l("nowhere in particular")),
        *([(_l("Shown as"), _l("roughly, without a house number"))] if _is_rough(said) else []),
        (_l("When"), said["when"] or _l("open")),
        *([(_l("Theme"), THEMES[said["theme"]])] if said["theme"] else []),
        *([(_l("Told"), TOLD[telling.way])] if telling else []),
    ]  # fmt: skip
    if telling and telling.wish:
        told.append((_l("Who cares for the teller asks"), telling.wish))
    if said.get("sound"):
        told.append((_l("Voice"), _l("with its words typed") if said.get("transcript") else _l("not typed yet")))
    theirs = (pictures.OWN, pictures.FAMILY)
    if any(one["whose"] not in theirs for one in said.get("pictures", ())):
        told.append((_l("Picture"), _l("not their own: whose is it?")))
    if pictures.kept_back(said):
        told.append((_l("Picture"), _l("stays away because of who is in it; the story goes on without it")))
    return told
