"""What a form says of a challenge, within bounds. Words stay words: markup in them is never interpreted."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms.widgets import HiddenInput

from core import clock
from core.contributions.forms import ContributionForm
from core.forms import Day, Form, Keyed, Line, Many, Misfit, Passage, Pick, Text, Tick
from core.people.word_filter import objection
from game.challenges.answers import spelled
from game.challenges.kinds import Kind
from game.challenges.models import MARKS, Answer, Challenge

LANGUAGES = ("nl", "en")  # what makers write; a resident's own language stays beside them
FROM_ADDRESS = ("title", "text", "by", "spot", "written")  # what an empty form may begin with
TITLE, TEXT, QUESTION, PICTURE, SITE, RIGHT, BY, THEME, OPTIONS = 60, 240, 120, 120, 120, 120, 60, 30, 200  # signs
PICTURES = {  # our drawings of then: the file in static/illustrations, and what to call it
    "then-shop.svg": _l("the shop on the corner"),
    "then-washing.svg": _l("the washing at the water"),
    "then-lime.svg": _l("the bench under the lime tree"),
}
ANSWERS = {Answer.CHOICE: _l("Out of a list"), Answer.NUMBER: _l("With a number"), Answer.NOTE: _l("In a sentence")}
AROUND = timedelta(days=800)  # how far from today a challenge may begin and end

HOURS = [str(hour) for hour in range(25)]

WORDS = {  # what a challenge says, and the sentence for anybody who left it empty
    "title": _l("Give the challenge a title."),
    "text": _l("Say what the two do."),
    "question": _l("A talk card has a question."),
    "picture": _l("Say what is in the picture, for who cannot see it."),
    "options": _l("Write down at least two answers to choose from."),
}
ON_SITE = {
    "site": _l("Ask something that only who stands there can see."),
    "answers": _l("Write down what counts as right."),
}
OF_KINDS = {  # a field of game/challenges/kinds.py, and those of the form that are for it
    "question": ["question_nl", "question_en"],
    "spot": ["spot"],
    "on_site": ["site_nl", "answers_nl", "site_en", "answers_en"],
    "picture": ["picture_nl", "picture_en", "drawing"],
    "answer": ["answer", "options_nl", "options_en"],
}


class DraftForm(ContributionForm):
    """What a resident thinks up, in one language."""

    title = Line(TITLE, WORDS["title"], label=_l("Title"))
    text = Passage(TEXT, WORDS["text"], label=_l("What to do, in one or two sentences"))
    question = Line(QUESTION, label=_l("A question to talk about"))


class FindingForm(Form):
    """What somebody found out by looking: a number, or one of the options."""

    said = Text(120, _l("Say what you found out."))


class Answers(Line):
    """What counts as right, with commas between. What has no letter or figure in it counts as nothing."""

    def spelled(self, text: str) -> str:
        return ", ".join(one.strip() for one in super().spelled(text).split(",") if spelled(one))


class ChallengeForm(Keyed):
    """A challenge as makers write it: in Dutch, and in English if they like, with the fields of its kind."""

    title_nl = Line(TITLE, name="title-nl")
    text_nl = Passage(TEXT, name="text-nl")
    question_nl = Line(QUESTION, name="question-nl")
    picture_nl = Line(PICTURE, name="picture-nl")
    site_nl = Line(SITE, name="site-nl")
    answers_nl = Answers(RIGHT, name="answers-nl")
    options_nl = Answers(OPTIONS, name="options-nl")
    title_en = Line(TITLE, name="title-en")
    text_en = Passage(TEXT, name="text-en")
    question_en = Line(QUESTION, name="question-en")
    picture_en = Line(PICTURE, name="picture-en")
    site_en = Line(SITE, name="site-en")
    answers_en = Answers(RIGHT, name="answers-en")
    options_en = Answers(OPTIONS, name="options-en")
    spot = Pick()
    answer = Pick(ANSWERS, _l("Choose how people answer."))
    drawing = Pick(PICTURES, _l("Choose one of the pictures."))
    zone = Pick()
    theme = Pick()
    theme_nl = Line(THEME, name="theme-nl")
    theme_en = Line(THEME, name="theme-en")
    marks = Many(MARKS)
    faceless = Tick(default=True)
    from_hour = Pick(HOURS[:-1])
    until_hour = Pick(HOURS[1:])
    first_day = Day()
    last_day = Day()
    by = Line(BY)
    names = Tick()

    def __init__(self, kind: type[Kind], sent: Any = None, **filled: Any) -> None:
        super().__init__(sent, **filled)
        for field, ours in OF_KINDS.items():
            for name in ours if field not in kind.fields else ():
                del self[name]
        needed = [part for part in WORDS if part in ("title", "text") or kind.needs(part)]
        for code in LANGUAGES:
            if code == "nl" or self.says(code, WORDS):
                self._need(code, {part: WORDS[part] for part in needed})
            if self.says(code, ON_SITE) or (code == "nl" and kind.needs("on_site")):
                self._need(code, ON_SITE)
        if kind.needs("spot"):
            self.spot.needs = _l("Choose the place where it is done.")

    def offer(self, offered: Mapping[str, Collection[str]]) -> None:
        """What can be chosen: field → its values."""
        for name, values in offered.items():
            if name in self:
                cast(Pick, self[name]).among = values

    def says(self, code: str, parts: Iterable[str]) -> bool:
        """Whether any of these parts is written in a language."""
        return any(self._said(part, code) for part in parts)

    @property
    def fields(self) -> dict[str, Any]:
        """The challenge, but for its place, zone and theme."""
        return {
            "texts": self._texts(), "marks": self.marks.data, "faceless": self.faceless.data,
            "by": self.by.data or None, "on_site": self._on_site(),
            "picture": self.drawing.data if "drawing" in self else None,
            "answer": (self.answer.data or None) if "answer" in self else None,
            "first_day": self.first_day.data, "last_day": self.last_day.data,
            **{name: int(self[name].data) if self[name].data else None for name in ("from_hour", "until_hour")},
        }  # fmt: skip

    @property
    def new_theme(self) -> dict[str, dict[str, str]]:
        """The theme that they add: language → {"name"}, empty for none."""
        return {code: {"name": name} for code in LANGUAGES if (name := self._said("theme", code))}

    def validate_theme_nl(self, field: Line) -> None:
        """A new theme has a Dutch name."""
        if self.theme_en.data and not field.data:
            raise Misfit(_l("Give the theme a name in Dutch."))

    def validate_options_nl(self, field: Answers) -> None:
        """What is chosen of is more than one thing, and each is there once."""
        many = field.data.split(", ") if field.data else []
        if self.answer.data == Answer.CHOICE and not len(many) == len({*many}) > 1:
            raise Misfit(WORDS["options"])

    def validate_options_en(self, field: Answers) -> None:
        """As many as in Dutch, in the same order."""
        is_written = self.answer.data == Answer.CHOICE and self.says("en", WORDS)
        if is_written and len(field.data.split(", ")) != len(self.options_nl.data.split(", ")):
            raise Misfit(_l("Write down as many answers as in Dutch, in the same order."))

    def validate_until_hour(self, field: Pick) -> None:
        """Later than it begins."""
        if field.data and int(field.data) <= int(self.from_hour.data or 0):
            raise Misfit(_l("It ends before it begins."))

    def validate_first_day(self, field: Day) -> None:
        """Within some years."""
        _must_be_near(field.data)

    def validate_last_day(self, field: Day) -> None:
        """Within some years, and not before the first."""
        _must_be_near(field.data)
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise Misfit(_l("The last day comes before the first."))

    def validate_by(self, field: Line) -> None:
        """By the same word filter as names in the game."""
        if field.data and (why := objection(field.data)):
            raise Misfit(why)

    def _need(self, code: str, sentences: Mapping[str, object]) -> None:
        for part, sentence in sentences.items():
            field = cast(Line, self[f"{part}_{code}"])
            field.needs, field.flags.required = sentence, code == "nl"  # English may be emptied again

    def _said(self, part: str, code: str) -> str:
        name = f"{part}_{code}"
        return self[name].data or "" if name in self else ""

    def _texts(self) -> dict[str, dict[str, str]]:
        parts = [part for part in WORDS if f"{part}_nl" in self]
        written = [code for code in LANGUAGES if self.says(code, WORDS)]
        return {code: {part: self._said(part, code) for part in parts} for code in written}

    def _on_site(self) -> dict[str, Any] | None:
        asked = {
            code: {"question": self._said("site", code), "answers": self._said("answers", code).split(", ")}
            for code in LANGUAGES
            if self.says(code, ON_SITE)
        }
        return asked or None


def filled(challenge: Challenge) -> dict[str, Any]:
    """A challenge as the fields of its form."""
    told: dict[str, Any] = {
        "spot": challenge.spot.key if challenge.spot else "", "zone": challenge.zone.name if challenge.zone else "",
        "theme": challenge.theme.key if challenge.theme else "", "drawing": challenge.picture,
        **{name: getattr(challenge, name) for name in ("by", "marks", "faceless", "first_day", "last_day", "answer")},
        **{name: str(hour) for name in ("from_hour", "until_hour") if (hour := getattr(challenge, name)) is not None},
    }  # fmt: skip
    for code in LANGUAGES:
        told |= {f"{part}_{code}": text for part, text in challenge.texts.get(code, {}).items()}
    for code, asked in (challenge.on_site or {}).items():
        told |= {f"site_{code}": asked["question"], f"answers_{code}": ", ".join(asked["answers"])}
    return told


def begun(asked: Mapping[str, str]) -> dict[str, str]:
    """What an address says of a challenge, as the fields of its form: `written` is the language of its words."""
    code = "en" if asked.get("written") == "en" else "nl"
    words = {f"{part}_{code}": asked[part][:most] for part, most in (("title", TITLE), ("text", TEXT)) if part in asked}
    return {**words, "by": asked.get("by", "")[:BY], "spot": asked.get("spot", "")}


def of_weeks(mondays: Iterable[date]) -> type[Form]:
    """A form with the challenge of each of these weeks, and what that was when it was shown."""
    fields: dict[str, Any] = {}
    for monday in mondays:
        fields |= {f"{monday}": Text(id=f"week-{monday}"), f"was-{monday}": Text(widget=HiddenInput())}
    return type("WeeksForm", (Form,), fields)


def _must_be_near(day: date | None) -> None:
    if day and not clock.today() - AROUND <= day <= clock.today() + AROUND:
        raise Misfit(_l("That day is too far from now."))
