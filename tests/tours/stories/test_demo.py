"""The stories of the demo: made up and saying so, signed like any, and furnished once."""

import pytest
from sqlalchemy import select

from core.database import db
from core.demo import neighbourhood
from core.media.models import Media
from tours.stories import check, demo, demo_pictures, period, queries, text
from tours.stories.models import Story

SAYS_SO = {"nl": "Dit verhaal is verzonnen.", "en": "This story is made up.", "tr": "Bu hikâye uydurmadır.",
           "ar": "هذه القصة من الخيال."}  # fmt: skip


@pytest.fixture
def furnished(app):
    printed = app.test_cli_runner().invoke(args=["demo"])
    assert printed.exit_code == 0, printed.output
    return app


def test_twelve_stories_of_six_tellers_are_signed_and_read_like_any(furnished):
    reader = furnished.test_client()
    assert "12 verhalen" in reader.get("/w/kanterhoek/").text
    assert "1948" in reader.get("/w/kanterhoek/").text
    with furnished.app_context():
        stories = db.session.scalars(select(Story)).all()
        here = stories[0].neighbourhood_id
        assert list(check.faults(check.everything())) == []
        assert len({said["teller"] for said in demo.told()}) == 6
        assert queries.many(here) == (12, 1948)
        assert {story.spot.key for story in stories} == {spot.key for spot in neighbourhood.at(0, 0).spots}
        assert sum(bool(story.pictures) for story in stories) == len(demo_pictures.SCENES) == 3
        keys = [story.key for story in queries.of(here)]
    listed = reader.get("/w/kanterhoek/stories").text
    assert sorted(keys, key=listed.index) == keys, "in the order of time, also what is about a year"
    assert all(reader.get(f"/w/kanterhoek/stories/{key}").status_code == 200 for key in keys)


def test_a_second_time_adds_nothing(furnished):
    furnished.test_cli_runner().invoke(args=["demo"])
    with furnished.app_context():
        assert len(db.session.scalars(select(Story)).all()) == 12
        assert len(db.session.scalars(select(Media).where(Media.owner == "story picture")).all()) == 3


@pytest.mark.parametrize("said", demo.told(), ids=lambda said: said["title"])
def test_each_says_that_it_is_made_up_in_short_sentences_and_of_a_time_we_can_read(said):
    assert SAYS_SO[said["language"]] in said["words"]
    assert text.long_sentences(said["words"]) == []
    assert period.read(said["when"], 2026) is not None
    assert bool(said.get("warning")) == (said["language"] in {"tr", "ar"}), "no native speaker read those yet"
