"""What a teller writes, within bounds. Words stay words: the little markup that they may hold is drawn safely."""

from typing import Any

from flask_babel import lazy_gettext as _l

from core.contributions.forms import ContributionForm
from core.forms import Form, Keyed, Line, Many, Misfit, Passage, Pick, Prose, Text, Tick
from tours.stories import transcript
from tours.stories.models import HELPER, LONGEST, PAPER, SELF
from tours.stories.uses import USES

MOST_WORDS = 6000  # signs of a story
THEMES = {
    "living": _l("Living here"), "working": _l("Working"), "shops": _l("Shops and markets"), "playing": _l("Playing"),
    "coming": _l("Coming to live here"), "war": _l("War"), "feasts": _l("Feasts"), "water": _l("Water and green"),
}  # fmt: skip
WHOSE = {
    "mine": _l("Mine, or of my family"), "other": _l("Of somebody else"), "unknown": _l("I do not know"),
}  # fmt: skip
NAMED, ANONYMOUS = "named", "anonymous"
TELL = _l("Tell something. One sentence is enough.")


class Spoken:
    """A form whose words may be left open where there is a voice."""

    has_voice = False

    def validate_words(self, field: Passage) -> None:
        """A word, or a voice."""
        if not field.data and not self.has_voice:
            raise Misfit(TELL)


class StoryForm(Spoken, ContributionForm):
    """A story as it is told: its words or its voice, when and where it was, and one picture with it."""

    words = Prose(MOST_WORDS)
    recorded = Text(600)  # a voice that was sent before (sound_pages.py)
    title = Line(LONGEST, _l("Give your story a name."))
    when = Line(80)
    spot = Pick()
    theme = Pick(THEMES)
    warning = Line(120)
    prompt = Text(26)  # the key of the question that it answers
    about = Line(200)  # the picture
    pictured = Line(80)  # when that was made
    whose = Pick(WHOSE)

    @property
    def content(self) -> dict[str, Any]:
        said = super().content
        return {name: said[name] for name in ("title", "words", "when", "spot", "theme", "warning", "prompt")}

    @property
    def picture(self) -> dict[str, Any]:
        """What they say of the picture."""
        return {"about": self.about.data, "when": self.pictured.data, "whose": self.whose.data or "unknown"}


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
    note = Passage(300)


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


class UsesForm(Form):
    """Which uses a teller allows."""

    uses = Many(USES)
