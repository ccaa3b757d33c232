"""The registry of challenge kinds: a small class each, and one line in KINDS (docs/add-a-challenge.md)."""

from typing import ClassVar

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Kind:
    """What a sort of challenge asks. `takes_two`: it is done in an encounter."""

    name: ClassVar[str]
    label: ClassVar[LazyString]
    icon: ClassVar[str]
    takes_two: ClassVar[bool] = False


class Together(Kind):
    """A photo of two residents in a situation: "met iemand die je hond kent"."""

    name = "together"
    label = _l("A photo together")
    icon = "i-samen"
    takes_two = True


KINDS: dict[str, type[Kind]] = {kind.name: kind for kind in (Together,)}
