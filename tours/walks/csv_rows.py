"""A walk as a table for a spreadsheet: a row a stop, what is said of the walk in each. No cell is a formula."""

from core import spreadsheet
from tours.walks.written import HEAD, ROW, Value, Written, head, plain, row

OF_WALK = tuple(f"walk_{name}" for name in HEAD)
COLUMNS = ("number", "lat", "lon", *ROW, *OF_WALK)


def write(written: Written) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read é; paragraphs of a story become one line."""
    whole = {f"walk_{name}": value for name, value in head(written).items()}
    rows = []
    for number, halt in enumerate(written.halts, 1):
        where: dict[str, Value] = {"number": number, "lat": _degrees(halt.lat, "NS"), "lon": _degrees(halt.lon, "EW")}
        said: dict[str, Value] = {**where, **row(halt), **whole}
        rows.append([plain(said.get(name)) for name in COLUMNS])
    return spreadsheet.text(COLUMNS, rows).encode()


def _degrees(value: float, sides: str) -> str:
    """Without a minus, which a spreadsheet could take for a formula."""
    return f"{value:.6f}" if value >= 0 else f"{-value:.6f} {sides[1]}"
