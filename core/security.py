"""Headers on every answer, bounds on every request, and limits."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, g, request
from flask_limiter import Limiter
from werkzeug.exceptions import HTTPException

FORM_BYTES = 256 * 1024  # what a form may carry; werkzeug reads 64 KiB at a time and counts that too
FORM_PARTS = 20  # fields and files of a form that brings files
View = TypeVar("View", bound=Callable[..., Any])
CONTENT = (
    "default-src 'none'; script-src 'self'{wasm}; style-src 'self'; img-src 'self' blob: data:{tiles}; "
    "font-src 'self'; connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {framed}"
)
ALLOWED = "camera={camera}, geolocation=(self), microphone={microphone}, payment=(), usb=()"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def address() -> str:
    """Who asks, for limits: an IPv4 address, or the /64 that one household has of IPv6."""
    return _network(64)


def wider_address() -> str:
    """The /48 of IPv6, which is the most that one customer gets, around who asks; of IPv4 the same address."""
    return _network(48)


def _network(bits: int) -> str:
    asked = _asker()
    return str(ip_network((asked, bits), strict=False)) if isinstance(asked, IPv6Address) else str(asked or "unknown")


def _asker() -> IPv4Address | IPv6Address | None:
    """As a server or a proxy may write it: with a port, in brackets, IPv4 as IPv6; None for nonsense."""
    text = request.remote_addr or ""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        asked = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return asked if isinstance(asked, IPv4Address) else asked.ipv4_mapped or asked


limiter = Limiter(address)


def init_app(app: Flask) -> None:
    """Put both in force."""
    settings = app.config["BUURT"]
    app.config.update(
        RATELIMIT_ENABLED=settings.limits,
        RATELIMIT_STORAGE_URI=settings.limits_url,
        RATELIMIT_STORAGE_OPTIONS=_patience(settings.limits_url),
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
    )
    limiter.init_app(app)
    app.url_value_preprocessor(_refuse_nul_in_path)
    app.before_request(_say_where_we_are)
    app.before_request(_bound_body)
    app.before_request(refuse_nul)
    app.after_request(add_headers)


def takes(size: int, text: int = FORM_BYTES, parts: int = FORM_PARTS) -> Callable[[View], View]:
    """Let a view receive a body of so many bytes, so many of them outside files; any other takes FORM_BYTES.

    `parts`: of so many fields and files, where files come along.
    """

    def give(view: View) -> View:
        view.takes = size, text, parts  # type: ignore[attr-defined]  # a function carries its bounds
        return view

    return give


def bound(app: Flask) -> Callable[[str, str], int]:
    """How many bytes a body may have, by method and path: for who takes bodies in before the app sees them."""
    rules = app.url_map.bind("")

    def of(method: str, path: str) -> int:
        try:
            return _takes(app, rules.match(path, method)[0])[0]
        except HTTPException:
            return FORM_BYTES

    return of


def _bound_body() -> None:
    size, text, parts = _takes(current_app, request.endpoint or "")
    request.max_content_length, request.max_form_memory_size, request.max_form_parts = size, text, parts


def _takes(app: Flask, endpoint: str) -> tuple[int, int, int]:
    return getattr(app.view_functions.get(endpoint), "takes", (FORM_BYTES, FORM_BYTES, FORM_PARTS))


def _refuse_nul_in_path(_endpoint: str | None, _arguments: dict[str, Any] | None) -> None:
    if "\x00" in request.path:  # first of all: the neighbourhood is looked up before the other checks
        abort(404)


def _say_where_we_are() -> None:
    """The address that goes into a QR code: the setting, else the one this phone used."""
    g.public_url = current_app.config["BUURT"].public_url.rstrip("/") or request.host_url.rstrip("/")


def refuse_nul() -> None:
    """Refuse a NUL sign anywhere in what was asked: no text of ours has one, and PostgreSQL takes none."""
    texts = [*request.args.values(), *request.form.values()]
    if any("\x00" in text for text in texts):
        abort(400)


def add_headers(response: Response) -> Response:
    """The headers of every answer, errors included. Only static files, and what a view marks so, may be kept."""
    wasm = " 'wasm-unsafe-eval'" if g.get("scans") else ""
    host = g.get("tiles_host")  # of a map on this page, where the operator chose one (core/maps/drawings.py)
    response.headers["Content-Security-Policy"] = CONTENT.format(
        wasm=wasm, tiles=f" {host}" if host else "", framed="*" if g.get("may_be_framed") else "'none'"
    )
    response.headers.update(HEADERS)
    response.headers["Permissions-Policy"] = ALLOWED.format(
        camera="(self)" if g.get("scans") or g.get("films") else "()", microphone="(self)" if g.get("records") else "()"
    )
    if request.is_secure and current_app.config["BUURT"].public_url:  # not for the https of a trial at home
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if response.status_code in {429, 503}:
        response.headers.setdefault("Retry-After", str(g.get("retry_after", 60)))
    if request.endpoint != "static" and not (g.get("may_be_kept") and response.status_code < 400):
        response.headers["Cache-Control"] = "private, no-store"
        response.vary.add("Cookie")
    return response


def _patience(url: str) -> dict[str, float]:
    away = {"socket_connect_timeout": 0.3, "socket_timeout": 0.3, "wrap_exceptions": True}
    return {} if url.startswith("memory") else away
