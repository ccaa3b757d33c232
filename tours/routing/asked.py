"""What a plan is asked: the stops and how they are to be walked."""

from dataclasses import dataclass

from tours.routing.legs import WALK, Profile
from tours.routing.order import Mode

WORDS_A_MINUTE = 130
SECONDS_A_STOP = 45.0  # to arrive, look around and find the place


@dataclass(frozen=True)
class Stop:
    """A place on a walk, in WGS 84 degrees. `audio` in seconds, or so many `words` to read; `year` it tells about.

    `teller` is any key that is the same for one teller. A bare start has `halts` off: nobody stands still there.
    """

    key: str
    lat: float
    lon: float
    audio: float | None = None
    words: int = 0
    teller: str | None = None
    year: int | None = None
    halts: bool = True

    @property
    def listening(self) -> float:
        """Seconds that its story takes, heard or read."""
        return self.words / WORDS_A_MINUTE * 60 if self.audio is None else self.audio

    @property
    def arriving(self) -> float:
        """Seconds to find the place and look around."""
        return SECONDS_A_STOP if self.halts else 0.0

    @property
    def seconds(self) -> float:
        """Seconds that one stays here."""
        return self.listening + self.arriving


@dataclass(frozen=True)
class Settings:
    """What is asked of a plan. Keys are those of stops; `locked` (a, b): b comes right after a.

    `minutes` and `metres` are bounds; where they are too small for all stops, the start, the end and what is in
    `kept` stay, and of the others those that are worth most. None: no bound, every stop is in it.
    """

    mode: Mode = Mode.SHORTEST
    is_round: bool = True
    start: str | None = None
    end: str | None = None
    locked: tuple[tuple[str, str], ...] = ()
    profile: Profile = WALK
    minutes: float | None = None
    metres: float | None = None
    kept: frozenset[str] = frozenset()

    @property
    def is_bound(self) -> bool:
        """Whether stops may be left out."""
        return self.minutes is not None or self.metres is not None
