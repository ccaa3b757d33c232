"""What somebody typed, read a field at a time: in one spelling, within bounds, each sentence at its field.

The one base of all forms (docs/decisions/0018), on WTForms without its tokens. It knows no web: a view hands it what
was sent. How fields look is templates/components/field.html.
"""

import re
from collections.abc import Collection, Iterable
from datetime import date
from hashlib import sha256
from math import isfinite
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l
from wtforms.validators import StopValidation

from core import codes, spelling
from core.refusal import Refusal, Sort

TIME = re.compile(r"([01]?\d|2[0-3])[.:h]?([0-5]\d)?")
EMPTY_LINES = re.compile(r"\n{3,}")
MOST = 2000  # signs of a field that are looked at, and kept in a form that comes back; more where it holds more


class Misfit(StopValidation):
    """A field does not fit, with a sentence for the person; whatever else is asked of it is not asked any more.

    Raised by fields, and by a form's own `validate_NAME(self, field)` (WTForms).
    """

    def __init__(self, sentence: object) -> None:
        super().__init__(sentence)  # type: ignore[arg-type]  # lazy text


class Form(wtforms.Form):
    """The fields of one form: as they were sent, else filled from `obj` or `data` (WTForms)."""

    def must_fit(self) -> None:
        """Raise Refusal (invalid) when a field does not fit. Each keeps what was typed, with its sentence."""
        if not self.validate():
            field = next(field for field in self if field.errors)
            raise Refusal(field.errors[0], Sort.INVALID, field=field.short_name)

    def refuse(self, name: str, sentence: object) -> bool:
        """Put the sentence of a refusal at the field it is about; whether there is such a field."""
        for field in (field for field in self if field.short_name == name):
            field.errors = field.errors or [sentence]  # type: ignore[list-item]  # lazy text
            next(field for field in self if field.errors).flags.has_focus = True
            return True
        return False

    def has(self, name: str) -> bool:
        """Whether there is a field of this name."""
        return any(field.short_name == name for field in self)

    @property
    def is_sent(self) -> bool:
        """Whether it comes back rather than new."""
        return any(field.raw_data is not None for field in self)

    @property
    def twin(self) -> str:
        """What two copies of one sent form have in common, "" for a form that carries no client key.

        The same key with other words is another form: who goes back and mends something loses nothing.
        """
        said = self.data
        if not said.get("client_key"):
            return ""
        return sha256(f"{type(self).__qualname__} {sorted(said.items())}".encode("utf-8", "replace")).hexdigest()


class Text(wtforms.Field):
    """A text as it was typed, at most so long. `needs`: the sentence for who left it open; None where one may."""

    widget: Any = wtforms.widgets.TextInput()

    def __init__(self, longest: int = MOST, needs: object = None, **bound: Any) -> None:
        super().__init__(**bound)
        self.longest = longest
        self.looked_at = max(MOST, longest + 1)
        self.flags.maxlength = longest
        self.needs = needs

    @property
    def needs(self) -> object:
        """The sentence for who left it open."""
        return self._needs

    @needs.setter
    def needs(self, sentence: object) -> None:
        self._needs = sentence
        self.flags.required = bool(sentence)

    def spelled(self, text: str) -> Any:
        """What was typed, in its one spelling. Raises ValueError with a sentence for what cannot be one."""
        return text[: self.looked_at]

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = self.spelled(str(valuelist[0]) if valuelist else "")

    def put(self, said: Any) -> None:
        """Show this in the place of what was typed."""
        self.data, self.raw_data = said, None

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:
        if self.errors:
            raise StopValidation
        if self.needs and self.data in ("", None):
            raise Misfit(self.needs)
        if isinstance(self.data, str) and len(self.data) > self.longest:
            raise Misfit(
                _l("Too long: at most %(most)s signs. You have %(have)s.", most=self.longest, have=len(self.data))
            )

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])[: self.looked_at]
        return "" if self.data is None else str(self.data)


class Line(Text):
    """Words on one line."""

    def spelled(self, text: str) -> str:
        return spelling.line(text[: self.looked_at])


class Passage(Line):
    """Some sentences; kept on one line too."""

    widget = wtforms.widgets.TextArea()  # type: ignore[assignment]  # its types know their own fields only


