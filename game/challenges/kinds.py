"""The registry of challenge kinds: a small class each, and one line in KINDS (docs/add-a-challenge.md).

How a kind's page reads stands in `templates/game/challenges/kinds/<name>.html`.
"""

from typing import ClassVar

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Kind:
    """What a sort of challenge asks, and what it needs.

    `drawing`: its file in static/illustrations, for challenges without one of their own.
    `takes_two`: an encounter does it. `alone`: one can do it too, by being at its spot. `needs_spot`, `needs_picture`:
    without them there is no such challenge. `tells_spot`: its page names the spot, and the spot's page names it also to
    who did not scan the plate there. `has_talk_card`: its question is answered by both, in their own words.
    `is_written`: afterwards each of the two can write down what they said or made. `fields`: what makers fill in
    besides title, text, marks and days. `finds`: who did it says what they found out, alone or together, and that is
    shown together.
    """

    name: ClassVar[str]
    label: ClassVar[LazyString]
    icon: ClassVar[str]
    drawing: ClassVar[str] = "shoes.svg"
    takes_two: ClassVar[bool] = False
    alone: ClassVar[bool] = False
    needs_spot: ClassVar[bool] = False
    needs_picture: ClassVar[bool] = False
    tells_spot: ClassVar[bool] = True
    has_talk_card: ClassVar[bool] = False
    is_written: ClassVar[bool] = False
    finds: ClassVar[bool] = False
    fields: ClassVar[tuple[str, ...]] = ("question", "spot")

    @classmethod
    def needs(cls, field: str) -> bool:
        """Whether a field may not be left empty. Who may do it alone needs a question that shows they were there."""
        needed = {"question": cls.has_talk_card or cls.finds, "spot": cls.needs_spot, "on_site": cls.alone}
        return {**needed, "picture": cls.needs_picture, "options": False}[field]


class Together(Kind):
    """A photo of two residents in a situation: "met iemand die je hond kent"."""

    name = "together"
    label = _l("A photo together")
    icon = "i-samen"
    takes_two = True


class Find(Kind):
    """Find the place in the words or the picture, and stand there: alone or together."""

    name = "find"
    label = _l("Find the place")
    icon = "i-zoek"
    drawing = "challenges/find.svg"
    takes_two = True
    alone = True
    needs_spot = True
    tells_spot = False
    fields = ("question", "spot", "on_site")


class Talk(Kind):
    """Both answer the same question from a talk card."""

    name = "talk"
    label = _l("A talk")
    icon = "i-praten"
    drawing = "challenges/talk.svg"
    takes_two = True
    has_talk_card = True
    is_written = True


class ThenNow(Kind):
    """Stand where the old picture was made: alone or together."""

    name = "then_now"
    label = _l("Then and now")
    icon = "i-toen"
    takes_two = True
    alone = True
    needs_spot = True
    needs_picture = True
    fields = ("question", "spot", "on_site", "picture")


class Look(Kind):
    """Street research: look, count or note something, alone or together."""

    name = "look"
    label = _l("Look and count")
    icon = "i-oog"
    drawing = "challenges/look.svg"
    takes_two = True
    finds = True
    fields = ("question", "spot", "answer")


class Make(Kind):
    """Make something together: a drawing, a poem, a sound. A photo shows it, or words do."""

    name = "make"
    label = _l("Make something")
    icon = "i-krijt"
    drawing = "challenges/make.svg"
    takes_two = True
    is_written = True


class Apart(Kind):
    """Together without being side by side: through a window, by post, by voice."""

    name = "apart"
    label = _l("At a distance")
    icon = "i-raam"
    drawing = "challenges/apart.svg"
    takes_two = True


class Lend(Kind):
    """One lends the other something, and says when it comes back. Nobody keeps a tally."""

    name = "lend"
    label = _l("Lend something")
    icon = "i-hand"
    takes_two = True


class Swap(Kind):
    """The two swap something that is worth nothing: a plant, a book, a word. Each goes home with the other's."""

    name = "swap"
    label = _l("Swap something")
    icon = "i-doos"
    takes_two = True
    is_written = True


class Gather(Kind):
    """The two bring people together: at a table, on a bench, at something that neighbours open."""

    name = "gather"
    label = _l("Bring people together")
    icon = "i-kopje"
    takes_two = True


ASKED = (Together, Find, Talk, ThenNow, Look, Make, Apart, Lend, Swap, Gather)
KINDS: dict[str, type[Kind]] = {kind.name: kind for kind in ASKED}
