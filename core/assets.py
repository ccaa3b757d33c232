"""Addresses of static files, with the first letters of their hash so that a phone may keep them for a year."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app, request, url_for
from werkzeug.wrappers import Response

YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Let phones keep files that are asked for by hash."""
    app.add_template_global(url, "asset")  # a global, so that macros know it too
    app.after_request(_keep)


def url(name: str) -> str:
    """The address of a static file by its path under static/."""
    return url_for("static", filename=name, v=_hash(Path(str(current_app.static_folder)) / name))


@lru_cache(maxsize=500)
def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10] if file.is_file() else "0"


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code < 400 and "v" in request.args:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
