"""What a teller writes, within bounds. Words stay words: the little markup that they may hold is drawn safely."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from core.consent.models import How
from core.contributions.forms import ContributionForm
from core.forms import File, Form, Keyed, Line, Many, Misfit, Number, Passage, Pick, Prose, Text, Tick
from core.places import degrees
from core.refusal import Refusal
from tours.stories import acts, licences, place, text, transcript
from tours.stories.models import HELPER, LONGEST, PAPER, SELF, SHORT
from tours.stories.pictures import ARCHIVE, OTHER, PEOPLE, UNKNOWN, WHOSE
from tours.stories.uses import USES

MOST_WORDS = 6000  # signs of a story
THEMES = {
    "living": _l("Living here"), "working": _l("Working"), "shops": _l("Shops and markets"), "playing": _l("Playing"),
    "coming": _l("Coming to live here"), "war": _l("War"), "feasts": _l("Feasts"), "water": _l("Water and green"),
}  # fmt: skip
NAMED, ANONYMOUS = "named", "anonymous"
MOST_IN_SHORT = 60  # words
TELL = _l("Tell something. One sentence is enough.")


class Spoken:
    """A form whose words may be left open where there is a voice."""

    has_voice = False

    def validate_words(self, field: Passage) -> None:
        """A word, or a voice."""
        if not field.data and not self.has_voice:
            raise Misfit(TELL)


class StoryForm(Spoken, ContributionForm):
    """A story as it is told: its words or its voice, when and where it was."""

    words = Prose(MOST_WORDS)
    recorded = Text(600)  # a voice that was sent before (sound_pages.py)
    title = Line(LONGEST)  # left open it is called after how it begins
    when = Line(80)
    spot = Pick()
    lat = Text(60)
    lon = Text(60)
    address = Line(120)
    home = Pick((place.YES, place.NO))
    look = Text()  # an address, at the service that knows some
    pick = Text(60)
    theme = Pick(THEMES)
    warning = Line(120)
    prompt = Text(26)  # the key of the question that it answers

    @property
    def content(self) -> dict[str, Any]:
        said = super().content
        kept = {name: said[name] for name in ("title", "words", "when", "spot", "theme", "warning", "prompt")}
        kept |= {"point": self.point, "address": said["address"], "home": said["home"]}
        return {**kept, "title": said["title"] or text.title(said["words"]) or str(_l("A story"))}

    @property
    def point(self) -> list[float] | None:
        """Where its teller put the pin; None for none. Raises Refusal for what is no place."""
        if not (self.lat.data or self.lon.data):
            return None
        return [round(one, place.DIGITS) for one in degrees.read(self.lat.data, self.lon.data)]

    def validate_lat(self, field: Text) -> None:
        """Both numbers, or none."""
        try:
            _read = self.point
        except Refusal as refusal:
            raise Misfit(refusal.sentence) from None


class PictureForm(Form):
    """What is said of one picture; only looked at where there is one."""

    file = File()
    kept = Text(26)  # the key of one that it had before
    away = Tick()
    about = Line(200)
    when = Line(80)
    whose = Pick(WHOSE)
    source = Line(120)  # whose name, or which archive and its number
    people = Pick(PEOPLE)

    is_new = False  # whether a file came with it
    was: Mapping[str, Any] | None = None  # the one that it had before

    @property
    def said(self) -> dict[str, Any]:
        """As the content of a story has it."""
        whose = self.whose.data or UNKNOWN
        source = self.source.data if whose in (OTHER, ARCHIVE) else ""
        return {"about": self.about.data, "when": self.when.data, "whose": whose, "source": source,
                "people": self.people.data}  # fmt: skip

    @property
    def is_there(self) -> bool:
        """Whether there is a picture to say something of."""
        return self.is_new or (self.was is not None and not self.away.data)

    def validate_file(self, field: Text) -> None:
        """Words without a picture would be lost."""
        if self.was is None and not self.is_new and any((self.about.data, self.when.data, self.source.data)):
            raise Misfit(_l("Choose the picture too."))

    def validate_about(self, field: Text) -> None:
        """Who cannot see it reads this."""
        if self.is_there and not field.data:
            raise Misfit(_l("Say what is in the picture."))

    def validate_people(self, field: Text) -> None:
        """Nothing is taken for granted."""
        if self.is_there and not field.data:
            raise Misfit(_l("Say who stands in the picture."))


class TellerForm(Form):
    """Who tells it: asked once, beside the story."""

    who = Pick((NAMED, ANONYMOUS), default=ANONYMOUS)
    called = Line(60)
    way = Pick((SELF, HELPER, PAPER), default=SELF)
    young = Tick()

    @property
    def name(self) -> str:
        """The name that may stand with it, "" for none."""
        return str(self.called.data or "") if self.who.data == NAMED else ""


class EditForm(Spoken, Keyed):
    """Words as an editor would have them, and a word to the teller about it."""

    title = Line(LONGEST, _l("Give your story a name."))
    words = Prose(MOST_WORDS)
    short = Passage(SHORT)
    note = Passage(300)

    @property
    def content(self) -> dict[str, Any]:
        """As the content of a story has it."""
        beside = {"short": self.short.data} if self.short.data else {}
        return {"title": self.title.data, "words": self.words.data, "beside": beside}

    def validate_short(self, field: Passage) -> None:
        """It is short."""
        if (many := text.word_count(field.data or "")) > MOST_IN_SHORT:
            said = _l("Say it in at most %(most)s words. Now there are %(num)s.", most=MOST_IN_SHORT, num=many)
            raise Misfit(said)


class TranscriptForm(Keyed):
    """What a voice says, and when each sentence begins, in milliseconds with commas between."""

    words = Prose(MOST_WORDS, _l("Type what is said."))
    starts = Text(8 * transcript.LONGEST)

    @property
    def content(self) -> dict[str, Any]:
        """As the content of a story has it."""
        taps = [one for one in str(self.starts.data or "").split(",")[: transcript.LONGEST] if one.isdecimal()]
        return {"transcript": {"words": self.words.data, "starts": [int(one[:9]) for one in taps]}}


class YesForm(Form):
    """A teller's yes to the version that they saw."""

    seen = Text(64)
    named = Tick()


