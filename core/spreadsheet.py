"""Tables for a spreadsheet: CSV that no spreadsheet program takes for a formula (docs/security.md)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from math import isfinite

from flask import Response

START = re.compile(r'(^|[,;|"])(\s*)(?=[=+\-@＝＋－＠])')  # of a cell, or of what another separator would make one
BOM = "\ufeff"  # without it a spreadsheet takes é for two letters


def cell(value: object) -> str:
    """What may stand in a cell: a number as it is; of text one line, with an apostrophe before a formula."""
    if isinstance(value, int | float) and isfinite(value):
        return str(value)
    said = "" if value is None else str(value)
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())
    return START.sub(r"\1\2'", line)


def table(name: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A file with a heading and rows, to save."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(text(heading, rows), content_type="text/csv; charset=utf-8", headers=headers)


def text(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A heading and rows. Every cell stands in quotes, so that a separator inside it stays inside."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(map(cell, heading))
    writer.writerows([cell(value) for value in row] for row in rows)
    return BOM + out.getvalue()
