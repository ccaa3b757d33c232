"""Which ways can be walked, and without a step: read from the tags that mappers gave them."""

import re
from collections.abc import Mapping
from datetime import date

from tours.routing.legs import StepFree

Tags = Mapping[str, str]
Judged = tuple[StepFree, str, date | None]  # the answer, the tag that says so, and the day somebody checked that

KEPT = frozenset({
    "highway", "surface", "smoothness", "kerb", "wheelchair", "incline", "width", "barrier", "step_count", "ramp",
    "ramp:wheelchair", "foot", "oneway:foot", "name", "check_date", "survey:date", "tunnel", "bridge", "lit",
})  # fmt: skip
WALKED = frozenset({
    "footway", "path", "pedestrian", "steps", "residential", "living_street", "service", "unclassified", "tertiary",
    "tertiary_link", "secondary", "secondary_link", "primary", "primary_link", "track", "cycleway", "road", "platform",
})  # fmt: skip
WHEN_SAID = frozenset({"trunk", "trunk_link", "bridleway", "corridor", "busway"})
ALLOWED = frozenset({"yes", "designated", "permissive", "official"})
CLOSED = frozenset({"no", "private", "customers", "delivery", "permit", "military"})
HARD = frozenset({"asphalt", "paved", "concrete", "paving_stones", "concrete:plates", "bricks", "wood", "metal"})
STEEPEST, NARROWEST = 10.0, 0.8  # per cent, metres
_NO: dict[str, frozenset[str]] = {
    "wheelchair": frozenset({"no"}),
    "kerb": frozenset({"raised", "regular", "yes"}),
    "barrier": frozenset({"stile", "kissing_gate", "turnstile", "full-height_turnstile", "step", "log", "debris"}),
    "smoothness": frozenset({"very_bad", "horrible", "very_horrible", "impassable"}),
    "surface": frozenset({"sand", "mud", "unhewn_cobblestone", "stepping_stones", "rock"}),
}
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


def is_walked(tags: Tags) -> bool:
    """Whether people on foot may use a way."""
    kind, foot = tags.get("highway"), tags.get("foot")
    if foot in ALLOWED:
        return kind in WALKED | WHEN_SAID
    return kind in WALKED and foot not in CLOSED and tags.get("access") not in CLOSED


def judge(tags: Tags) -> Judged:
    """Whether a way, or what stands on it, can be passed without a step. What nobody said is unknown, never yes."""
    checked = _day(tags.get("check_date") or tags.get("survey:date") or "")
    if said := _no(tags):
        return StepFree.NO, said, checked
    if tags.get("wheelchair") in {"yes", "designated"}:
        return StepFree.YES, f"wheelchair={tags['wheelchair']}", checked
    if tags.get("surface") in HARD and tags.get("smoothness") in {"excellent", "good", "intermediate"}:
        return StepFree.YES, f"smoothness={tags['smoothness']}", checked
    return StepFree.UNKNOWN, "", None


def _no(tags: Tags) -> str:
    """The tag that makes it impassable, or nothing."""
    if tags.get("highway") == "steps" and "yes" not in {tags.get("ramp:wheelchair"), tags.get("wheelchair")}:
        return "highway=steps"
    found = next((key for key, values in _NO.items() if tags.get(key) in values), "")
    if not found and abs(_number(tags.get("incline", ""), 0.0)) > STEEPEST:
        found = "incline"
    if not found and _number(tags.get("width", ""), NARROWEST) < NARROWEST:
        found = "width"
    return f"{found}={tags[found]}" if found else ""


def _number(text: str, default: float) -> float:
    """A per cent or metres; what is in degrees, in feet or in words counts as nothing said."""
    found = _NUMBER.match(text.strip())
    if not found or any(sign in text for sign in ("°", "'", '"', "ft")):
        return default
    return float(found[0].replace(",", "."))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
