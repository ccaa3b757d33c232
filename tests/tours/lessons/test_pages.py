"""A lesson from its walk to its sheets: made in one sitting, seen, printed, and left by who no longer allows school."""

import re

import pytest
from sqlalchemy import select

from core.consent import jobs as consents
from core.contributions.models import Contribution
from core.database import db, writing
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from tests import make
from tests.bench.queries import counted
from tests.core.staff.test_pages import join
from tests.tours.walks.stories import told
from tours.lessons import queries
from tours.lessons.models import Kit
from tours.stories import service as stories
from tours.stories.queries import of_contribution
from tours.stories.uses import PRINT, SCHOOL, TOURS
from tours.walks import service as walks
from tours.walks.models import State, Stop, Tour

pytestmark = pytest.mark.both
AT, STAFF = "/w/lombok/lessons", "/w/lombok/staff/lessons"
NEW = {"title": "Wat was hier?", "tour": "rondje", "level": "groep-6", "minutes": "90", "lang": "nl"}
PLAN = {"title": "Wat was hier?", "level": "groep-7", "minutes": "120", "before_minutes": "10", "after_minutes": "20",
        "crossings": "Bij het zebrapad.\nNooit op de brug.", "goal": "Ze leren kijken."}  # fmt: skip


@pytest.fixture
def lombok(app, clock):
    """A walk past two stories at one place and one at another, of which the last may not go to school."""
    with app.app_context():
        here, _season = make.world()
        with writing():
            for number in range(2):
                db.session.add(make.spot(here, f"spot-{number}", 52.09 + number / 1000, name=f"Plek {number}"))
        with app.test_request_context("/w/lombok/"), writing():
            here = neighbourhoods.by_slug("lombok")
            teller = "a" * 26
            found = [
                told(here, "De slager telde de worst", "spot-0", (TOURS, SCHOOL), teller),
                told(here, "De rij stond tot de brug", "spot-0", (TOURS, SCHOOL, PRINT), teller),
                told(here, "Niet op school", "spot-1", (TOURS,), teller),
            ]
            tour = walks.make(here.id, "Rondje", "nl", None)
            for one in found:
                story = of_contribution(one.id)
                walks.add(tour, story.spot, story)
            tour.state, tour.metres = State.PUBLISHED, 500
    return app


@pytest.fixture
def teacher(lombok):
    return join(lombok, Role.TEACHER, "samira", "Gele Jas")


@pytest.fixture
def maker(lombok):
    return join(lombok, Role.MAKER, "joke", "Rode Das")


def begin(phone) -> str:
    answer = phone.post(f"{STAFF}/new", data=NEW)
    assert answer.status_code == 303, answer.text
    return f"{STAFF}/wat-was-hier"


def offers(page: str) -> list[str]:
    return re.findall(r'name="task" value="([^"]+)"', page)


def choose(phone, at: str, stop: int, *names: str, **more: str) -> None:
    answer = phone.post(f"{at}/tasks", data={"stop": stop, "task": list(names), **more})
    assert answer.status_code == 303, answer.text


def of_kind(phone, at: str, kind: str) -> str:
    return next(name for name in offers(phone.get(at).text) if name.startswith(f"{kind}-"))


def test_a_teacher_makes_a_lesson_in_one_sitting_and_teaches_with_the_draft(lombok, teacher):
    at = begin(teacher)
    source, count = of_kind(teacher, at, "source"), of_kind(teacher, at, "count")
    choose(teacher, at, 1, source, count, **{f"ask-{count}": "Hoe lang is dat geleden?", f"minutes-{count}": "3"})
    choose(teacher, at, 3, **{"own-kind": "sentence", "own-ask": "Wat ruik je hier?"})
    page = teacher.get(at).text
    assert "3 opdrachten gekozen" in page
    assert "Het past in de tijd." in page
    stop = teacher.get(f"{AT}/wat-was-hier/stop/1").text
    assert "Hoe lang is dat geleden?" in stop
    assert "De slager telde de worst, lang geleden." in stop
    assert "Wat ruik je hier?" in teacher.get(f"{AT}/wat-was-hier/stop/3").text
    assert teacher.get(f"{AT}/wat-was-hier/paper").status_code == 200
    assert lombok.test_client().get(f"{AT}/wat-was-hier").status_code == 404, "a draft is of who makes it"
    assert teacher.post(f"{at}/publish", data={"names_nobody": "1"}).status_code == 403, "makers publish"
    assert "Wat was hier?" not in lombok.test_client().get(AT).text


