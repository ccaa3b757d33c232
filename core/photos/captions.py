"""What stands under a photo on the board: core knows no challenges, so a part that knows them says it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from core.registry import Registry


@dataclass(frozen=True)
class Caption:
    """A line, and the language it is in. It names nobody. `where`: at which place it was to be made, for editors."""

    words: str
    lang: str
    where: str = ""


CAPTIONS: Registry[Callable[[Collection[int]], Mapping[int, Caption]]] = Registry("what stands under a photo")
"""Each captions photos that it knows, all of a page in one question: by their ids."""


def of(photo_ids: Collection[int]) -> Mapping[int, Caption]:
    """The captions of these photos; one may lack."""
    said = [say(photo_ids) for say in CAPTIONS.all()] if photo_ids else []
    return {photo: caption for captions in said for photo, caption in captions.items()}
