"""What a stop has to offer for a class: tasks made of its story, its year, its pictures, and of who else tells there.

In the language of the kit; a maker chooses, and words them anew. None of them says what is right.
"""

import re
from collections.abc import Iterator, Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from core import clock
from tours.lessons.lesson import Halt, Lesson, Told
from tours.lessons.tasks import KINDS, Task

SENTENCE = re.compile(r"[^.!?\n]+[.!?]")
MOST_WORDS, LEAST_WORDS = 12, 4  # of a sentence that is quoted
EVENTS = (3, 6)


def of(lesson: Lesson, halt: Halt) -> list[Task]:
    """What is not chosen there yet; each has the name `offer`, and no key."""
    taken = {task.offer for task in lesson.content.tasks}
    with force_locale(lesson.kit.language):
        return [task for task in _all(lesson, halt) if task.offer not in taken]


def _all(lesson: Lesson, halt: Halt) -> Iterator[Task]:
    if halt.told:
        yield from _of_story(halt, halt.told)
        yield from _of_two(lesson, halt, halt.told)
    yield from _of_place(halt)
    if halt is lesson.halts[-1]:
        yield from _of_all(lesson, halt)


def _of_story(halt: Halt, told: Told) -> Iterator[Task]:
    if told.pair:
        yield _task(halt, "difference", _("Compare the old picture with now. What changed?"), told, pair=told.key)
    if told.story.first_year and told.story.first_year < clock.today().year:
        asked = _("This story is about %(year)s. How many years ago is that?", year=told.story.first_year)
        yield _task(halt, "count", asked, told, counts=[_("years")])
    yield _task(halt, "sentence", _("You were there then. What do you see and hear?"), told, begin=_("I see and hear"))


def _of_two(lesson: Lesson, halt: Halt, told: Told) -> Iterator[Task]:
    """Another story at the same place: two sentences of each."""
    there = [one.told for one in lesson.halts if one.name == halt.name and one.told and one.told.key != told.key]
    for other in there[:1]:
        said = [{"words": text, "story": one.key} for one in (told, other) for text in _sentences(one)[:2]]
        if len(said) >= 2:
            asked = _("Two neighbours tell about this place. What can you check?")
            yield _made(halt, "source", asked, (told, other), {"statements": said})


def _of_place(halt: Halt) -> Iterator[Task]:
    seen = {"door": _("An old door"), "number": _("A year on a wall"), "stone": _("A stone with a picture"),
            "tree": _("A thick tree")}  # fmt: skip
    options = [{"words": words, "drawing": drawing} for drawing, words in seen.items()]
    yield _task(halt, "look", _("Look around you. What here is old?"), options=options)
    yield _task(halt, "count", _("Count together what you see here."), counts=[_("doors"), _("bicycles")])
    yield _task(halt, "draw", _("Draw something here that should stay."))
    asked = [_("How long have you known this place?"), _("What was different here then?")]
    yield _task(halt, "interview", _("Ask a neighbour about this place."), questions=asked)
    yield _task(halt, "sentence", _("What do you hear here now? Be quiet for a minute."), begin=_("We hear"))


def _of_all(lesson: Lesson, halt: Halt) -> Iterator[Task]:
    """At the end: the stories in the order of their titles, to be put in that of time."""
    dated = [one for one in lesson.told.values() if one.story.first_year]
    chosen = sorted(dated[: EVENTS[1]], key=lambda one: one.story.title)
    if len(chosen) >= EVENTS[0]:
        events = [{"words": one.story.title, "story": one.key} for one in chosen]
        yield _made(halt, "timeline", _("Which story is the longest ago?"), chosen, {"events": events})


def _sentences(told: Told) -> list[str]:
    """Short whole sentences of a story, without what stands in it about itself."""
    plain = re.sub(r"\*[^*]*\*", "", told.story.words)
    found = (text.strip() for text in SENTENCE.findall(plain))
    return [text for text in found if LEAST_WORDS <= len(text.split()) <= MOST_WORDS]


def _task(halt: Halt, kind: str, ask: str, told: Told | None = None, **said: object) -> Task:
    return _made(halt, kind, ask, (told,) if told else (), said)


def _made(halt: Halt, kind: str, ask: str, told: Sequence[Told], said: dict[str, object]) -> Task:
    spot, of_ = halt.shown.stop.spot.key, tuple(one.key for one in told)
    name = "-".join((kind, spot[:24], of_[0][:8] if of_ else "", str(len(of_)))).strip("-")
    return Task("", kind, spot, ask, minutes=KINDS[kind].minutes, of=of_, offer=name, said=KINDS[kind].fit(said))
