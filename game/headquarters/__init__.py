"""The desk in the neighbourhood house: a host witnesses meetings, and taps for people without a phone."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.audit import acts
from game.headquarters import care_pages, mirror, person_pages, views

ACTS = acts.Acts(  # without names: the log does not tell who met whom
    "meetings",
    _l("Meetings"),
    {
        "meeting.witness": _l("Saw a meeting at the desk of the house"),
        "player.see": _l("Saw somebody’s card at the desk of the house"),
        "meeting.yes for": _l("Said yes to a meeting for who has no phone"),
        "meeting.no for": _l("Said no to a meeting for who has no phone"),
        "photo.withdraw for": _l("Took a photo away for who has no phone"),
        "photo.choose for": _l("Kept who may see a photo, as signed on paper"),
        "points.ask for": _l("Asked about points for who has no phone"),
        "answer.appeal for": _l("Asked another editor for who has no phone"),
        "card.open": _l("Opened somebody’s card at the desk of the house"),
        "card.again": _l("Made a new card for who has no phone"),
    },
    on_players=frozenset({"card.open", "card.again"}),
)


def init_app(app: Flask) -> None:
    """Register the pages of the desk and of the team, and how what hosts do reads in the log."""
    views.init_app(app)
    person_pages.init_app(app)
    care_pages.init_app(app)
    mirror.init_app(app)
    acts.PARTS.add(app, ACTS.part, ACTS)
