"""The pins in the picture of a map, for browsers without scripts: the shapes, and each as a link to its page."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from core.maps.lettering import Box

SHAPES = {
    "hq": '<path class="m-pin m-pin--hq" d="M-19 0v-26l19-14 19 14v26Z"/><path class="m-pin__awning" d="M-19-23h38v6'
    'a4.75 5 0 0 1-9.5 0a4.75 5 0 0 1-9.5 0a4.75 5 0 0 1-9.5 0a4.75 5 0 0 1-9.5 0Z"/>'
    '<path class="m-pin__door" d="M-4.5 0v-11h9v11Z"/>',
    "meet": '<path class="m-pin__post" d="M0 0v-14"/><circle class="m-pin m-pin--meet" cy="-25" r="16"/>'
    '<path class="m-pin__pair" d="M-7-30a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M-11-17v-2a4 4 0 0 1 4-4h5a4 4 0 0 1 4 4v2'
    'M3-29a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M6-22h2a4 4 0 0 1 4 4v1"/>',
    "story": '<path class="m-pin__post" d="M0 0v-14"/><path class="m-pin m-pin--story" d="M-13-40h26a4 4 0 0 1 4 4v15'
    'a4 4 0 0 1-4 4h-8l-5 6-5-6h-8a4 4 0 0 1-4-4v-15a4 4 0 0 1 4-4Z"/>'
    '<path class="m-pin__words" d="M-10-32H10M-10-25H4"/>',
    "place": '<path class="m-pin__post" d="M0 0v-14"/>'
    '<rect class="m-pin m-pin--place" x="-17" y="-37" width="34" height="25" rx="3"/>'
    '<rect class="m-pin__inset" x="-14" y="-34" width="28" height="19" rx="2"/>'
    '<path class="m-pin__words" d="M-8-27.5H8M-8-21.5H3"/>',
    "morning": '<circle class="m-glow m-glow--morning" cx="-15" cy="-16" r="30"/>',  # on the wall (core/walls)
    "afternoon": '<circle class="m-glow m-glow--afternoon" cy="-34" r="30"/>',
    "evening": '<circle class="m-glow m-glow--evening" cx="15" cy="-16" r="30"/>',
}
ROOM = '<path class="m-pin__room" d="M-24-46h48v48h-48Z"/>'  # what a finger may touch


class Placed(NamedTuple):
    """A pin whose foot stands at x and y, px right and down; without a page it is no link."""

    kind: str
    name: str
    page: str
    x: float
    y: float

    @property
    def room(self) -> Box:
        """The room that it takes from the names."""
        return Box(self.x - 21, self.y - 42, self.x + 21, self.y + 3)


def draw(pins: Iterable[Placed]) -> Iterator[str]:
    """The pins from north to south, so that where two meet the nearer one stands in front."""
    for pin in sorted(pins, key=lambda pin: pin.y):
        shape = SHAPES[pin.kind]
        link = f"<a href={quoteattr(pin.page)} aria-label={quoteattr(pin.name)}>{ROOM}{shape}</a>"
        yield f'<g transform="translate({pin.x:g} {pin.y:g})">{link if pin.page else shape}</g>'
