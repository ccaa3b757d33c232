"""What stands on a challenge besides its words."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from game.challenges.models import Challenge


def of(challenge: Challenge) -> list[tuple[LazyString, str]]:
    """Its theme in each language, its zone, what is asked at its place."""
    theme = " · ".join(words["name"] for words in challenge.theme.texts.values()) if challenge.theme else ""
    zone = challenge.told_zone.name if challenge.told_zone else ""
    said = " · ".join(f"{one['question']} ({one['answers']})" for one in asked(challenge).values())
    along = ((_l("Theme"), theme), (_l("Zone"), zone), (_l("Asked at the place"), said))
    return [(label, text) for label, text in along if text]


def asked(challenge: Challenge) -> dict[str, dict[str, str]]:
    """What only who stands there can answer, by language: the question, and what counts as right."""
    site = challenge.on_site or {}
    return {code: {"question": one["question"], "answers": ", ".join(one["answers"])} for code, one in site.items()}
