"""Answers made small on their way: files, and pages for somebody without a device cookie.

A page for somebody we know travels as it is: who can make it repeat chosen words and measure its compressed length
could guess the rest of it, letter by letter (docs/security.md).
"""

import gzip
from functools import lru_cache

from flask import Flask, Response, request

KINDS = {"text/css", "text/javascript", "image/svg+xml", "application/wasm", "application/geo+json"}
PAGES = {"text/html"}
LANGUAGE = {"lang", "__Host-lang"}  # the only cookies that say nothing about anybody
SMALLEST = 1000  # bytes; below that it is not worth it

_files: dict[str, tuple[str, bytes]] = {}  # path → its tag and its small bytes; as many as there are static files


def init_app(app: Flask) -> None:
    """Compress what may be. Registered first, so that it comes last."""
    app.after_request(_squeeze)


def _squeeze(answer: Response) -> Response:
    if answer.status_code != 200 or not _may_be_small(answer):
        return answer
    answer.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"] or "Range" in request.headers or answer.headers.get("Content-Encoding"):
        return answer
    answer.direct_passthrough = False
    body = answer.get_data()
    if len(body) < SMALLEST:
        return answer
    tag = answer.get_etag()[0]
    answer.set_data(_small(body, tag))
    answer.headers["Content-Encoding"] = "gzip"
    answer.headers.pop("Accept-Ranges", None)
    if tag:
        answer.set_etag(f"{tag}-gzip")
        answer.make_conditional(request)
    return answer


def _may_be_small(answer: Response) -> bool:
    if answer.mimetype in KINDS:
        return True
    return answer.mimetype in PAGES and request.cookies.keys() <= LANGUAGE and "Set-Cookie" not in answer.headers


def _small(body: bytes, tag: str | None) -> bytes:
    """Files are made small once, and so are pages that are kept; others each time and with less effort."""
    if not tag:
        return gzip.compress(body, 4)
    if request.endpoint != "static":
        return _small_page(body)
    known = _files.get(request.path)
    if known is None or known[0] != tag:
        known = _files[request.path] = (tag, gzip.compress(body, 9))
    return known[1]


@lru_cache(maxsize=100)
def _small_page(body: bytes) -> bytes:
    return gzip.compress(body, 9)
