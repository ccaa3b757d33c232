"""Reading a walk from GPX 1.0 and 1.1, with or without its namespace: points, else a route, else the ends of a track.

Entities and document types are refused before anything is made of them, and nothing is fetched.
"""

import io
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from tours.walks import reading
from tours.walks.gpx import OURS
from tours.walks.reading import BROKEN, DEEPEST, MOST_PARTS, TOO_DEEP, Tally, refused
from tours.walks.written import Halt, Point, Written

DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
NUMBERED = re.compile(r"^(\d+)\. ")


def read(text: str, tally: Tally) -> Written:
    """Names on route points are stops; a route without any name is a line. Raises Refusal."""
    root = _parsed(DECLARED.sub("", text, count=1).strip())
    if _name(root) != "gpx":
        raise refused(BROKEN)
    is_ours = any(one.tag.startswith(f"{{{OURS}}}") for one in root.iter())
    about = next(_all(root, "metadata"), root)
    named = (about, *_all(root, "rte"), *_all(root, "trk"))
    said = {
        "title": next((name for one in named if (name := _says(one, "name"))), ""), "intro": _says(about, "desc"),
        "credit": _says(next(_all(about, "author"), about), "name") if is_ours else "", **_extended(about),
    }  # fmt: skip
    halts = _halts(tally, list(_all(root, "wpt")), is_ours)
    segments = [
        [_at(one) for one in _all(part, "trkpt")] for track in _all(root, "trk") for part in _all(track, "trkseg")
    ]
    routed = [one for route in _all(root, "rte") for one in _all(route, "rtept")]
    if not halts:
        halts = _halts(tally, [one for one in routed if _says(one, "name")], is_ours)
        routed = [one for one in routed if not _says(one, "name")]
    lines = [reading.line(tally, one) for one in segments]
    if is_ours:
        return reading.written(tally, said, halts, _ways(lines, halts))
    lines.append(reading.line(tally, [_at(one) for one in routed]))
    tally.changed["line"] += sum(map(len, lines))
    return reading.ends_as_stops(reading.written(tally, said, halts), [point for one in lines for point in one])


def _parsed(text: str) -> Element:
    depth = parts = 0
    root: Element | None = None
    try:
        for event, element in iterparse(io.BytesIO(text.encode()), ("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            parts += 1
            root = element if root is None else root
            if depth > DEEPEST or parts > 2 * MOST_PARTS:
                raise refused(TOO_DEEP)
    except (ParseError, DefusedXmlException, ValueError):
        raise refused(BROKEN) from None
    if root is None:
        raise refused(BROKEN)
    return root


def _halts(tally: Tally, points: list[Element], is_ours: bool) -> list[Halt]:
    found = []
    for number, one in enumerate(points, 1):
        at = tally.point(*_at(one))
        if at is None:
            continue
        name = _says(one, "name")
        numbered = NUMBERED.match(name)
        if numbered and numbered[1] == str(number):
            name = name[numbered.end() :]
        said: dict[str, object] = {"name": name, **_extended(one)}
        if not is_ours:
            said["intro"] = _says(one, "desc") or _says(one, "cmt")
        found.append(reading.halt(tally, at, said))
    return found


def _ways(lines: list[tuple[Point, ...]], halts: list[Halt]) -> list[tuple[Point, ...]]:
    """The line after each stop; a straight one says that nobody knows the way."""
    at = [(halt.lat, halt.lon) for halt in halts]
    straight = [(one, other) for one, other in zip(at, [*at[1:], *at[:1]], strict=True)] if at else []
    return [() if way == straight[number] else way for number, way in enumerate(lines[: len(straight)])]


def _extended(element: Element) -> dict[str, object]:
    return {
        _name(one): one.text or "" for outer in _all(element, "extensions") for one in outer.iter() if one is not outer
    }


def _at(element: Element) -> tuple[object, object]:
    return element.get("lat"), element.get("lon")


def _says(element: Element, name: str) -> str:
    return next((one.text or "" for one in _all(element, name)), "").strip()


def _all(element: Element, name: str) -> Iterator[Element]:
    return (one for one in element if _name(one) == name)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