def test_one_tap_gives_each_place_without_a_task_one_and_a_lesson_without_a_title_has_that_of_its_walk(lombok, teacher):
    answer = teacher.post(f"{STAFF}/new", data=NEW | {"title": ""})
    at = answer.location.partition("?")[0].partition("#")[0]
    assert at == f"{STAFF}/rondje"
    mine = of_kind(teacher, at, "count")
    choose(teacher, at, 1, mine)
    assert teacher.post(f"{at}/step", data={"step": "one-each"}).status_code == 303
    page = teacher.get(at).text
    assert "2 opdrachten gekozen" in page, "two stops are at one place"
    assert "one-each" not in page
    with lombok.app_context():
        kinds = [task["kind"] for task in db.session.scalars(select(Kit)).one().content["tasks"]]
    assert len(set(kinds)) == 2, "of another kind, as far as there is"


def test_a_lesson_is_another_teachers_only_once_it_is_published_and_then_as_a_copy(lombok, teacher, maker):
    at = begin(maker)
    assert teacher.get(at).status_code == teacher.post(f"{at}/words", data=PLAN).status_code == 404
    for stop in (1, 3):
        choose(maker, at, stop, **{"own-kind": "draw", "own-ask": f"Teken plek {stop}."})
    no = maker.post(f"{at}/publish", data={})
    assert (no.status_code, "vink dat aan" in no.text) == (422, True)
    assert maker.post(f"{at}/publish", data={"names_nobody": "1"}).status_code == 303
    assert "Teken plek 1." in lombok.test_client().get(f"{AT}/wat-was-hier/stop/1").text
    assert teacher.post(f"{at}/copy").status_code == 303
    choose(teacher, f"{STAFF}/wat-was-hier-2", 1)
    with lombok.app_context():
        first, second = db.session.scalars(select(Kit).order_by(Kit.id))
        assert [len(kit.content["tasks"]) for kit in (first, second)] == [2, 1]
        assert (first.state, second.state) == ("published", "draft")
    assert maker.post(f"{at}/step", data={"step": "take-back"}).status_code == 303
    assert lombok.test_client().get(f"{AT}/wat-was-hier").status_code == 410


def test_a_lesson_with_too_little_in_it_is_not_published(lombok, maker):
    at = begin(maker)
    answer = maker.post(f"{at}/publish", data={"names_nobody": "1"})
    assert (answer.status_code, "Kies eerst twee opdrachten of meer." in answer.text) == (409, True)


def test_the_plan_is_written_and_stands_on_paper(lombok, maker):
    at = begin(maker)
    assert maker.post(f"{at}/words", data=PLAN).status_code == 303
    page = maker.get(f"{AT}/wat-was-hier/paper").text
    assert all(words in page for words in ("Nooit op de brug.", "Ze leren kijken.", "Beste ouders,", "Dear parents,"))
    assert "Groep 7" in maker.get(f"{AT}/wat-was-hier").text
    assert "Beste ouders," not in maker.get(f"{AT}/wat-was-hier/paper?part=plan").text
    for wrong in ({"minutes": "20"}, {"minutes": "x"}, {"level": "groep-3"}, {"title": ""}, {"risks": "a\n" * 9},
                  {"before": "a" * 161}, {"before_minutes": "-1"}):  # fmt: skip
        assert maker.post(f"{at}/words", data={**PLAN, **wrong}).status_code == 422, wrong


