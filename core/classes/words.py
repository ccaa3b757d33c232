"""What a teacher can say to crews: fixed sentences, so that nobody writes to a child."""

from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Says(NamedTuple):
    """A sentence, and its drawing."""

    sentence: LazyString
    icon: str


COMING = "coming"
WORDS: dict[str, Says] = {
    "back": Says(_l("Come back to the meeting point."), "terug"),
    "minutes": Says(_l("Ten minutes left."), "wacht"),
    "well": Says(_l("Well done."), "hinkel"),
    COMING: Says(_l("Stay where you are. I am coming."), "hier"),
}
