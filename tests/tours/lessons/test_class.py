"""A lesson as what a class does: its stops, what a crew reads there, and its tasks drawn, read and told."""

import html
import re

import pytest

from core.classes.activities import ACTIVITIES, offered
from core.neighbourhoods import queries as neighbourhoods
from tests.core.classes import lesson
from tests.tours.lessons.test_pages import begin, choose, lombok, maker, of_kind, teacher
from tours.lessons import queries
from tours.lessons.class_pages import KIND

pytestmark = pytest.mark.both
__all__ = ["lombok", "maker", "teacher"]


@pytest.fixture(autouse=True)
def only_lessons(site, monkeypatch):
    """Whatever other tests gave this site to do in a class."""
    monkeypatch.delitem(site.extensions["registries"][ACTIVITIES.name], lesson.KIND, raising=False)


@pytest.fixture
def published(lombok, maker):
    at = begin(maker)
    choose(maker, at, 1, of_kind(maker, at, "source"))
    choose(maker, at, 3, **{"own-kind": "draw", "own-ask": "Teken plek 1."})
    maker.post(f"{at}/publish", data={"names_nobody": "1"})
    return lombok


def test_a_class_finds_the_stops_and_the_tasks_of_a_lesson(published):
    with published.test_request_context("/w/lombok/"):
        here = neighbourhoods.by_slug("lombok").id
        [(kind, plan)] = offered(here, "another")
        assert (kind, plan.title, plan.level, plan.tasks) == (KIND, "Wat was hier?", "Groep 6", 2)
        lessons = ACTIVITIES.of(KIND)
        found = lessons.find(here, plan.key)
        assert [stop.title for stop in found.stops] == ["Plek 0", "Plek 0", "Plek 1"]
        assert "De slager telde de worst, lang geleden." in found.stops[0].about
        assert found.stops[2].about == "", "its teller does not allow school"
        [source], [draw] = found.stops[0].tasks, found.stops[2].tasks
        assert (source.takes_photo, draw.takes_photo) == (False, True)
        assert f'name="{source.key}-sort-0"' in lessons.draw(source)
        said = lessons.read_answer(source, {f"{source.key}-sort-0": "check", f"{source.key}-how": "Vragen."})
        assert said == {"sorts": ["check", ""], "how": "Vragen."}
        assert lessons.told(source, said).splitlines()[-1] == "Vragen."
        assert lessons.read_answer(draw, {}) == {}
        assert lessons.find(here, "x" * 26) is None


def test_a_draft_is_offered_to_who_makes_it_and_to_nobody_else(published, maker):
    maker.post("/w/lombok/staff/lessons/wat-was-hier/step", data={"step": "take-back"})
    with published.test_request_context("/w/lombok/"):
        here = neighbourhoods.by_slug("lombok").id
        kit = queries.was_here(here, "wat-was-hier")
        assert offered(here, "another") == []
        assert [plan.key for _kind, plan in offered(here, kit.maker)] == [kit.key]
        assert ACTIVITIES.of(KIND).find(here, kit.key).title == "Wat was hier?"


def test_from_the_page_of_a_lesson_a_teacher_opens_a_class_in_two_taps(published, teacher):
    page = teacher.get("/w/lombok/lessons/wat-was-hier").text
    way = html.unescape(re.search(r'href="([^"]*/staff/classes\?plan=[^"]*)"', page)[1])
    form = teacher.get(way).text
    assert re.search(r'<option value="lesson [0-9a-z]{26}"[^>]* selected', form)
    assert "/staff/classes?plan=" not in published.test_client().get("/w/lombok/lessons/wat-was-hier").text
