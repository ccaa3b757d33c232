"""Looking an address up for a maker, at a service that speaks Nominatim (BUURT_GEOCODER). Off unless it is set.

Our server asks, and sends the words and the neighbourhood: nothing of the reader. What comes back is not to be trusted.
"""

import json
import time
from collections.abc import Callable
from concurrent.futures import Future
from http.client import HTTPException
from math import isfinite
from threading import BoundedSemaphore, Thread
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from flask import current_app
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_limiter import RateLimitExceeded
from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut, GeopyError
from geopy.geocoders import Nominatim

from core import spelling
from core.neighbourhoods.models import Neighbourhood
from core.security import limiter

PACE = "1 per second; 200 per hour"  # of everybody together: what public services ask of one application
PATIENCE = 3  # seconds, for the whole answer
AT_ONCE, LOOKING_UP = 4, "looking an address up"  # threads that ask, and what they are called
LARGEST = 64 * 1024  # bytes of an answer
MOST, LONGEST = 5, 160  # addresses, and letters of one

Corner = tuple[float, float]  # latitude and longitude
AROUND = 0.02  # degrees, some 2 km: how far beside a neighbourhood, or around its middle, an address is looked for
_free = BoundedSemaphore(AT_ONCE)


class Address(NamedTuple):
    """An address that was found, as the service writes it."""

    name: str
    lat: float
    lon: float


class Answer(NamedTuple):
    """What came of it: addresses, or a sentence why there are none."""

    found: list[Address]
    sentence: LazyString | None = None


def find(words: str, within: tuple[Corner, Corner]) -> Answer:
    """The addresses of these words inside a box (two opposite corners), at most five. Never raises."""
    try:
        found = _ask(spelling.line(words)[:LONGEST], within)
    except RateLimitExceeded:
        return Answer([], _l("Somebody looked an address up just now. Wait a moment and try again."))
    except GeopyError:
        return Answer([], _l("We cannot look addresses up now. Put the pin on the map yourself."))
    return Answer(found, None if found else _l("We did not find that address in this neighbourhood."))


def around(here: Neighbourhood) -> tuple[Corner, Corner]:
    """Where addresses of a neighbourhood lie: two opposite corners."""
    lats, lons = zip(*(here.border or [[here.lat, here.lon]]), strict=True)
    return (min(lats) - AROUND, min(lons) - AROUND), (max(lats) + AROUND, max(lons) + AROUND)


@limiter.shared_limit(PACE, scope="geocoder", key_func=lambda: "everybody")
def _ask(words: str, within: tuple[Corner, Corner]) -> list[Address]:
    settings = current_app.config["BUURT"]
    scheme, _, domain = settings.geocoder.partition("://")
    service = Nominatim(
        scheme=scheme, domain=domain, timeout=PATIENCE, adapter_factory=_Bounded,
        user_agent=f"Buurtspoor {settings.public_url}".strip(),
    )  # fmt: skip
    places = _in_time(lambda: service.geocode(words, exactly_one=False, limit=MOST, viewbox=within, bounded=True))
    (south, west), (north, east) = (tuple(map(side, *within)) for side in (min, max))
    found = (Address(place.address, place.latitude, place.longitude) for place in places or [])
    return [one for one in found if south <= one.lat <= north and west <= one.lon <= east][:MOST]


def _in_time(ask: Callable[[], Any]) -> Any:
    """What comes of asking, within PATIENCE whatever the service does: a socket's own limit begins anew at each byte.

    One that hangs is left to itself, in a thread that a stop does not wait for. Where AT_ONCE hang, nobody is asked.
    """
    if not _free.acquire(blocking=False):
        raise GeocoderTimedOut("all are busy")
    answer: Future[Any] = Future()
    Thread(target=_answer, args=(ask, answer, _free), name=LOOKING_UP, daemon=True).start()
    try:
        return answer.result(PATIENCE)
    except TimeoutError as fault:
        raise GeocoderTimedOut("too slow") from fault


def _answer(ask: Callable[[], Any], answer: Future[Any], held: BoundedSemaphore) -> None:
    try:
        answer.set_result(ask())
    except Exception as fault:  # noqa: BLE001  # it goes on in the thread that waits
        answer.set_exception(fault)
    finally:
        held.release()


class _NoRedirects(HTTPRedirectHandler):
    """An answer from elsewhere is none: the operator named one host."""

    def redirect_request(self, *_arguments: Any) -> None:
        return None


class _Bounded(BaseSyncAdapter):  # type: ignore[misc]  # geopy ships no types
    """geopy's way out: so many bytes, so many seconds in all, and only what looks like places."""

    def __init__(self, *, proxies: dict[str, str] | None, ssl_context: object) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self.open: Callable[..., Any] = build_opener(ProxyHandler(proxies), _NoRedirects()).open

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        until = time.monotonic() + timeout
        try:
            with self.open(Request(url, headers=headers), timeout=timeout) as answer:
                return _read(answer, until).decode()
        except HTTPError as fault:
            fault.close()
            raise AdapterHTTPError("no", status_code=fault.code, headers={}, text=None) from fault
        except TimeoutError as fault:
            raise GeocoderTimedOut("too slow") from fault
        except OSError as fault:
            raise GeocoderServiceError("away") from fault
        except (ValueError, HTTPException) as fault:
            raise GeocoderParseError("no text") from fault

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> list[dict[str, Any]]:
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            places = json.loads(text)
            return [_place(place) for place in places[:MOST]]
        except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as fault:
            raise GeocoderParseError("no list of places") from fault


def _read(answer: Any, until: float) -> bytes:
    """The whole answer; one byte now and then does not make it wait longer."""
    body = b""
    while piece := answer.read1(LARGEST):
        body += piece
        if len(body) > LARGEST:
            raise GeocoderParseError("too large")
        if time.monotonic() > until:
            raise GeocoderTimedOut("too slow")
    return body


def _place(found: dict[str, Any]) -> dict[str, Any]:
    name, lat, lon = " ".join(str(found["display_name"]).split()), float(found["lat"]), float(found["lon"])
    if not (name and name.isprintable() and abs(lat) <= 90 and isfinite(lon)):
        raise ValueError("no place")
    return {"display_name": name[:LONGEST], "lat": lat, "lon": lon}
