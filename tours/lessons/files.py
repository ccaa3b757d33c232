"""A kit as a file, and out of one. What a teller keeps here stays here; what comes in is a draft, within bounds."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import lazy_gettext as _l

from core import clock, i18n
from core.neighbourhoods.models import Neighbourhood
from core.refusal import Refusal, Sort
from tours.lessons import queries, service
from tours.lessons.content import read
from tours.lessons.lesson import Lesson, whole
from tours.lessons.levels import LEVELS
from tours.lessons.models import Kit
from tours.lessons.tasks import Task, words
from tours.stories import queries as stories
from tours.walks import queries as walks
from tours.walks.reading import BROKEN, json_of, refused, text_of

FORMAT, VERSION = "buurtspoor-lesson", 1
MOST_BYTES = 256 * 1024


@dataclass(frozen=True)
class Plan:
    """What would come of a file: the lesson as it would be, and the tasks that have no place here."""

    lesson: Lesson
    left: tuple[Task, ...]
    digest: str


def written(lesson: Lesson, slug: str) -> dict[str, Any]:
    """A kit as JSON has it, without what is made of stories whose tellers keep them here; it says how many that are."""
    may_go = stories.export_keys(list(lesson.told))
    going = tuple(task for task in lesson.tasks if may_go.issuperset(task.of))
    kit = lesson.kit
    return {
        "format": FORMAT, "version": VERSION, "neighbourhood": slug, "walk": kit.tour.key, "language": kit.language,
        "level": kit.level, "minutes": kit.minutes, "left_out": len(lesson.tasks) - len(going),
        **replace(lesson.content, tasks=going).written(),
    }  # fmt: skip


def said_in(raw: bytes) -> dict[str, Any]:
    """What a file says. Raises Refusal for what is too large, no JSON, or no lesson."""
    if len(raw) > MOST_BYTES:
        raise refused(_l("This file is larger than 250 KB. A lesson is smaller."))
    found = json_of(text_of(raw))
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise refused(_l("This file holds no lesson of Buurtspoor."))
    if found.get("version") != VERSION:
        raise refused(_l("This lesson was made for another version of Buurtspoor."))
    return found


def plan(here: Neighbourhood, raw: bytes, maker: str | None) -> Plan:
    """What would come of it here. Raises Refusal for what cannot be one, and where its walk is not here."""
    found = said_in(raw)
    try:
        kit = _kit(here, found, maker)
        content = read(found)
    except Refusal as no:
        raise refused(no.sentence) from None
    kit.content = content.written()
    lesson = whole(kit)
    kept = {task.key for task in lesson.tasks}
    left = tuple(task for task in content.tasks if task.key not in kept)
    kit.content = replace(content, tasks=tuple(task for task in content.tasks if task.key in kept)).written()
    return Plan(whole(kit), left, hashlib.sha256(raw).hexdigest())


def land(here: Neighbourhood, raw: bytes, maker: str | None) -> tuple[Kit, bool]:
    """The draft that it becomes, and whether it is new: the same file becomes one kit of somebody. Inside `writing`."""
    planned = plan(here, raw, maker)
    known = queries.of_file(here.id, planned.digest, maker)
    if known:
        return known, False
    said = planned.lesson.kit
    kit = service.make(said.tour, said.title, said.language, said.level, said.minutes, maker)
    kit.content, kit.file = said.content, planned.digest
    return kit, True


def _kit(here: Neighbourhood, said: Mapping[str, Any], maker: str | None) -> Kit:
    """A kit that no database knows."""
    walk, level, language = (words(said, name, 40) for name in ("walk", "level", "language"))
    tour, minutes = walks.one(here.id, walk), said.get("minutes")
    if tour is None:
        raise Refusal(_l("This lesson is about the walk “%(walk)s”, which is not here.", walk=walk), Sort.INVALID)
    if level not in LEVELS or language not in (here.languages or i18n.of_site()):
        raise Refusal(BROKEN, Sort.INVALID)
    if not isinstance(minutes, int) or not service.LEAST_MINUTES <= minutes <= service.MOST_MINUTES:
        raise Refusal(BROKEN, Sort.INVALID)
    return Kit(tour_id=tour.id, tour=tour, language=language, level=level, minutes=minutes, maker=maker,
               neighbourhood_id=here.id, changed_at=clock.now(), content={})  # fmt: skip
