"""What the log keeps of the life of a story: what was done, as what, and never a word or a key of who tells it."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core.audit.acts import Acts
from core.contributions.models import Contribution
from tours.stories.uses import KIND

TELLER, GUARDIAN, HELPER, ITSELF = "teller", "guardian", "helper", "itself"  # as what, beside the roles
TEACHER = "class teacher"  # of a pupil
WHO: Mapping[str, LazyString] = {
    TELLER: _l("who tells it"), GUARDIAN: _l("who cares for the teller"), HELPER: _l("who typed it for the teller"),
    TEACHER: _l("the teacher of who tells it"), ITSELF: _l("by itself"),
}  # fmt: skip
PAUSES: Mapping[str, LazyString] = {  # why an editor lets a story rest
    "looking": _l("Somebody asked a question about it. We look into that first."),
    "private": _l("Perhaps it says something private of somebody."),
    "hurtful": _l("Perhaps it hurts somebody."),
    "picture": _l("We do not know whose a picture is, or who is in it."),
}
ACTS = Acts(
    "stories",
    _l("Stories"),
    {
        "story.tell": _l("told a story"),
        "story.change": _l("changed their story"),
        "story.edit": _l("changed a story"),
        "story.enter": _l("put in a yes that was said on paper or aloud"),
        "story.yes": _l("said yes to a story"),
        "story.end": _l("took their yes to a story back"),
        "story.wish": _l("asked to change a story"),
        "story.uses": _l("changed where a story may stand"),
        "story.nameless": _l("took the name away from a story"),
        "story.reported": _l("hid a story that was reported"),
        "story.pause": _l("let a story rest"),
        "story.go_on": _l("ended the rest of a story"),
        "story.withdraw": _l("took a story away"),
    },
    reasons=lambda: PAUSES,
    who=WHO,
)


def about(story: Contribution) -> tuple[str, int]:
    """What an entry is about, and where. A teller has no key there, only as what they did it."""
    return f"{KIND} {story.key}", story.neighbourhood_id
