"""What stands under a photo on the board: core knows no challenges, so a part that knows them says it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from flask import Flask, current_app


@dataclass(frozen=True)
class Caption:
    """A line, and the language it is in. It names nobody."""

    words: str
    lang: str


Say = Callable[[Collection[int]], Mapping[int, Caption]]


def say_with(app: Flask, say: Say) -> None:
    """Let a part caption photos, all of a page in one question: by their ids."""
    app.extensions["captions"] = say


def of(photo_ids: Collection[int]) -> Mapping[int, Caption]:
    """The captions of these photos; one may lack."""
    say: Say | None = current_app.extensions.get("captions")
    return say(photo_ids) if say and photo_ids else {}
