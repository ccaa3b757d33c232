"""Making a kit: begun over a walk, filled in one sitting, published by its maker, and taken away (docs/rules.md §7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core import clock, codes, spelling
from core.database import db
from core.refusal import Refusal, Sort
from tours.lessons import content, lesson, offers
from tours.lessons.content import Content
from tours.lessons.levels import LEVELS
from tours.lessons.models import Kit, State
from tours.lessons.tasks import KINDS, Task
from tours.walks.models import Tour

LEAST_MINUTES, MOST_MINUTES = 30, 300
FEWEST = 2  # tasks of a kit that everybody sees


@dataclass(frozen=True)
class Choice:
    """A task that somebody ticked: by its key, or by the name of an offer; with the words they want for it."""

    name: str
    ask: str
    minutes: int


def make(tour: Tour, title: str, language: str, level: str, minutes: int, maker: str | None) -> Kit:
    """A new kit over a walk, with a plan to change and no tasks. Its address is made of its title, and stays."""
    with force_locale(language):
        said = Content(title, **_first_words(), tags=("time", "around"))
    kit = Kit(
        key=codes.new_key(), neighbourhood_id=tour.neighbourhood_id, slug=_slug(tour.neighbourhood_id, title),
        language=language, level=level, minutes=minutes, tour=tour, maker=maker, content=said.written(),
        changed_at=clock.now(),
    )  # fmt: skip
    db.session.add(kit)
    db.session.flush()
    return kit


def write(kit: Kit, words: Mapping[str, Any], level: str, minutes: int) -> None:
    """What it says besides its tasks. Raises Refusal for what does not fit."""
    kit.level, kit.minutes = LEVELS[level].name, minutes
    _keep(kit, content.read({**kit.content, **words}))


def choose(kit: Kit, number: int, ticked: Iterable[Choice], own: tuple[str, str] | None = None) -> int:
    """These are the tasks of a stop: chosen before or offered there, each in these words; and one of one's own.

    The number of the stop that comes next, 0 after the last.

    Raises Refusal for a stop that is not there (any more), and for words that do not fit.
    """
    seen = lesson.whole(kit)
    halt = next((halt for halt in seen.halts if halt.number == number), None)
    if halt is None:
        raise Refusal(_l("That stop is not in this walk (any more)."), Sort.UNKNOWN)
    there = {task.key: task for task in halt.tasks}
    offered = {task.offer: task for task in offers.of(seen, halt)}
    chosen = [_worded(there.get(one.name) or offered.get(one.name), one) for one in ticked]
    written = [task for task in chosen if task]
    if own and own[1] not in {task.ask for task in written}:
        written.append(_own(halt.shown.stop.spot.key, *own))
    others = [task for task in seen.content.tasks if task.key not in there]
    _keep(kit, content.read(replace(seen.content, tasks=tuple(_keyed([*others, *written]))).written()))
    return number + 1 if number < len(seen.halts) else 0


def take_one_each(kit: Kit) -> None:
    """A task that is on offer at each place that has none: of a kind that the lesson has not, where there is one."""
    seen = lesson.whole(kit)
    tasks = list(seen.content.tasks)
    for halt in seen.bare:
        offered, kinds = offers.of(seen, halt), {task.kind for task in tasks}
        tasks += sorted(offered, key=lambda task: task.kind in kinds)[:1]
    _keep(kit, content.read(replace(seen.content, tasks=tuple(_keyed(tasks))).written()))


def publish(kit: Kit, names_nobody: bool) -> None:
    """Everybody sees it. Raises Refusal where it has too little, and unless its maker says that it names nobody."""
    if not names_nobody:
        raise Refusal(_l("Look first whether the lesson names nobody, and tick that."), Sort.INVALID)
    if len(lesson.whole(kit).tasks) < FEWEST:
        raise Refusal(_l("Choose two tasks or more first."), Sort.CONFLICT)
    kit.state, kit.published_at = State.PUBLISHED, kit.published_at or clock.now()
    db.session.flush()


def take_back(kit: Kit) -> None:
    """Only its maker sees it again."""
    kit.state = State.DRAFT
    db.session.flush()


def retire(kit: Kit) -> None:
    """Nobody sees it any more."""
    kit.state = State.RETIRED
    db.session.flush()


def copy(kit: Kit, maker: str) -> Kit:
    """The same as somebody's own draft."""
    made = make(kit.tour, kit.title, kit.language, kit.level, kit.minutes, maker)
    made.content = {**kit.content, "credit": ""}
    db.session.flush()
    return made


def drop(kit: Kit, story: str) -> None:
    """What is made of a story leaves it for good."""
    _keep(kit, content.read(kit.content).without(story))


def _keep(kit: Kit, said: Content) -> None:
    kit.content, kit.version, kit.changed_at = said.written(), kit.version + 1, clock.now()
    db.session.flush()


def _first_words() -> dict[str, Any]:
    """A plan that fits any walk."""
    return {
        "goal": _("The class sees that a street changes, and that people tell about it in different ways."),
        "before": (
            _("Read one story together."), _("Make crews. Each crew is an animal."),
            _("Agree how you walk on the pavement."),
        ),
        "outside": (_("Each crew begins at another stop."), _("Look, count, listen and ask.")),
        "after": (_("Look together at what you found."), _("What was different then, and what is now?")),
        "meeting": _("Meet at stop 1."),
        "risks": (
            _("Cross with the whole crew."), _("One holds the tablet, the others look around."),
            _("Stay within sight of a grown-up."), _("Too hot, too wet, or thunder? Do it inside, on paper."),
        ),
    }  # fmt: skip


def _worded(task: Task | None, choice: Choice) -> Task | None:
    return replace(task, ask=choice.ask or task.ask, minutes=choice.minutes or task.minutes) if task else None


def _own(at: str, kind: str, ask: str) -> Task:
    said = KINDS[kind].plain() if kind in KINDS else None
    if said is None:
        raise Refusal(_l("Choose one of the list."), Sort.INVALID)
    return Task("", kind, at, ask, minutes=KINDS[kind].minutes, said=said)


def _keyed(tasks: Iterable[Task]) -> list[Task]:
    """Each with a key; one that has one keeps it."""
    return [task if task.key else replace(task, key=codes.new_key()[:8]) for task in tasks]


def _slug(neighbourhood_id: int, title: str) -> str:
    plain = spelling.slug(title, "lesson")
    taken = set(db.session.scalars(select(Kit.slug).where(Kit.neighbourhood_id == neighbourhood_id)))
    return next(slug for slug in (plain, *(f"{plain}-{number}" for number in range(2, 10_000))) if slug not in taken)
