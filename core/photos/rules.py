"""Where photos may be seen: each surface, the scopes it reads, and who looks at it (docs/rules.md §5)."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from core.photos.models import ALBUM, PLAYERS, PRINT, SCREEN, WEB

WORDS = {
    PLAYERS: _l("Players in the neighbourhood"),
    SCREEN: _l("The screen in the neighbourhood house"),
    WEB: _l("Everybody on the internet"),
    PRINT: _l("On paper"),
}
SEEN = {
    PLAYERS: _l("Now players see this photo."),
    SCREEN: _l("Now it may be on the screen in the neighbourhood house."),
    WEB: _l("Now everybody on the internet can see this photo."),
    PRINT: _l("Now it may be printed."),
}
"""The same once it is so, in whole sentences."""
IMPLIED = {WEB: {PLAYERS}}  # who lets everybody see it lets the neighbours


@dataclass(frozen=True)
class Surface:
    """A place where photos are seen: those that everybody in them allowed in one of its scopes."""

    name: str
    scopes: tuple[str, ...]
    who: str


SURFACES = {
    surface.name: surface
    for surface in (
        Surface("album", (ALBUM,), "the people in the photo"),
        Surface("board of players", (PLAYERS, WEB), "players of the neighbourhood"),
        Surface("board of visitors", (WEB,), "everybody"),
        Surface("HQ screen", (SCREEN,), "who stands before it, or has its address (core/walls); hosts, as slides"),
        Surface("paper", (PRINT,), "who holds it: the album of a season, as a book"),
    )
}


def board(is_player: bool) -> Surface:
    """The board of photos, with its panel on home and its pictures, as this reader may see it."""
    return SURFACES["board of players" if is_player else "board of visitors"]
