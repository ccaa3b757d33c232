"""Reading a walk from a table: a row a stop, commas, semicolons or tabs, Dutch or English headings."""

import csv
import io
import re

from flask_babel import lazy_gettext as _l

from core.places import degrees
from core.refusal import Refusal
from tours.walks import reading
from tours.walks.reading import BROKEN, MOST_POINTS, TOO_MANY, Tally, refused
from tours.walks.written import HEAD, ROW, Halt, Written

CALLED = {
    "lat": ("lat", "latitude", "breedtegraad", "breedte", "y"),
    "lon": ("lon", "lng", "long", "longitude", "lengtegraad", "lengte", "x"),
    "name": ("name", "naam", "title", "titel", "halte", "stop"),
    "intro": ("intro", "omschrijving", "beschrijving", "description", "tekst", "text"),
    "place": ("place", "plek", "plaats"),
    "street": ("street", "straat", "adres", "address"),
}
APOSTROPHE = re.compile(r'(^|[,;|"])(\s*)\'(?=[=+\-@＝＋－＠])')  # what core/spreadsheet.py put before a formula


def read(text: str, tally: Tally) -> Written:
    """Empty rows are passed over. Raises Refusal where no column says where a stop is."""
    rows = _rows(text)
    columns = _columns(rows[0] if rows else [])
    if not {"lat", "lon"} <= columns.keys():
        raise refused(_l("The first row has to name the columns. Two of them are: lat and lon."))
    halts: list[Halt] = []
    said: dict[str, str] = {}
    for row in rows[1:]:
        cells = {name: APOSTROPHE.sub(r"\1\2", row[at]) for name, at in columns.items() if at < len(row)}
        lat, lon = _place(cells.get("lat", ""), cells.get("lon", ""))
        at = tally.point(lat, lon)
        said = said or {name: cells.get(f"walk_{name}", "") for name in HEAD}
        if at:
            halts.append(reading.halt(tally, at, cells))
    return reading.written(tally, said, halts)


def _rows(text: str) -> list[list[str]]:
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(";,\t", key=first.count)
    found = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any(cell.strip() for cell in row):
                found.append(row[:200])
            if len(found) > MOST_POINTS + 1:
                raise refused(TOO_MANY)
    except csv.Error:
        raise refused(BROKEN) from None
    return found


def _columns(heading: list[str]) -> dict[str, int]:
    places = {cell.strip().lower()[:40]: at for at, cell in reversed(list(enumerate(heading)))}
    own = {name: places[name] for name in (*ROW, *(f"walk_{one}" for one in HEAD)) if name in places}
    others = {
        name: next(places[one] for one in known if one in places)
        for name, known in CALLED.items()
        if any(one in places for one in known)
    }
    return {**others, **own}


def _place(lat: str, lon: str) -> tuple[float | None, float | None]:
    try:
        return degrees.read(lat, lon)
    except Refusal:
        return None, None
