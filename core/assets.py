"""Static files: their addresses carry their hash so that a phone may keep them for a year; all style in one sheet."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for
from werkzeug.wrappers import Response as BaseResponse

YEAR = 365 * 24 * 3600
SITE = "css/site.css"  # made from SHEETS when it is asked for; no such file lies in static/
SHEETS = (  # of static/css, in this order: what most pages use. What one page uses, that page links in its `head`
    "tokens",
    "base",
    "components/actions",
    "components/bar",
    "components/button",
    "components/card",
    "components/encounter",
    "components/form",
    "components/hopscotch",
    "components/list",
    "components/mapdrawing",
    "components/notice",
    "components/photo",
    "components/sign",
    "components/thermometer",
    "components/toggle",
    "components/wide",
)
Stamp = tuple[Path, int]  # a file and when it was last changed, in nanoseconds


def init_app(app: Flask) -> None:
    """Serve the joined sheet, and let phones keep files that are asked for by hash."""
    app.add_template_global(url, "asset")  # a global, so that macros know it too
    app.view_functions["static"] = _file
    app.after_request(_keep)


def url(name: str) -> str:
    """The address of a static file by its path under static/, or of SITE. It changes when the file does."""
    return url_for("static", filename=name, v=_hash(_sheets() if name == SITE else (_stamp(name),)))


def _file(filename: str) -> BaseResponse:
    if filename != SITE:
        return current_app.send_static_file(filename)
    answer = Response(_whole(_sheets()), mimetype="text/css")
    answer.add_etag()
    return answer.make_conditional(request)


def _stamp(name: str) -> Stamp:
    file = Path(str(current_app.static_folder)) / name
    return file, file.stat().st_mtime_ns if file.is_file() else 0


def _sheets() -> tuple[Stamp, ...]:
    return tuple(_stamp(f"css/{sheet}.css") for sheet in SHEETS)


@lru_cache(maxsize=2)
def _whole(sheets: tuple[Stamp, ...]) -> bytes:
    """One sheet in place of many. It is served from static/css, so addresses in it count from there."""
    return _joined(sheets).replace(b"url(../../", b"url(../")


def _joined(files: tuple[Stamp, ...]) -> bytes:
    return b"".join(map(_content, files))


@lru_cache(maxsize=500)
def _hash(files: tuple[Stamp, ...]) -> str:
    return hashlib.sha256(_joined(files)).hexdigest()[:10] if any(changed for _, changed in files) else "0"


def _content(stamp: Stamp) -> bytes:
    file, changed = stamp
    return file.read_bytes() if changed else b""


def _keep(response: BaseResponse) -> BaseResponse:
    if request.endpoint == "static" and response.status_code < 400 and "v" in request.args:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
