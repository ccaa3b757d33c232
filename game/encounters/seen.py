"""What a page shows of an encounter: names looked up now, pictures that this reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.people import queries as people
from core.photos.models import Photo
from game.encounters.models import Encounter


@dataclass(frozen=True)
class Picture:
    """A photo on a page. `waits`: this reader has not said yes to it; `is_shared`: both did."""

    ref: str
    photo: Photo
    is_mine: bool
    waits: bool
    is_shared: bool

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return self.photo.key

    @property
    def width(self) -> int:
        """In pixels, of the large one."""
        return self.photo.width

    @property
    def height(self) -> int:
        """In pixels, of the large one."""
        return self.photo.height

    @property
    def alt(self) -> LazyString:
        """What a reader who cannot see it hears."""
        return _l("The photo of the two of you")

    def url(self, size: str) -> str:
        """Where one size of it is."""
        return url_for("encounters.photo", ref=self.ref, photo=self.photo.key, size=size)


def pictures(encounter: Encounter, ref: str, reader: str | None) -> list[Picture]:
    """The photos of an encounter for one of the two, or for who holds its code (reader None)."""
    both = {player for player in encounter.players if player}
    return [
        Picture(
            ref=ref,
            photo=photo,
            is_mine=photo.maker == reader,
            waits=reader is not None and not photo.is_allowed_by(reader),
            is_shared=len(both) == 2 and all(photo.is_allowed_by(player) for player in both),
        )
        for photo in encounter.photos
        if not photo.is_forgotten
    ]


def shared(encounter: Encounter, reader: str) -> list[Picture]:
    """The photos that both said yes to: what stands in the album."""
    return [picture for picture in pictures(encounter, encounter.key, reader) if picture.is_shared]


def names(encounters: Iterable[Encounter]) -> dict[str, str]:
    """The names behind the player keys of encounters; somebody who was erased is "een oud-speler"."""
    keys = {player for encounter in encounters for player in encounter.players if player}
    found = people.by_player_keys(keys)
    return {key: found[key].name if key in found else _("a former player") for key in keys}
