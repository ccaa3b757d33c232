"""What the desk promises, which reasons there are, and which of them hide a thing at once (docs/rules.md §3)."""

from datetime import timedelta

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

REPORTED_WITHIN, OTHERS_WITHIN = timedelta(hours=24), timedelta(days=7)
AWAY_KEEPS = REPORTED_WITHIN  # the bytes of a photo that was taken away, for another editor (docs/privacy.md)
UNDO_WITHIN = timedelta(minutes=5)  # the page counts ten seconds; a slow phone gets longer
REPORTS_THAT_HIDE = 2  # of different reasons or moments; a grave one alone is enough

WRONG: dict[str, LazyString] = {  # what anybody may say of a thing
    "me": _l("I am in it and do not want this."),
    "child": _l("A child is in it."),
    "naked": _l("Somebody is naked or in danger."),
    "threat": _l("It threatens or insults somebody."),
    "private": _l("It says something private of somebody."),
    "other": _l("Something else is wrong."),
}
GRAVE = frozenset({"me", "child", "naked", "threat"})

REASONS: dict[str, LazyString] = {  # what an editor gives as a reason
    "recognisable": _l("Somebody who did not say yes can be recognised."),
    "private": _l("It says something private of somebody."),
    "hurtful": _l("It can hurt somebody."),
    "unclear": _l("It cannot be seen or read well."),
    "elsewhere": _l("It has nothing to do with this neighbourhood."),
}


def within(is_reported: bool) -> timedelta:
    """How soon an answer is promised."""
    return REPORTED_WITHIN if is_reported else OTHERS_WITHIN
