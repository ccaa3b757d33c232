"""What lessons add to the demo: two over its walks, and a class of today, through the same services as all."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core import clock, jobs
from core.classes import queries as classes
from core.classes import service as teaching
from core.classes import views
from core.classes.activities import Said
from core.classes.models import SchoolClass, Work
from core.database import db, writing
from core.demo import cast
from core.demo.command import FURNISHERS, Furnished
from core.demo.views import WAYS, Way
from core.neighbourhoods import queries as neighbourhoods
from core.neighbourhoods.models import Neighbourhood
from core.people.models import Person
from tours.lessons import queries, service
from tours.lessons.class_pages import KIND
from tours.lessons.lesson import whole
from tours.lessons.models import Kit
from tours.stories import pupils
from tours.stories.licences import ONLY_HERE
from tours.walks import queries as walks
from tours.walks.models import Tour

FILE = Path(__file__).with_name("demo_lessons.json")
MAKER = "joke"  # of the cast
TEACHER = next(member.name for member in cast.PEOPLE if member.role == "teacher")
TAUGHT = "hoe-klonk-de-straat"
ON_THE_WAY: tuple[tuple[int, Mapping[str, Said]], ...] = (  # at which stop a crew is, and what it handed in
    (3, {"stil": {"numbers": [4, 1, 3]}, "ijs": {"words": "Krak, krak, en dan heel stil."}}),
    (5, {"stil": {"numbers": [7, 0, 2]}, "krijt": {"words": "Eén, twee, krijt op mijn knie."}}),
    (1, {}),
)
TOLD = "ijs"  # the task of which the first crew's words go on, as a story
CREWS = len(ON_THE_WAY) + 2  # one walks with paper, one is still free


def init_app(app: Flask) -> None:
    """Furnish the demo, after its walks; while it is on a class of today is open."""
    FURNISHERS.add(app, "lessons", _furnish)
    WAYS.add(app, "class", Way(_l("a crew"), lambda here: views.go_on(of) if (of := _first_crew(here)) else None))
    if app.config["BUURT"].demo:
        jobs.SWEEPS.add(app, "demo class", renew)


def renew() -> int:
    """Open a class of today in every made-up neighbourhood that has none, for those before go; how many opened."""
    here = [one for one in neighbourhoods.everyone() if one.is_made_up]
    return sum(_opened(one) for one in here if not any(old.day == clock.today() for old in _taught(one)))


def _taught(here: Neighbourhood) -> Sequence[SchoolClass]:
    teacher = _teacher(here)
    return classes.of_teacher(here.id, teacher.player_key) if teacher else ()


def _teacher(here: Neighbourhood) -> Person | None:
    mine = select(Person).where(Person.neighbourhood_id == here.id, Person.name == TEACHER)
    return db.session.scalars(mine).unique().one_or_none()


def _opened(here: Neighbourhood) -> bool:
    """A class with three crews on their way, of which one asks for help and one tells a story, and one with paper."""
    with writing():
        kit, teacher = queries.one(here.id, TAUGHT), _teacher(here)
        if kit is None or teacher is None:
            return False
        for old in _taught(here):
            if old.day < clock.today():
                teaching.erase(old)
        today = teaching.open_class(teacher, KIND, kit.key, clock.today(), CREWS, newsrooms=1)
        for stop, done in ON_THE_WAY:
            crew = teaching.join(today)
            teaching.be_at(crew, stop)
            for task, said in done.items():
                work = teaching.hand_in(crew, task, said, f"demo {task}")
                if task == TOLD:
                    _went_home(today, work, kit)
        teaching.ask_help(crew)
        teaching.go_on_paper(today.crews[len(ON_THE_WAY)], on_paper=True)
        return True


def _went_home(today: SchoolClass, work: Work, kit: Kit) -> None:
    """Its teacher let it into the gallery and sent it home: it waits for the yes of who cares for the child."""
    teaching.let_show(work, is_shown=True)
    spot = next(task["at"] for one in planned() for task in one["tasks"] if task["key"] == TOLD)
    said = {"title": "", "spot": spot, "licence": ONLY_HERE}
    pupils.wait(today, work, work.said["words"], said, kit.language)


def _first_crew(here: Neighbourhood) -> str | None:
    """The secret of the first crew of the class of today, whichever day that is."""
    renew()
    today = next((one for one in _taught(here) if one.day == clock.today()), None)
    return teaching.token(today.crews[0]) if today else None


@cache
def planned() -> list[dict[str, Any]]:
    """The lessons; a task names the stories that it is made of by their titles."""
    return list(json.loads(FILE.read_text("utf-8")))


def _furnish(furnished: Furnished) -> None:
    if not queries.all_of(furnished.neighbourhood.id):
        _furnish_kits(furnished)
    renew()


def _furnish_kits(furnished: Furnished) -> None:
    here = furnished.neighbourhood.id
    by_title = {tour.title: tour for tour in walks.of(here)}
    for one in planned():
        with writing():
            kit = _made(by_title[one["walk"]], one, furnished.people[MAKER].player_key)
            service.publish(kit, names_nobody=True)


def _made(tour: Tour, one: Mapping[str, Any], maker: str) -> Kit:
    kit = service.make(tour, one["title"], "nl", one["level"], one["minutes"], maker)
    keys = {told.story.title: key for key, told in whole(kit).told.items()}
    tasks = json.loads(json.dumps(one["tasks"]), object_hook=lambda found: _with_keys(found, keys))
    words = {name: value for name, value in one.items() if name not in ("walk", "level", "minutes", "tasks")}
    service.write(kit, {**words, "tasks": tasks}, one["level"], one["minutes"])
    return kit


def _with_keys(found: dict[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
    """The keys of stories in the place of their titles."""
    named = {name: keys[found[name]] for name in ("story", "pair") if found.get(name)}
    return {**found, **named, **({"of": [keys[title] for title in found["of"]]} if "of" in found else {})}