class Prose(Passage):
    """Paragraphs: the ends of lines stay, and an empty line between two."""

    def spelled(self, text: str) -> str:
        lines = "\n".join(spelling.line(line) for line in text[: self.looked_at].splitlines())
        return EMPTY_LINES.sub("\n\n", lines).strip()


class Secret(Text):
    """A password, or a code that proves something: as typed, and never written back into a page."""

    widget = wtforms.widgets.PasswordInput(hide_value=True)


class File(Text):
    """A file that somebody chooses: the view reads it, and a form that comes back cannot choose it again."""

    widget = wtforms.widgets.FileInput()

    def spelled(self, text: str) -> str:
        return ""


class Letters(Text):
    """A code, of six letters where nothing else is said, in its one spelling; None where it is left open."""

    def __init__(self, needs: object = None, shape: codes.Shape = codes.SHORT, **bound: Any) -> None:
        super().__init__(codes.MOST, needs, **bound)
        self.shape = shape

    def spelled(self, text: str) -> str | None:
        if not text.strip():
            return None
        letters = codes.letters_of(text) if self.shape is codes.SHORT else self.shape.read(text)
        if letters is None:
            raise ValueError(self.shape.lacks(text))
        return letters


class Number(Text):
    """A number as people write it, with a point or a comma; None where it is left open. `wrong`: for what is none."""

    def __init__(self, wrong: object, needs: object = None, longest: int = 20, digits: int | None = None, **bound: Any):
        super().__init__(longest, needs, **bound)
        self.wrong, self.digits = wrong, digits

    def spelled(self, text: str) -> float | None:
        if not text.strip():
            return None
        try:
            found = float(text.strip().replace(",", ".")[:30])
        except ValueError:
            found = float("nan")
        if not isfinite(found):
            raise ValueError(self.wrong)
        return found if self.digits is None else round(found, self.digits)


class Day(Text):
    """A day; None where it is left open."""

    widget = wtforms.widgets.DateInput()

    def __init__(self, needs: object = None, **bound: Any) -> None:
        super().__init__(20, needs, **bound)
        self.flags.maxlength = None

    def spelled(self, text: str) -> date | None:
        if not text.strip():
            return None
        try:
            return date.fromisoformat(text.strip()[:20])
        except ValueError:
            raise ValueError(_l("Write a day as year-month-day, such as 2027-03-01.")) from None


class TimeOfDay(Text):
    """A time of the day, as "19:30"; "" where it is left open."""

    widget: Any = wtforms.widgets.TimeInput()

    def __init__(self, needs: object = None, **bound: Any) -> None:
        super().__init__(8, needs, **bound)
        self.flags.maxlength = None

    def spelled(self, text: str) -> str:
        if not text.strip():
            return ""
        found = TIME.fullmatch(text.strip()[:10])
        if found is None:
            raise ValueError(_l("Write a time as hours and minutes, such as 19:30."))
        return f"{int(found[1]):02}:{found[2] or '00'}"


class Pick(Text):
    """One of some values, which the form or the view names in `among`; "" where nothing is picked."""

    def __init__(self, among: Collection[str] = (), needs: object = None, **bound: Any) -> None:
        super().__init__(needs=needs, **bound)
        self.flags.maxlength = None
        self.among = among

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:
        super().pre_validate(form)
        if self.data and self.data not in self.among:
            raise Misfit(self.needs or _l("Choose one of the list."))


class Many(wtforms.Field):
    """Any of some values. What is none of them is passed over."""

    def __init__(self, among: Iterable[str], **bound: Any) -> None:
        super().__init__(**bound)
        self.among = list(among)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = [value for value in self.among if value in valuelist]


class Tick(wtforms.BooleanField):
    """Yes or no."""


class ClientKey(Text):
    """What names this form among all forms that were ever shown: sent twice, it makes one (core/once.py)."""

    widget = wtforms.widgets.HiddenInput()

    def __init__(self, **bound: Any) -> None:
        super().__init__(40, default=codes.new_key, **bound)

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:
        self.data = self.data[: self.longest]


class Keyed(Form):
    """A form that makes something, or shows a secret: it carries a client key."""

    client_key = ClientKey()


class SixLetters(Form):
    """The six letters of a code, alone."""

    code = Letters(_l("Type the six letters."))