class PupilForm(Keyed):
    """How a teacher sends what a pupil wrote to who cares for them; its words are as the pupil wrote them."""

    title = Line(LONGEST)
    spot = Pick(needs=_l("Choose one of the list."))
    lang = Pick(needs=_l("Choose one of the list."))
    level = Tick()
    licence = Pick((licences.ONLY_HERE, *licences.LICENCES), _l("Choose one of the list."), default=licences.ONLY_HERE)
    read = Tick()

    def validate_read(self, field: Tick) -> None:
        """Nobody reads it again before who cares for the child."""
        if not field.data:
            raise Misfit(_l("Read it once more, and say that this is so."))


class WishForm(Form):
    """What who cares for a child wants changed."""

    words = Passage(300, _l("Say what should change."))


class PauseForm(Form):
    """For how many days a story rests, and why."""

    days = Number(_l("Choose 1 to 14 days."), _l("Choose 1 to 14 days."), longest=2, digits=0)
    reason = Pick(acts.PAUSES, _l("Choose a reason. Its teller reads it."))


class EnterForm(Keyed):
    """A yes that was said on paper or aloud, and what shows it."""

    seen = Text(64)
    whose = Pick((acts.TELLER, acts.GUARDIAN), _l("Say whose yes it is."))
    how = Pick((How.PAPER, How.SPOKEN), _l("Say how they said yes."))
    note = Passage(300)
    named = Tick()


class UsesForm(Form):
    """Which uses a teller allows, and whether others may take it over."""

    had = ""  # the licence that it has already
    uses = Many(USES)
    only = Tick()  # nowhere but on its own page, whatever is ticked
    licence = Pick((licences.ONLY_HERE, *licences.LICENCES))
    knows = Tick()

    def validate_knows(self, field: Tick) -> None:
        """What cannot be undone is not done by one slip."""
        if self.licence.data in licences.LICENCES and not (field.data or self.had == self.licence.data):
            raise Misfit(_l("Say that you know: who took it over need not give it back."))
