"""What is the matter with a walk, in words for its maker: each at its stop, and whether it may not be sent so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from tours.routing.legs import StepFree
from tours.stories import queries as stories
from tours.stories.models import Story
from tours.walks import queries
from tours.walks.models import FEWEST, Stop, Tour

LONG = 90  # minutes


@dataclass(frozen=True)
class Concern:
    """A sentence, the number of the stop it is about (0: the walk), and whether it must be mended first."""

    number: int
    sentence: Any
    must: bool = True


@dataclass(frozen=True)
class Whole:
    """All of a walk as its maker sees it: its stops, which of them can be shown, and what is the matter."""

    tour: Tour
    stops: Sequence[Stop]
    live: frozenset[int]  # ids
    heard: frozenset[int]  # the stories whose voice may be heard
    warnings: Sequence[Concern]

    @property
    def is_fit(self) -> bool:
        """Whether it may be sent to the desk."""
        return not any(warning.must for warning in self.warnings)

    def minutes(self, story: Story) -> int:
        """How long a story takes at its stop: heard where its teller allows that, else read."""
        return story.minutes if story.id in self.heard else story.minutes_to_read


def whole(tour: Tour) -> Whole:
    """All of it, in as many questions for forty stops as for two."""
    stops = queries.stops_of(tour.id)
    live = frozenset(shown.stop.id for shown in queries.live([tour.id]).get(tour.id, []))
    refused = queries.refused(tour.id)
    warnings = [
        *_of_the_walk(tour, len(live)),
        *(one for stop in stops for one in _of_a_stop(stop, stop.id in live, stop.story_id in refused)),
        *_of_the_way(tour, {stop.id: stop.number for stop in stops}),
    ]
    heard = stories.heard([stop.story_id for stop in stops if stop.story_id])
    return Whole(tour, stops, live, heard, warnings)


def _of_the_walk(tour: Tour, live: int) -> list[Concern]:
    found = []
    if live < FEWEST:
        found.append(Concern(0, _l("A walk has two stops or more that people can see.")))
    if not tour.intro:
        found.append(Concern(0, _l("Write what this walk is about.")))
    if tour.minutes > LONG:
        found.append(Concern(0, _l("This takes more than 90 minutes. Many people stop earlier."), must=False))
    return found


def _of_a_stop(stop: Stop, is_live: bool, is_refused: bool) -> list[Concern]:
    if not is_live:
        return [Concern(stop.number, _why_not(stop, is_refused))]
    if stop.story_id is None and not stop.intro:
        return [Concern(stop.number, _l("This stop has no words yet. Write a sentence, or take the stop away."))]
    return []


def _why_not(stop: Stop, is_refused: bool) -> object:
    story = stop.story
    if stop.spot.is_draft:
        return _l("This place is new, and not on the map yet.")
    if stop.spot.removed_at:
        return _l("This place is no longer on the map.")
    if story is None or story.gone_at:
        return _l("This story is gone: its teller took it back.")
    if is_refused:
        return _l("The teller does not want this story in this walk.")
    if story.hidden_at:
        return _l("An editor looks at this story again. Nobody reads it now.")
    return _l("The teller does not allow walks with this story (any more).")


def _of_the_way(tour: Tour, numbers: dict[int, int]) -> list[Concern]:
    unknown = [leg for leg in tour.legs if leg["step_free"] == StepFree.UNKNOWN and leg["from"] in numbers]
    if not unknown:
        return []
    return [Concern(0, _l("Of some pieces nobody knows whether there is a step. Look at them on foot."), must=False)]


def is_offered(story: Story) -> bool:
    """Whether its teller allows it in walks, now."""
    return story.key in stories.walk_keys([story.key])
