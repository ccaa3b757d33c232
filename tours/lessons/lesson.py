"""A lesson as it may be shown now: the stops of its walk, what tellers allow at school, and the tasks that are left.

A story that leaves the walk, or whose teller no longer allows school, takes along all that is made of it, at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from tours.lessons.content import Content, read
from tours.lessons.models import Kit
from tours.lessons.tasks import Task, kind_of
from tours.stories import queries as stories
from tours.stories.models import Picture, Story
from tours.walks import queries as walks
from tours.walks.queries import Shown

PACE = 50  # metres a minute: 3 kilometres an hour, as children walk


@dataclass(frozen=True)
class Told:
    """What a task knows of a story that it is made of. `called`: its teller, where they allow their name."""

    story: Story
    called: str
    is_heard: bool

    @property
    def key(self) -> str:
        """Of the story."""
        return self.story.key

    @property
    def lang(self) -> str:
        """Of its words."""
        return self.story.language

    @property
    def pair(self) -> tuple[Picture, Picture] | None:
        """The same place then and now."""
        return self.story.pair

    @property
    def minutes(self) -> int:
        """How long it takes: heard where its teller allows that, else read."""
        return self.story.minutes if self.is_heard else self.story.minutes_to_read


@dataclass(frozen=True)
class Halt:
    """A stop of a lesson. `told`: its story, where its teller allows school."""

    shown: Shown
    told: Told | None
    tasks: Sequence[Task]

    @property
    def number(self) -> int:
        """Of the stop, the first being 1."""
        return self.shown.number

    @property
    def name(self) -> str:
        """Of its place."""
        return self.shown.stop.spot.name

    @property
    def minutes(self) -> int:
        """What its tasks take."""
        return sum(task.minutes for task in self.tasks)


@dataclass(frozen=True)
class Lesson:
    """A kit with all that may be shown of it. `on_paper`: the stories whose words and pictures may stand there."""

    kit: Kit
    content: Content
    halts: Sequence[Halt]
    told: Mapping[str, Told]
    on_paper: frozenset[str]

    @property
    def bare(self) -> list[Halt]:
        """The stops at whose place there is nothing to do yet; of two at one place the first."""
        busy = {halt.shown.stop.spot_id for halt in self.halts if halt.tasks}
        firsts = {halt.shown.stop.spot_id: halt for halt in reversed(self.halts)}
        return [halt for spot, halt in reversed(firsts.items()) if spot not in busy]

    @property
    def tasks(self) -> list[Task]:
        """All of them, stop after stop."""
        return [task for halt in self.halts for task in halt.tasks]

    @property
    def walking(self) -> int:
        """Minutes on foot."""
        return ceil(self.kit.tour.metres / PACE)

    @property
    def listening(self) -> int:
        """Minutes that its stories take."""
        return sum(halt.told.minutes for halt in self.halts if halt.told)

    @property
    def doing(self) -> int:
        """Minutes that its tasks take."""
        return sum(halt.minutes for halt in self.halts)

    @property
    def outside(self) -> int:
        """Minutes in the street."""
        return self.walking + self.listening + self.doing

    @property
    def inside(self) -> int:
        """Minutes before and after."""
        return self.content.before_minutes + self.content.after_minutes

    @property
    def too_long(self) -> int:
        """By how many minutes it does not fit; 0 where it does."""
        return max(0, self.outside + self.inside - self.kit.minutes)

    def stands_on_paper(self, task: Task) -> bool:
        """Whether a task may be printed: what quotes a teller needs their yes to paper."""
        return not kind_of(task).quotes or self.on_paper.issuperset(task.of)


def whole(kit: Kit) -> Lesson:
    """All of it, in as many questions for forty stops as for two."""
    return wholes([kit])[0]


def wholes(kits: Sequence[Kit]) -> list[Lesson]:
    """All of several, in as many questions for ten as for one."""
    live = walks.live({kit.tour_id for kit in kits})
    told = _told({one.stop.story.id: one.stop.story for shown in live.values() for one in shown if one.stop.story})
    paper = stories.on_paper([one.story.id for one in told.values()])
    on_paper = frozenset(key for key, one in told.items() if one.story.id in paper)
    return [_whole(kit, live.get(kit.tour_id, []), told, on_paper) for kit in kits]


def _whole(kit: Kit, shown: Sequence[Shown], all_told: Mapping[str, Told], on_paper: frozenset[str]) -> Lesson:
    content, here = read(kit.content), {one.stop.story.key for one in shown if one.stop.story}
    told = {key: one for key, one in all_told.items() if key in here}
    tasks = [task for task in content.tasks if told.keys() >= set(task.of)]
    halts = [Halt(one, _of(one, told), _at(one, shown, tasks)) for one in shown]
    return Lesson(kit, content, halts, told, on_paper)


def _told(found: Mapping[int, Story]) -> dict[str, Told]:
    allowed = stories.school_keys([story.key for story in found.values()])
    here = [story for story in found.values() if story.key in allowed]
    names, heard = stories.names(here), stories.voices(here)
    return {story.key: Told(story, names.get(story.id, ""), story.id in heard) for story in here}


def _of(one: Shown, told: Mapping[str, Told]) -> Told | None:
    return told.get(one.stop.story.key) if one.stop.story else None


def _at(one: Shown, shown: Sequence[Shown], tasks: Sequence[Task]) -> list[Task]:
    """The tasks of a stop: those at its place, and of two stops there those that are made of its story."""
    return [task for task in tasks if _place(task, shown) is one]


def _place(task: Task, shown: Sequence[Shown]) -> Shown | None:
    there = [one for one in shown if one.stop.spot.key == task.at]
    made_of = (one for one in there if one.stop.story and one.stop.story.key in task.of)
    return next(made_of, there[0] if there else None)
