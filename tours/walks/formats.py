"""The files in which a walk can be taken along; each by its name in an address and in a command."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core.refusal import Refusal, Sort
from tours.walks import csv_rows, geojson, gpx, jsonld
from tours.walks.written import Written


@dataclass(frozen=True)
class Format:
    """A kind of file: the end of its name, what it is over the wire, for whom, and how a walk is written in it."""

    name: str
    media_type: str
    label: LazyString
    write: Callable[[Written], bytes]


FORMATS = {
    one.name: one
    for one in (
        Format("gpx", "application/gpx+xml", _l("For a walking app or a device (GPX)"), gpx.write),
        Format("geojson", "application/geo+json", _l("For a map (GeoJSON)"), geojson.write),
        Format("csv", "text/csv", _l("For a spreadsheet (CSV)"), csv_rows.write),
        Format("jsonld", "application/ld+json", _l("For a website (JSON-LD)"), jsonld.write),
    )
}


def called(name: str) -> Format:
    """The format of this name. Raises Refusal for one that is none."""
    found = FORMATS.get(name)
    if found is None:
        raise Refusal(_l("A walk does not come in that kind of file."), Sort.UNKNOWN)
    return found
