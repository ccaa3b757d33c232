"""What the desk can decide about: a registry, one handler a kind of thing."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, NamedTuple, Protocol, runtime_checkable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from core.desk import reasons
from core.desk.models import Decision, Verdict
from core.guard import Role
from core.registry import Registry

Before = Mapping[str, Any] | None
UNSEEN = frozenset({"since", "since_exactly", "who", "readers", "draw", "labels", "asks", "logged"})
"""Of an item: what no page tells, or tells as of now; and the labels, which `Waiting.labels` has with all others."""
MOST = 100  # of a kind that the queue loads: a thousand may wait


@dataclass(frozen=True)
class Item:
    """A thing as the desk shows it. `who`: the keys of those in it or behind it, who never decide about it."""

    kind: str
    key: str
    title: LazyString  # what sort of thing it is
    since: datetime
    who: frozenset[str]
    ask: int = 0  # which ask this is: it grows each time that it is asked for anew, and an answer is to one of them
    called: str = ""  # which one of its sort, in the words of residents or makers
    lang: str | None = None  # that it is called so in
    where: str = ""
    facts: Sequence[tuple[LazyString, LazyString | str]] = ()
    picture: str | None = None  # by which `Handler.pictures` serves it
    size: tuple[int, int] | None = None  # of that picture, in pixels
    words: str | None = None  # what it says, where it says something
    draw: Callable[[], Markup] | None = None  # how everybody would see it, in the place of its words
    drawn_from: object = None  # what `draw` shows that stands nowhere else here, as JSON
    labels: Mapping[Verdict, LazyString] = field(default_factory=dict)  # where an answer does something else than usual
    stays: LazyString | None = None  # why it can neither be sent back nor taken away
    no_yes: LazyString | None = None  # why it cannot be found good now
    is_childs: bool = False  # then a second editor says yes too
    is_public: bool = False
    is_away: bool = False  # an editor took it away, and another one may still bring it back
    asks: bool = True  # it waits of its own accord; else only where it was reported, or another editor was asked
    readers: frozenset[str] | None = None  # who is told of an answer, where that is not all of `who`
    since_exactly: datetime | None = None  # where `since`, which the page tells and orders by, says it less exactly
    letters: str = ""  # of the player it is about and names, for giving them a pause
    at: tuple[float, float] | None = None  # where it is (WGS 84 degrees), for the map beside it
    logged: str | None = None  # what the audit log calls it, where its key tells who somebody is

    @property
    def asked_at(self) -> datetime:
        """Since when it waits: what the promise is counted from. No page tells it."""
        return self.since_exactly or self.since

    @property
    def seen(self) -> Mapping[str, object]:
        """All of it that the page shows, and which ask it is. A new field belongs to it."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name not in UNSEEN}

    @property
    def name_in_log(self) -> str:
        """What the audit log, which keeps everything, calls it."""
        return f"{self.kind} {self.logged or self.key}"


@dataclass(frozen=True)
class Answers:
    """What an editor can say of a kind of thing: a verdict that has no label is neither offered nor taken.

    Those in it are told of every verdict that has words in `told`, of GOOD only where they had asked another editor;
    they may ask another editor unless it is `final`.
    """

    labels: Mapping[Verdict, LazyString]  # on the buttons: what the answer does, unless an item says it otherwise
    done: Mapping[Verdict, LazyString]  # to the editor, after it
    told: Mapping[Verdict, LazyString]
    reasons: Mapping[str, LazyString] = field(default_factory=lambda: reasons.REASONS)
    """One of them goes with BACK and AWAY."""
    onwards: tuple[str, LazyString] | None = None  # the page where they can do something about BACK, and its words
    why: Callable[[Collection[Decision]], Mapping[str, Sequence[LazyString]]] = lambda _decisions: {}
    """What else those who are told read, by the key of the decision: with as many questions for ten as for one."""
    final: Collection[Verdict] = frozenset({Verdict.GOOD, Verdict.AWAY})
    begins_here: bool = False  # an editor makes such a thing, by what is then the first decision about it
    of_player: Callable[[str], Collection[str]] = lambda _player: ()
    """The keys of those that are about who somebody is: what was said of them goes when that player is erased."""


MAY_STAY = _l("May stay")
A_SECOND_LOOKS = _l("Yes, and a second editor looks")
A_SECOND_WILL = _l("A second editor looks at it too.")


class Handler(Protocol):
    """How a kind of thing waits, becomes public, and goes. What changes runs inside `writing()`."""

    kind: str
    label: LazyString
    icon: str
    answers: Answers  # USUAL, or others

    def waiting(self, neighbourhood_id: int, editor: str) -> Sequence[Item]:
        """What asks for this editor's look, the oldest first, at most `MOST`.

        Not what they are in themselves, nor what was answered already (`queries.answered`): else those would fill it.
        """

    def get(self, neighbourhood_id: int, key: str) -> Item | None:
        """One of them, waiting or public; locked until the end of the transaction."""

    def some(self, neighbourhood_id: int, keys: Collection[str]) -> Sequence[Item]:
        """Those of them that are still there, with one question."""

    def publish(self, key: str, editor: str, role: Role) -> None:
        """It may be seen. `role`: as what the editor decides."""

    def hide(self, key: str, editor: str, role: Role) -> None:
        """It may not be seen, for now or for good; also what undoes `publish`. By a report: of no editor, a visitor."""

    def take_away(self, key: str, editor: str) -> Before:
        """It goes for everybody, also for its makers. What `bring_back` has to know, as JSON."""

    def bring_back(self, key: str, editor: str, before: Before) -> None:
        """Undo `take_away`, a moment later."""


@runtime_checkable
class Blurring(Handler, Protocol):
    """A handler of things of which an editor can make a part unrecognisable: it has a label for BLUR."""

    pictures: str  # the page that serves a picture of it by its key and size, to editors
    changes: str  # the page that takes what an editor made of one

    def blur(self, key: str, made: Any, editor: str, role: Role) -> str:
        """Put what the editor made in its place and publish it: the key that it has from then on."""

    def unblur(self, key: str, editor: str, role: Role) -> str:
        """Undo `blur`, a moment later: it may not be seen for now. The key that it has again."""


class Elsewhere(NamedTuple):
    """Something that waits for somebody else than the editors, and since when."""

    title: LazyString  # what sort of thing it is
    called: str
    lang: str
    since: datetime


ELSEWHERE: Registry[Callable[[int], Sequence[Elsewhere]]] = Registry("what waits for others than the editors")
"""Of a neighbourhood, the longest first."""
HANDLERS: Registry[Handler] = Registry("what the desk decides about")
"""By kind."""


def labels() -> dict[str, LazyString]:
    """What each kind of thing is called."""
    return {handler.kind: handler.label for handler in HANDLERS.all()}


def reasons_given() -> dict[str, LazyString]:
    """The sentence of every reason that an editor can give, of whatever kind of thing."""
    return {reason: words for handler in HANDLERS.all() for reason, words in handler.answers.reasons.items()}
