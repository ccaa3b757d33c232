"""A house rule was broken: a sentence for the person, and what sort of refusal it is. Knows no web."""

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


class Refusal(Exception):
    """Raised by models and services. `sentence` is lazy text in the reader's language.

    `way_on`: the page that helps, and the words of the link to it.
    """

    def __init__(self, sentence: object, kind: str = Sort.CONFLICT, way_on: tuple[str, object] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.kind = Sort(kind)
        self.way_on = way_on
