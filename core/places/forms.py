"""What a form says of a place in numbers."""

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
        raise Refusal(_l("How close one has to be is 25 to 150 metres."), Sort.INVALID)
    return found
