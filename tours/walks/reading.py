"""Reading a file of a stranger: bounds before anything else, and a count of whatever is left out or changed, by reason.

No file brings a 500: what cannot be read is a Refusal with a sentence (docs/exchange.md).
"""

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import lazy_gettext as _l

from core import spelling
from core.places.models import LARGEST, SMALLEST
from core.refusal import Refusal, Sort
from tours.routing.legs import PROFILES, StepFree
from tours.walks.models import CREDIT, INTRO, MOST_STOPS, REMARK, TITLE, WORDS
from tours.walks.written import HEAD, OF_STORY, Halt, Point, Told, Written

MOST_BYTES = 5 * 1024 * 1024
MOST_POINTS, DEEPEST, MOST_PARTS = 10_000, 24, 200_000
STORY, ADDRESS, SHORT = 30_000, 300, 80  # signs
LONG = {"intro": INTRO, "ending": WORDS, "bridge": WORDS, "credit": CREDIT, "leg_remark": REMARK, "words": STORY,
        "lang": 8, "period": 30, "image_alt": 200, "licence": ADDRESS, "exported_at": 40}  # fmt: skip
BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
PACKED = (b"PK", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
NO_TEXT = _l("This file is no text. Choose a GPX, GeoJSON or CSV file.")
BROKEN = _l("This file is damaged, or not what it says it is. Save it once more, and try again.")
TOO_MANY = _l("This file has more than 10,000 points. Make it smaller, and try again.")
TOO_DEEP = _l("This file is too deep or too long. Choose a file with one walk.")


def refused(sentence: object) -> Refusal:
    """A file that cannot be read, in a sentence at its field."""
    return Refusal(sentence, Sort.INVALID, field="file")


@dataclass
class Tally:
    """What came of a file. `left`: not taken over, by reason; `changed`: taken over in another way."""

    left: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    points: int = 0

    def point(self, lat: object, lon: object) -> Point | None:
        """A place on earth; None where it is none, which counts as "nowhere". Raises Refusal beyond 10,000."""
        self.points += 1
        if self.points > MOST_POINTS:
            raise refused(TOO_MANY)
        north, east = _number(lat, -90, 90), _number(lon, -180, 180)
        if north is None or east is None:
            self.left["nowhere"] += 1
            return None
        return round(north, 6) + 0.0, round(east, 6) + 0.0

    def words(self, value: object, most: int) -> str:
        """A text in its one spelling, cut where it is too long, which counts."""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return ""
        spelled = spelling.lines if most == STORY else spelling.line
        text = spelled(str(value)[: 4 * most + 200])
        if len(text) <= most:
            return text
        self.changed["cut"] += 1
        return text[:most].rstrip()


def text_of(raw: bytes) -> str:
    """The signs of a file, whatever it was saved as. Raises Refusal for what is too large, packed, or no text."""
    if len(raw) > MOST_BYTES:
        raise refused(_l("This file is larger than 5 MB. Choose a smaller one."))
    if raw.startswith(PACKED):
        raise refused(_l("This file is packed. Unpack it first, and choose what is in it."))
    for text in (_decoded(raw, name) for name in _encodings(raw)):
        if text is not None and "\x00" not in text:
            if not text.strip():
                raise refused(_l("This file is empty."))
            return text
    raise refused(NO_TEXT)


def _encodings(raw: bytes) -> list[str]:
    marked = [name for mark, name in MARKS if raw.startswith(mark)]
    if not marked and raw[:2] in (b"<\x00", b"{\x00"):
        marked = ["utf-16-le"]
    if not marked and raw[:2] in (b"\x00<", b"\x00{"):
        marked = ["utf-16-be"]
    return marked or ["utf-8", "cp1252"]


def _decoded(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None


def json_of(text: str) -> Any:
    """What JSON says. Raises Refusal for what is deeper or longer than a walk, and for numbers that are none."""
    depth = 0
    for parts, found in enumerate(BRACKETS.finditer(text)):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth > DEEPEST or parts > MOST_PARTS:
            raise refused(TOO_DEEP)
    try:
        return json.loads(text, parse_constant=_no_number)
    except ValueError:
        raise refused(BROKEN) from None


def _no_number(_name: str) -> None:
    raise ValueError("no number")


def halt(tally: Tally, at: Point, said: Mapping[str, object]) -> Halt:
    """A stop of what a file says of it, by the names of written.ROW."""
    text = {name: tally.words(said.get(name), LONG.get(name, SHORT)) for name in ("place", "street", "intro", "bridge")}
    answer = tally.words(said.get("leg_step_free"), SHORT)
    return Halt(
        name=tally.words(said.get("name"), TITLE), lat=at[0], lon=at[1], **text,
        radius_m=_number(said.get("radius_m") or said.get("radius"), SMALLEST, LARGEST),
        step_free=_yes_or_no(said.get("step_free")), leg_m=_number(said.get("leg_m"), 1, 5000),
        leg_remark=tally.words(said.get("leg_remark"), REMARK),
        leg_step_free=answer if answer in set(StepFree) else "", story=_told(tally, said),
    )  # fmt: skip


def _told(tally: Tally, said: Mapping[str, object]) -> Told | None:
    if not (said.get("story_url") or said.get("words")):
        return None
    longest = {name: LONG.get(name, ADDRESS if name.endswith("_url") else SHORT) for name in OF_STORY}
    return Told(**{name: tally.words(said.get(name), longest[name]) for name in OF_STORY})


def written(
    tally: Tally, said: Mapping[str, object], halts: Sequence[Halt], ways: Sequence[tuple[Point, ...]] = ()
) -> Written:
    """A walk of what a file says of it, by the names of written.HEAD; of more than 40 stops the rest is left out."""
    tally.left["many"] += max(0, len(halts) - MOST_STOPS)
    numbers = {"distance_m": 1e6, "minutes": 1e5, "left_out": 1e4}
    made: dict[str, Any] = {}
    for name in HEAD:
        if name in numbers:
            made[name] = _number(said.get(name), 0, numbers[name])
        elif name != "is_loop":
            made[name] = tally.words(
                said.get(name), LONG.get(name, ADDRESS if name.endswith(("_url", "source")) else SHORT)
            )
    made["is_loop"] = _yes_or_no(said.get("is_loop"))
    made["profile"] = made["profile"] if made["profile"] in PROFILES else ""
    return Written(halts=tuple(halts[:MOST_STOPS]), ways=tuple(ways), **made)


def line(tally: Tally, points: Sequence[tuple[object, object]]) -> tuple[Point, ...]:
    """The points of a line that are on earth."""
    return tuple(found for lat, lon in points if (found := tally.point(lat, lon)))


def ends_as_stops(found: Written, line_of: Sequence[Point]) -> Written:
    """Of a file with a line alone: its beginning and its end are the stops."""
    if found.halts or not line_of:
        return found
    ends = [line_of[0], *([line_of[-1]] if line_of[-1] != line_of[0] else [])]
    return replace(found, halts=tuple(Halt("", lat, lon) for lat, lon in ends))


def _number(value: object, least: float, most: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value.strip()[:40] if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) and least <= found <= most else None


def _yes_or_no(value: object) -> bool | None:
    return {"true": True, "false": False}.get(str(value).lower()[:6])
