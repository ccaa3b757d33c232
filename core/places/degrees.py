"""Where a place is, as people write or paste it: in degrees, the numbers apart or both in one field."""

from collections.abc import Callable

import regex
from flask_babel import lazy_gettext as _l

from core import spelling
from core.refusal import Refusal, Sort

NUMBER = r"\d+(?:[.,٫]\d+)?"
PARTS = rf"(?:\s*(?P<minutes>{NUMBER})\s*['’′])?(?:\s*(?P<seconds>{NUMBER})\s*[\"”″])?"
TURN = rf"(?P<degrees>[-+−]?\s?{NUMBER})\s*[°º]?{PARTS}"
SIDE = r"(?P<side>[NSZEOW])[BL]?\b"  # of the compass, in Dutch too: NB, ZB, OL, WL
ONE = regex.compile(rf"(?:{SIDE}\s*{TURN}|{TURN}(?:\s*{SIDE})?)", regex.IGNORECASE)
BETWEEN = " ,;/()"

Place = tuple[float, float]


def read(lat: str, lon: str) -> Place:
    """Latitude and longitude of two fields, or of the one that holds both.

    52,0907 and 5,1014 · 52.0907, 5.1014 · 52.0907° N, 5.1014° E · 52°5′26″N 5°6′5″E. Raises Refusal for anything else.
    """
    both = [found for text in (lat, lon) if len(found := _found(text)) == 2]
    pair = both[0] if both else _found(lat) + _found(lon)
    if len(pair) != 2:
        raise _wrong()
    if pair[0]["side"] and pair[0]["side"].upper() in "EOW":
        pair.reverse()
    place = _degrees(pair[0]), _degrees(pair[1])
    if not (abs(place[0]) <= 90 and abs(place[1]) <= 180):
        raise _wrong()
    return place


def must_lie(place: Place, is_here: Callable[[float, float], bool], sentence: object) -> None:
    """Raises Refusal with this sentence for a place that is not here; with another where its numbers are swapped."""
    if is_here(*place):
        return
    if is_here(place[1], place[0]):
        sentence = _l("The two numbers stand the other way round. First latitude, then longitude.")
    raise Refusal(sentence, Sort.INVALID, field="lat")


def _found(text: str) -> list["regex.Match[str]"]:
    plain = spelling.line(text[:120])
    return [] if ONE.sub("", plain).strip(BETWEEN) else list(ONE.finditer(plain))


def _degrees(found: "regex.Match[str]") -> float:
    whole, *parts = (_number(found[name] or "0") for name in ("degrees", "minutes", "seconds"))
    if any(part >= 60 for part in parts):
        raise _wrong()
    turned = abs(whole) + parts[0] / 60 + parts[1] / 3600
    is_south_or_west = (found["side"] or "").upper() in {"S", "Z", "W"} or found["degrees"][0] in "-−"
    return -turned if is_south_or_west else turned


def _number(text: str) -> float:
    return float(text.replace(",", ".").replace("٫", ".").replace("−", "-").replace(" ", ""))


def _wrong() -> Refusal:
    return Refusal(_l("Write latitude and longitude in degrees, such as 52.0907 and 5.1214."), Sort.INVALID)
