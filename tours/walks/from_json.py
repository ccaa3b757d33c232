"""Reading a walk from GeoJSON (RFC 7946, and what people take for it), and from our own JSON-LD."""

from typing import Any

from tours.walks import reading
from tours.walks.reading import BROKEN, Tally, refused
from tours.walks.written import Halt, Point, Written

NAMES = ("title", "name", "naam", "titel")
WORDS = ("description", "desc", "omschrijving", "text")


def read(text: str, tally: Tally) -> Written:
    """Points are stops, lines the way; areas and what lies nowhere are left out and counted. Raises Refusal."""
    found = reading.json_of(text)
    if not isinstance(found, dict):
        raise refused(BROKEN)
    if "itinerary" in found:
        return _trip(found, tally)
    if found.get("type") not in ("FeatureCollection", "Feature", *SHAPES, "GeometryCollection"):
        raise refused(BROKEN)
    return _collection(found, tally)


def _collection(found: dict[str, Any], tally: Tally) -> Written:
    features = _list(found.get("features")) if found["type"] == "FeatureCollection" else [_feature(found)]
    whole = found.get("tour")
    is_ours = isinstance(whole, dict)
    said = {**found, **_dict(whole)}
    said.setdefault("title", found.get("name"))
    halts: list[Halt] = []
    ways: dict[int, tuple[Point, ...]] = {}
    lines: list[Point] = []
    for one in features:
        about = _dict(_dict(one).get("properties"))
        points, line = _points(tally, _dict(one).get("geometry"))
        halts += [reading.halt(tally, at, _row(about)) for at in points]
        if line and is_ours and isinstance(start := about.get("from"), int):
            ways[start] = () if about.get("source") == "straight" else line
        elif line:
            lines += line
            tally.changed["line"] += len(line)
    known = [ways[number] for number in sorted(ways)]
    return reading.ends_as_stops(reading.written(tally, said, halts, known), lines)


def _row(about: dict[str, Any]) -> dict[str, Any]:
    """What is said of a stop, by our names, else by those that others use."""
    name = next((about[one] for one in NAMES if about.get(one)), "")
    intro = about.get("intro") or (
        "" if about.get("kind") == "stop" else next((about[one] for one in WORDS if about.get(one)), "")
    )
    return {**about, "name": name, "intro": intro}


def _points(tally: Tally, shape: object, deep: int = 0) -> tuple[list[Point], tuple[Point, ...]]:
    """The points of a shape, and its line."""
    sort, at = _dict(shape).get("type"), _dict(shape).get("coordinates")
    if sort == "GeometryCollection" and deep == 0:
        found = [_points(tally, one, 1) for one in _list(_dict(shape).get("geometries"))]
        return [one for points, _line in found for one in points], tuple(one for _points, line in found for one in line)
    if sort == "Point":
        return list(reading.line(tally, [_pair(at)])), ()
    if sort == "MultiPoint":
        return list(reading.line(tally, [_pair(one) for one in _list(at)])), ()
    if sort == "LineString":
        return [], reading.line(tally, [_pair(one) for one in _list(at)])
    if sort == "MultiLineString":
        return [], reading.line(tally, [_pair(one) for part in _list(at) for one in _list(part)])
    tally.left["area" if sort in SHAPES else "nowhere"] += 1
    return [], ()


SHAPES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")


def _trip(found: dict[str, Any], tally: Tally) -> Written:
    """Our own JSON-LD, back."""
    page = _dict(found.get("subjectOf"))
    said = {
        "title": found.get("name"),
        "intro": found.get("description"),
        **_values(page.get("identifier"), "propertyID"),
    }
    halts = []
    for one in _list(_dict(found["itinerary"]).get("itemListElement")):
        place = _dict(_dict(one).get("item"))
        where, story = _dict(place.get("geo")), _dict(place.get("subjectOf"))
        at = tally.point(where.get("latitude"), where.get("longitude"))
        image = _dict(story.get("image"))
        told = {
            "story_url": story.get("url"), "story_title": story.get("headline"), "words": story.get("articleBody"),
            "teller": _dict(story.get("author")).get("name"), "lang": story.get("inLanguage"),
            "period": story.get("temporalCoverage"), "licence": story.get("license"),
            "image_url": image.get("contentUrl"), "image_alt": image.get("caption"),
        }  # fmt: skip
        if at:
            here = _values(place.get("additionalProperty"), "name")
            halts.append(reading.halt(tally, at, {"name": place.get("name"), **here, **told}))
    return reading.written(tally, said, halts)


def _values(found: object, called: str) -> dict[str, Any]:
    pairs = [(_dict(one).get(called), _dict(one).get("value")) for one in _list(found)]
    return {name: value for name, value in pairs if isinstance(name, str)}


def _feature(found: dict[str, Any]) -> dict[str, Any]:
    return found if found.get("type") == "Feature" else {"geometry": found, "properties": {}}


def _pair(found: object) -> tuple[object, object]:
    """Latitude and longitude of a position; a third number is a height, and goes."""
    position = _list(found)
    numbers = [one for one in position[:2] if isinstance(one, int | float)]
    return (numbers[1], numbers[0]) if len(numbers) == 2 else (None, None)


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else []


def _dict(found: object) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}
