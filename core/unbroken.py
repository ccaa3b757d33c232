"""A number and what it counts stay on one line: a no-break space stands between them, in every text and language."""

import re
from functools import lru_cache
from typing import Any

import flask_babel

COUNTS = (  # what stands for a number
    "begin", "done", "end", "few", "heard", "joins", "km", "lacking", "least", "left", "many", "metres", "minutes",
    "more", "most", "num", "number", "out", "page", "people", "percent", "top",
)  # fmt: skip
NUMBER = re.compile(
    rf"(%\(\w+\)d|%\((?:{'|'.join(COUNTS)})\)s|\{{(?:{'|'.join(COUNTS)})\}}|(?<![\w.,])\d+(?:[.,]\d+)?) (?=[^\W\d_])"
)


@lru_cache(8192)
def unbroken(text: str) -> str:
    """A text in which no line ends between a number and the word behind it."""
    return NUMBER.sub("\\1\u00a0", text)


class Texts:
    """A catalogue of which all texts are so; with the methods that flask_babel and Jinja call."""

    def __init__(self, catalogue: Any) -> None:
        self._catalogue = catalogue

    def ugettext(self, text: str) -> str:
        """A text."""
        return unbroken(self._catalogue.ugettext(text))

    def ungettext(self, one: str, more: str, number: int) -> str:
        """The text for so many."""
        return unbroken(self._catalogue.ungettext(one, more, number))

    def upgettext(self, about: str, text: str) -> str:
        """A text of which the words alone do not say what it is about."""
        return unbroken(self._catalogue.upgettext(about, text))

    def unpgettext(self, about: str, one: str, more: str, number: int) -> str:
        """The same, for so many."""
        return unbroken(self._catalogue.unpgettext(about, one, more, number))


class Domain(flask_babel.Domain):  # type: ignore[misc]  # it ships no types
    """Where flask_babel finds the texts."""

    def get_translations(self) -> Texts:
        """The texts in the language in force."""
        return Texts(super().get_translations())