def test_what_is_made_of_a_story_leaves_with_its_tellers_yes_to_school(lombok, maker):
    at = begin(maker)
    choose(maker, at, 1, of_kind(maker, at, "source"))
    choose(maker, at, 3, **{"own-kind": "draw", "own-ask": "Teken de brug."})
    maker.post(f"{at}/publish", data={"names_nobody": "1"})
    reader = lombok.test_client()
    assert "De rij stond tot de brug" in reader.get(f"{AT}/wat-was-hier/stop/1").text
    assert "Niet op school" not in reader.get(f"{AT}/wat-was-hier/stop/3").text
    with lombok.test_request_context("/w/lombok/"), writing():
        one = contribution("De rij stond tot de brug")
        stories.allow(one, [TOURS, PRINT, "name"], "receipt")
    page = reader.get(f"{AT}/wat-was-hier/stop/1").text
    assert "De rij stond tot de brug" not in page, "at once, before any sweep"
    assert "Teken de brug." in reader.get(f"{AT}/wat-was-hier/stop/3").text
    with lombok.app_context():
        consents.sweep()
        kit = db.session.scalars(select(Kit)).one()
        assert [task["ask"] for task in kit.content["tasks"]] == ["Teken de brug."], "and for good, once it was swept"


def test_what_is_made_of_a_story_leaves_when_the_story_leaves_the_walk(lombok, maker):
    at = begin(maker)
    choose(maker, at, 1, of_kind(maker, at, "source"))
    maker.post(f"{at}/publish", data={"names_nobody": "1"})
    with lombok.app_context(), writing():
        stop = db.session.scalars(select(Stop).where(Stop.number == 2)).one()
        db.session.delete(stop)
    assert "De rij stond tot de brug" not in maker.get(f"{AT}/wat-was-hier/stop/1").text


def test_a_sheet_leaves_off_what_its_teller_keeps_off_paper(lombok, maker):
    at = begin(maker)
    choose(maker, at, 1, of_kind(maker, at, "source"))
    page = maker.get(f"{AT}/wat-was-hier/paper?part=tasks").text
    assert "De verteller wil dit niet op papier." in page
    assert "lang geleden" not in page
    with lombok.test_request_context("/w/lombok/"), writing():
        stories.allow(contribution("De slager telde de worst"), [TOURS, SCHOOL, PRINT, "name"], "receipt")
    assert "lang geleden" in maker.get(f"{AT}/wat-was-hier/paper?part=tasks").text


def test_a_lesson_goes_with_its_walk(lombok, maker):
    at = begin(maker)
    for stop in (1, 2):
        choose(maker, at, stop, **{"own-kind": "draw", "own-ask": f"Teken plek {stop}."})
    maker.post(f"{at}/publish", data={"names_nobody": "1"})
    with lombok.app_context(), writing():
        walks.retire(db.session.scalars(select(Tour)).one())
    assert lombok.test_client().get(f"{AT}/wat-was-hier").status_code == 410
    with lombok.app_context():
        assert queries.of(neighbourhoods.by_slug("lombok").id) == []


def test_a_page_asks_as_much_of_the_database_for_two_stops_as_for_ten(lombok, maker):
    at = begin(maker)
    choose(maker, at, 1, of_kind(maker, at, "count"))
    reader = lombok.test_client()
    maker.post(f"{at}/publish", data={"names_nobody": "1"})
    reader.get(f"{AT}/wat-was-hier/paper")
    with counted(lombok) as before:
        reader.get(f"{AT}/wat-was-hier/paper")
    with lombok.test_request_context("/w/lombok/"), writing():
        here = neighbourhoods.by_slug("lombok")
        for number in range(8):
            one = told(here, f"Verhaal {number} van hier", "spot-1", (TOURS, SCHOOL))
            story = of_contribution(one.id)
            tour = db.session.scalars(select(Tour)).one()
            db.session.add(Stop(tour=tour, number=10 + number, spot=story.spot, story=story))
    with counted(lombok) as after:
        reader.get(f"{AT}/wat-was-hier/paper")
    assert len(after) == len(before)


def contribution(title: str) -> Contribution:
    every = db.session.scalars(select(Contribution).where(Contribution.kind == "story"))
    return next(one for one in every if one.last.content["title"] == title)


def test_nobody_gets_a_cookie_for_reading_a_lesson(lombok, maker):
    begin(maker)
    reader = lombok.test_client()
    assert "Set-Cookie" not in reader.get(AT).headers
