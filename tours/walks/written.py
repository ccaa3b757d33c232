"""A walk as a file carries it: what every format writes, and reads back (docs/exchange.md).

It knows no database and no web. `head`, `row` say it flat, by the names that stand in the files.
"""

from dataclasses import dataclass, fields, replace

Value = str | float | int | bool | None
Flat = dict[str, Value]
Point = tuple[float, float]  # latitude, longitude (WGS 84 degrees, six decimals: 10 cm)


@dataclass(frozen=True)
class Told:
    """What is told at a stop, in full, and by which licence it may be copied."""

    story_url: str
    story_title: str = ""
    words: str = ""
    teller: str = ""  # "" for who stays anonymous
    lang: str = ""
    period: str = ""  # EDTF
    licence: str = ""
    image_url: str = ""
    image_alt: str = ""


@dataclass(frozen=True)
class Halt:
    """A stop: its name in this walk, its place, and what its maker says of the way to the next."""

    name: str
    lat: float
    lon: float
    place: str = ""
    street: str = ""
    intro: str = ""
    bridge: str = ""
    radius_m: float | None = None
    step_free: bool | None = None
    leg_m: float | None = None
    leg_remark: str = ""
    leg_step_free: str = ""
    story: Told | None = None

    @property
    def lede(self) -> str:
        """How it begins, for who reads no more than that."""
        return self.intro or (self.story.words.split("\n")[0] if self.story else "")


@dataclass(frozen=True)
class Written:
    """A walk. `ways`: the line after each stop, () where nobody knows the way. `left_out`: stories that may not go."""

    title: str
    halts: tuple[Halt, ...] = ()
    ways: tuple[tuple[Point, ...], ...] = ()
    intro: str = ""
    ending: str = ""
    credit: str = ""
    lang: str = ""
    profile: str = ""
    is_loop: bool | None = None
    distance_m: float | None = None
    minutes: float | None = None
    source: str = ""
    licence: str = ""
    exported_at: str = ""
    revocations_url: str = ""
    left_out: float | None = None

    def without_ways(self) -> "Written":
        """As a format holds it that has no lines."""
        return replace(self, ways=())

    @property
    def legs(self) -> list[tuple[int, int, tuple[Point, ...]]]:
        """From which stop to which (numbers from 1), and the line: straight where nobody knows the way."""
        many, found = len(self.halts), []
        for at, way in enumerate(self.ways[:many]):
            start, end = self.halts[at], self.halts[(at + 1) % many]
            found.append((at + 1, (at + 1) % many + 1, way or ((start.lat, start.lon), (end.lat, end.lon))))
        return found


HEAD = tuple(one.name for one in fields(Written) if one.name not in ("halts", "ways"))
OF_STORY = tuple(one.name for one in fields(Told))
OF_HALT = tuple(one.name for one in fields(Halt) if one.name not in ("story", "lat", "lon"))
ROW = (*OF_HALT, *OF_STORY)


def head(written: Written) -> Flat:
    """What is said of the walk as a whole; nothing that is unknown."""
    return _said({name: getattr(written, name) for name in HEAD})


def row(halt: Halt) -> Flat:
    """What is said of a stop and its story, without where it is."""
    told = {name: getattr(halt.story, name) for name in OF_STORY} if halt.story else {}
    return _said({**{name: getattr(halt, name) for name in OF_HALT}, **told})


def plain(value: Value) -> str:
    """A value where a format has text alone."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else "" if value is None else str(value)


def _said(flat: Flat) -> Flat:
    return {name: value for name, value in flat.items() if value not in ("", None)}
