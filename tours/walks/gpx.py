"""A walk as GPX 1.1: stops as points and as a route, the line as a track, because devices plan a route anew."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from tours.walks.written import Halt, Point, Value, Written, head, plain, row

GPX = "http://www.topografix.com/GPX/1/1"
OURS = "urn:uuid:57c1befa-7840-4bc6-b7fa-40bb913f1618"  # what GPX has no place for: a name, that leads nowhere
register_namespace("", GPX)
register_namespace("buurt", OURS)


def write(written: Written) -> bytes:
    """Points, a route and a track; what GPX has no place for stands in extensions, by the names of docs/exchange.md."""
    root = Element(f"{{{GPX}}}gpx", {"version": "1.1", "creator": "Buurtspoor"})
    _metadata(root, written)
    for number, halt in enumerate(written.halts, 1):
        _point(root, number, halt)
    if written.halts:
        route = _add(root, "rte")
        _add(route, "name", written.title)
        for number, halt in enumerate(written.halts, 1):
            _add(_add(route, "rtept", **_at((halt.lat, halt.lon))), "name", f"{number}. {halt.name}")
    if written.ways:
        track = _add(root, "trk")
        _add(track, "name", written.title)
        for _start, _end, way in written.legs:
            segment = _add(track, "trkseg")
            for point in way:
                _add(segment, "trkpt", **_at(point))
    indent(root, " ")
    made: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _metadata(root: Element, written: Written) -> None:
    """In the order of the schema: name, desc, author, copyright, link, time, bounds, extensions."""
    said = head(written)
    about = _add(root, "metadata")
    _add(about, "name", plain(said.pop("title", "")))
    if "intro" in said:
        _add(about, "desc", plain(said.pop("intro")))
    if written.credit:
        _add(_add(about, "author"), "name", written.credit)
        rights = _add(about, "copyright", author=written.credit)
        if written.exported_at:
            _add(rights, "year", written.exported_at[:4])
        _add(rights, "license", written.licence)
    if written.source:
        _add(_add(about, "link", href=written.source), "type", "text/html")
    if written.exported_at:
        _add(about, "time", written.exported_at)
    if written.halts:
        every = [(halt.lat, halt.lon) for halt in written.halts] + [point for way in written.ways for point in way]
        lats, lons = [lat for lat, _lon in every], [lon for _lat, lon in every]
        corners = {"minlat": min(lats), "minlon": min(lons), "maxlat": max(lats), "maxlon": max(lons)}
        _add(about, "bounds", **{name: _degrees(value) for name, value in corners.items()})
    _extensions(about, said)


def _point(root: Element, number: int, halt: Halt) -> None:
    said = row(halt)
    said.pop("name", None)
    point = _add(root, "wpt", **_at((halt.lat, halt.lon)))
    _add(point, "name", f"{number}. {halt.name}")
    if halt.lede:
        _add(point, "desc", halt.lede)
    if halt.story and halt.story.story_url:
        link = _add(point, "link", href=halt.story.story_url)
        _add(link, "text", halt.story.story_title)
        _add(link, "type", "text/html")
    _add(point, "sym", "Flag")
    _add(point, "type", "story" if halt.story else "place")
    _extensions(point, said)


def _extensions(into: Element, said: Mapping[str, Value]) -> None:
    if said:
        outer = _add(into, "extensions")
        for name, value in said.items():
            SubElement(outer, f"{{{OURS}}}{name}").text = plain(value)


def _at(point: Point) -> dict[str, str]:
    return {"lat": _degrees(point[0]), "lon": _degrees(point[1])}


def _degrees(value: float) -> str:
    return f"{value:.6f}"


def _add(into: Element, name: str, says: str | None = None, **attributes: str) -> Element:
    made = SubElement(into, f"{{{GPX}}}{name}", attributes)
    made.text = says
    return made
