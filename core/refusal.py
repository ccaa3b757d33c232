"""A house rule was broken: a sentence for the person, and what sort of refusal it is. Knows no web."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum


class Sort(StrEnum):
    """What sort of no it is; core/errors.py gives each its status code."""

    INVALID = "invalid"
    CONFLICT = "conflict"
    GONE = "gone"
    UNKNOWN = "unknown"
    FORBIDDEN = "forbidden"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    FULL = "full"
    BUSY = "busy"
    OFTEN = "too often"


class Refusal(Exception):
    """Raised by models, services and forms. `sentence` is lazy text in the reader's language.

    `way_on`: the page that helps, and the words of the link to it. `field`: what of the form it is about, so that the
    sentence stands there. `heading`: what is the matter, where a page of its own says it.
    """

    def __init__(
        self, sentence: object, kind: str = Sort.CONFLICT, way_on: tuple[str, object] | None = None, field: str = "",
        heading: object = None,
    ) -> None:  # fmt: skip
        super().__init__(sentence)
        self.sentence = sentence
        self.kind = Sort(kind)
        self.way_on = way_on
        self.field = field
        self.heading = heading


@contextmanager
def about(field: str) -> Iterator[None]:
    """What is refused inside is about this field of the form, unless it names one itself."""
    try:
        yield
    except Refusal as refusal:
        refusal.field = refusal.field or field
        raise
