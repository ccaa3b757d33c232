"""A walk as GeoJSON (RFC 7946): a FeatureCollection of stops, and the lines between them."""

import json
from typing import Any

from tours.walks.written import Halt, Point, Written, head, row


def write(written: Written) -> bytes:
    """Points with the properties of each stop, then lines; what is said of the walk stands in `tour` and at the top."""
    said = head(written)
    features = [_stop(number, halt) for number, halt in enumerate(written.halts, 1)]
    lines = [_line(start, end, way, bool(written.ways[start - 1])) for start, end, way in written.legs]
    made: dict[str, Any] = {"type": "FeatureCollection"}
    if written.halts:
        made["bbox"] = _bbox(
            [(halt.lat, halt.lon) for halt in written.halts] + [at for way in written.ways for at in way]
        )
    for name in ("source", "licence", "credit", "exported_at", "revocations_url", "left_out"):
        if name in said:
            made[name] = said.pop(name)
    made |= {"tour": said, "features": [*features, *lines]}
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def _stop(number: int, halt: Halt) -> dict[str, Any]:
    said = row(halt)
    title, lede = said.pop("name", ""), halt.lede
    return {
        "type": "Feature",
        "id": said.get("story_url") or f"stop-{number}",
        "geometry": {"type": "Point", "coordinates": [halt.lon, halt.lat]},
        "properties": {"kind": "stop", "ordinal": number, "title": title, "lede": lede, **said},
    }


def _line(start: int, end: int, way: tuple[Point, ...], is_known: bool) -> dict[str, Any]:
    said = {"kind": "route", "from": start, "to": end, "source": "walked" if is_known else "straight"}
    line = {"type": "LineString", "coordinates": [[lon, lat] for lat, lon in way]}
    return {"type": "Feature", "geometry": line, "properties": said}


def _bbox(points: list[Point]) -> list[float]:
    lats, lons = [lat for lat, _lon in points], [lon for _lat, lon in points]
    return [min(lons), min(lats), max(lons), max(lats)]
