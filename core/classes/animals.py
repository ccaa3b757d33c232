"""The names of crews: given, so that nobody types a child's name. Each has a track (static/icons)."""

from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Animal(NamedTuple):
    """What a crew is called, and the drawing of its track."""

    name: LazyString
    track: str


def _of(name: LazyString, track: str) -> Animal:
    return Animal(name, f"spoor-{track}")


ANIMALS: dict[str, Animal] = {
    "heron": _of(_l("Herons"), "reiger"), "hedgehog": _of(_l("Hedgehogs"), "egel"), "fox": _of(_l("Foxes"), "vos"),
    "hare": _of(_l("Hares"), "haas"), "frog": _of(_l("Frogs"), "kikker"), "duck": _of(_l("Ducks"), "eend"),
    "blackbird": _of(_l("Blackbirds"), "merel"), "cat": _of(_l("Cats"), "kat"), "badger": _of(_l("Badgers"), "das"),
    "deer": _of(_l("Deer"), "hert"), "mouse": _of(_l("Mice"), "muis"), "goose": _of(_l("Geese"), "gans"),
    "owl": _of(_l("Owls"), "uil"), "otter": _of(_l("Otters"), "otter"), "horse": _of(_l("Horses"), "paard"),
    "squirrel": _of(_l("Squirrels"), "eekhoorn"), "crow": _of(_l("Crows"), "kraai"),
    "sheep": _of(_l("Sheep"), "schaap"),
    "gull": _of(_l("Gulls"), "meeuw"), "beaver": _of(_l("Beavers"), "bever"), "bee": _of(_l("Bees"), "bij"),
    "swan": _of(_l("Swans"), "zwaan"), "snail": _of(_l("Snails"), "slak"), "wolf": _of(_l("Wolves"), "wolf"),
    "stork": _of(_l("Storks"), "ooievaar"), "mole": _of(_l("Moles"), "mol"), "sparrow": _of(_l("Sparrows"), "mus"),
    "cow": _of(_l("Cows"), "koe"), "ant": _of(_l("Ants"), "mier"), "crab": _of(_l("Crabs"), "krab"),
}  # fmt: skip
"""By what stands in the table, in the order in which crews get them."""
