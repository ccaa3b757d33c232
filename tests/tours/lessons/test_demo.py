"""The two lessons of the demo: over its walks, with all eight kinds, in words that a child of groep 6 reads."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from core.database import db
from core.neighbourhoods import queries as neighbourhoods
from tests.conftest import empty
from tours.lessons import demo, offers, queries, service
from tours.lessons.lesson import whole
from tours.lessons.levels import LEVELS
from tours.lessons.tasks import KINDS
from tours.stories import pupils
from tours.stories.models_pupils import PupilStory
from tours.walks import queries as walks

SENTENCE = re.compile(r"[^.!?]+")
SLUGS = ("hoe-klonk-de-straat", "wie-vertelt-de-waarheid")


@pytest.fixture(scope="module")
def furnished(site):
    empty(site)
    printed = site.test_cli_runner().invoke(args=["demo"])
    assert printed.exit_code == 0, printed.output
    return site


def sentences(*texts: str) -> list[str]:
    return [one for text in texts for one in SENTENCE.findall(text) if one.strip()]


def texts_of(task: dict) -> list[str]:
    said = task.get("said", {})
    inner = [one if isinstance(one, str) else one["words"] for name in ("options", "counts", "questions", "events")
             for one in said.get(name, ())]  # fmt: skip
    inner += [one["words"] for one in said.get("statements", ())]
    return [task["ask"], task.get("help", ""), said.get("then", ""), said.get("begin", ""), *inner]


def test_all_eight_kinds_are_in_them():
    assert {task["kind"] for one in demo.planned() for task in one["tasks"]} == set(KINDS)


@pytest.mark.parametrize("one", demo.planned(), ids=lambda one: one["level"])
def test_each_sentence_is_as_long_as_its_group_reads(one):
    most = LEVELS[one["level"]].words
    long = [text for task in one["tasks"] for text in sentences(*texts_of(task)) if len(text.split()) > most]
    assert long == []
    plan = [line for name in ("before", "outside", "after", "crossings", "risks") for line in one[name]]
    assert [text for text in sentences(*plan, one["lead"], one["goal"]) if len(text.split()) > 15] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_everybody_reads_them_and_no_task_is_left_behind(furnished, slug):
    with furnished.app_context():
        here = neighbourhoods.by_slug("kanterhoek")
        kit = queries.one(here.id, slug)
        lesson = whole(kit)
        assert len(lesson.tasks) == len(lesson.content.tasks)
        assert lesson.too_long == 0, (lesson.walking, lesson.listening, lesson.doing, lesson.inside)
    page = furnished.test_client().get(f"/w/kanterhoek/lessons/{slug}").text
    assert lesson.content.lead in page


def test_the_words_of_a_crew_went_home_and_go_with_its_class(furnished, clock):
    with furnished.app_context():
        clock.set(datetime.now(UTC))
        (sent,) = db.session.scalars(select(PupilStory)).all()
        assert sent.waits
        assert sent.content["words"] == "Krak, krak, en dan heel stil."
        assert pupils.place_of(sent) == "De Kanterbrug"
        key = sent.key
        clock.advance(days=1)
        assert demo.renew() == 1
        (anew,) = db.session.scalars(select(PupilStory)).all()
        assert anew.key != key


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_sentence_of_what_is_offered_is_longer_than_groep_6_reads(furnished, lang):
    """Of every stop of the demo's walks, where each kind of task is offered at least once."""
    with furnished.test_request_context("/w/kanterhoek/"):
        kits = [
            service.make(tour, f"{lang} {tour.title}", lang, "groep-6", 90, None)
            for tour in walks.of(neighbourhoods.by_slug("kanterhoek").id)
        ]
        lessons = map(whole, kits)
        found = [task.written() for lesson in lessons for halt in lesson.halts for task in offers.of(lesson, halt)]
        db.session.rollback()
    assert {task["kind"] for task in found} == set(KINDS)
    said = {text.strip() for task in found for text in sentences(*texts_of(task))}
    assert len(said) > 25
    assert [text for text in said if len(text.split()) > LEVELS["groep-6"].words] == []
