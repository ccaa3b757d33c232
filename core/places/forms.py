"""What a form says of where a place is."""

from math import isfinite

from flask_babel import lazy_gettext as _l

from core.refusal import Refusal, Sort


def number(text: str) -> float:
    """A number as people write it, with a point or a comma. Raises Refusal for anything else."""
    try:
        found = float(text.replace(",", ".")[:30])
    except ValueError:
        found = float("nan")
    if not isfinite(found):
        raise Refusal(_l("Write latitude and longitude in degrees, such as 52.0907 and 5.1214."), Sort.INVALID)
    return found
