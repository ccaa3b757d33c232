"""Being there: what a phone's fix says about a spot. The position is judged here and dropped; only the verdict stays.

docs/rules.md §4, "Spots and being there".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from core.places import geo
from core.places.models import Spot

COARSEST = 100.0  # metres: a fix that says less well where it is says nothing about a spot
FAR_BEYOND = 100.0  # metres past the spot's reach, the fix's own doubt already taken off


class Verdict(StrEnum):
    """What a fix says. None of them blocks, none accuses."""

    VERIFIED = "verified"
    NEAR = "near"
    FAR = "far"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Fix:
    """Where a phone thinks it is (WGS 84 degrees), and how sure it is of that (metres). Never stored."""

    lat: float
    lon: float
    accuracy: float


def read(form: Mapping[str, str]) -> Fix | None:
    """The fix in the fields `lat`, `lon` and `accuracy` of a form; None when there is none or it is absurd."""
    try:
        lat, lon, accuracy = (float(form.get(name, "")[:40]) for name in ("lat", "lon", "accuracy"))
    except ValueError:
        return None
    is_sane = abs(lat) <= 90 and abs(lon) <= 180 and accuracy > 0 and isfinite(accuracy)  # NaN compares false
    return Fix(lat, lon, accuracy) if is_sane else None


def verdict(spot: Spot, fix: Fix | None) -> Verdict:
    """Judge a fix against a spot: a radius around a point, or a border, which has no radius beside it."""
    if fix is None or fix.accuracy > COARSEST:
        return Verdict.UNKNOWN
    away, reach = geo.distance_to(spot, fix.lat, fix.lon), 0.0 if spot.border else spot.radius
    if away <= reach + fix.accuracy:
        return Verdict.VERIFIED
    return Verdict.FAR if away - fix.accuracy > reach + FAR_BEYOND else Verdict.NEAR


def metres_away(spot: Spot, fix: Fix) -> int:
    """How far the spot seems, as a person would say it: in steps of 50 metres, from 1,000 on in whole kilometres."""
    away = geo.distance_to(spot, fix.lat, fix.lon)
    step = 50 if away < 975 else 1000
    return max(step, round(away / step) * step)
