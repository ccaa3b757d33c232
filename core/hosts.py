"""Where a request came: at a host that is one, as the operator's proxies say it; and a change only from pages there."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from flask_babel import lazy_gettext as _l
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wsgi import get_host

from core.refusal import Refusal, Sort

Wsgi = Callable[..., Iterable[bytes]]

CHANGES = {"POST", "PUT", "PATCH", "DELETE"}
NO_HOST = "buurtspoor.no_host"
ELSEWHERE = _l("This came from another page than ours, so we did nothing. Open our page again, and try once more.")
HIDDEN = _l("Your browser hides which page this came from, so we did nothing. Try it in another browser.")
LACKS = "Behind a proxy something lacks: %s See docs/deploy.md, Behind Caddy or nginx."
NO_PROXIES = (
    "BUURT_PROXIES is 0, so we do not believe the proxy in front about https, host and address: "
    "all visitors count as one, and forms of some browsers are refused. Set it to how many proxies there are."
)
NO_URL = "forms come from %s, and we are asked as %s. If the first is this site, set BUURT_PUBLIC_URL to it."
NOT_SAID = (
    "BUURT_PUBLIC_URL is %s, and we are asked as %s. Let the proxy pass Host and X-Forwarded-Proto on, "
    "or set BUURT_PROXIES to how many proxies there are."
)


def init_app(app: Flask) -> None:
    """Believe as many proxies as BUURT_PROXIES says; refuse a host that is none, and a form of another site."""
    app.wsgi_app = _with_a_host(app.wsgi_app)  # type: ignore[method-assign]
    if hops := app.config["BUURT"].proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.url_value_preprocessor(_refuse_no_host)
    app.before_request(refuse_cross_site)


def refuse_cross_site() -> None:
    """Refuse a change that another site asks for (Sec-Fetch-Site, Origin). No tokens: read pages set no cookie."""
    if request.method not in CHANGES:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        is_ours = site in {"same-origin", "none"}
    else:
        is_ours = origin in {None, _used()} or _is_ours_by_another_way(str(origin))
    if not is_ours:
        raise Refusal(HIDDEN if site is None and origin == "null" else ELSEWHERE, Sort.FORBIDDEN)


def _is_ours_by_another_way(origin: str) -> bool:
    """The setting says that it is, although this request came as if to another; the operator hears what lacks."""
    settings = current_app.config["BUURT"]
    own = urlsplit(settings.public_url)
    is_ours = origin == f"{own.scheme}://{own.netloc}"
    if is_ours:
        _tell(NOT_SAID % (settings.public_url, _used()))
    elif not settings.public_url and origin != "null":
        _tell(NO_URL % (origin, _used()))
    return is_ours


def _used() -> str:
    return request.host_url.rstrip("/")


def _with_a_host(app: Wsgi) -> Wsgi:
    """The app, which never meets a host or scheme that is none: it is told, and refuses on a page of its own."""

    def asked(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        if not _is_at_a_host(environ):
            environ |= {"HTTP_HOST": "localhost", "wsgi.url_scheme": "http", NO_HOST: True}
        return app(environ, start_response)

    return asked


def _is_at_a_host(environ: dict[str, Any]) -> bool:
    try:
        return environ["wsgi.url_scheme"] in {"http", "https"} and bool(get_host(environ).encode("idna"))
    except UnicodeError:
        return False


def _refuse_no_host(_endpoint: str | None, _arguments: dict[str, Any] | None) -> None:
    if NO_HOST in request.environ:
        abort(400)
    if "X-Forwarded-Proto" in request.headers and not current_app.config["BUURT"].proxies:
        _tell(NO_PROXIES)


def _tell(what: str) -> None:
    """Tell the operator, once in this process."""
    told = current_app.extensions.setdefault("told the operator", set())
    if what not in told and len(told) < 5:  # made-up origins do not fill a log
        told.add(what)
        current_app.logger.warning(LACKS, what)
