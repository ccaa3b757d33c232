"""Sending a picture. Other slices decide who may see it, then call `send`."""

from flask import Flask, Response, abort, send_file

from core import jobs as clockwork
from core.photos import jobs, service
from core.photos.models import Photo


def init_app(app: Flask) -> None:
    """Sweep away the bytes of forgotten photos."""
    clockwork.sweep(app, "photos", jobs.sweep)


def send(photo: Photo | None, size: str) -> Response:
    """The picture of one size, or 404 when there is none (any more)."""
    file = photo and service.file(photo, size)
    return send_file(file, mimetype="image/webp", etag=False, last_modified=None) if file else abort(404)
