"""The stories of the demo: made up and saying so, signed like any, and furnished once."""

import json

import pytest
from sqlalchemy import select

from core.database import db
from core.demo import neighbourhood
from core.media.models import Media
from tours.stories import check, collection, demo, demo_pictures, period, queries, text
from tours.stories.collection import Asked
from tours.stories.models import Reaction, Story

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
        assert sum(bool(story.pair) for story in stories) == len(demo_pictures.SCENES) / 2 == 3
        keys = [story.key for story in collection.page(stories[0].spot.neighbourhood, Asked())]
    listed = reader.get("/w/kanterhoek/stories").text
    assert sorted(keys, key=listed.index) == keys, "in the order of time, also what is about a year"
    assert all(reader.get(f"/w/kanterhoek/stories/{key}").status_code == 200 for key in keys)


def test_two_are_heard_in_a_voice_of_a_computer_that_says_so_sentence_by_sentence(furnished):
    reader = furnished.test_client()
    with furnished.app_context():
        heard = {story.key: story.cues for story in db.session.scalars(select(Story)) if queries.can_be_heard(story)}
    assert len(heard) == 2
    for key, cues in heard.items():
        page = f"/w/kanterhoek/stories/{key}"
        assert "computerstem" in reader.get(page).text
        with reader.get(f"{page}/sound.m4a") as sound:
            assert (sound.mimetype, sound.status_code) == ("audio/mp4", 200)
        assert "computerstem" in reader.get(f"{page}/words.vtt").text
        assert len(cues) > 5
        assert cues[1][0] > 1000, "the second sentence begins after the first was said"


def test_the_voices_of_the_demo_are_small_and_know_each_sentence():
    starts = json.loads((demo.VOICES / "starts.json").read_text("utf-8"))
    said = {one["voice"]: text.sentences(demo.spoken(one["words"])) for one in demo.told() if "voice" in one}
    assert {voice: len(begins) for voice, begins in starts.items()} == {voice: len(one) for voice, one in said.items()}
    assert all((demo.VOICES / f"{voice}.ogg").stat().st_size <= 150 * 1024 for voice in said)


def test_neighbours_know_some_of_them_too_and_no_feed_carries_what_they_know(furnished):
    reader = furnished.test_client()
    with furnished.app_context():
        memories = [(one.words, one.story.key) for one in db.session.scalars(select(Reaction))]
    assert len(memories) == 4
    feed = reader.get("/w/kanterhoek/stories.atom").text
    for words, story in memories:
        assert words in reader.get(f"/w/kanterhoek/stories/{story}").text
        assert words[:20] not in feed
    assert sum(key in feed for _words, key in memories) > 0, "their stories are in it"


def test_a_second_time_adds_nothing(furnished):
    furnished.test_cli_runner().invoke(args=["demo"])
    with furnished.app_context():
        assert len(db.session.scalars(select(Story)).all()) == 12
        assert len(db.session.scalars(select(Media).where(Media.owner == "story picture")).all()) == 6


@pytest.mark.parametrize("said", demo.told(), ids=lambda said: said["title"])
def test_each_says_that_it_is_made_up_in_short_sentences_and_of_a_time_we_can_read(said):
    assert SAYS_SO[said["language"]] in said["words"]
    assert text.long_sentences(said["words"]) == []
    assert period.read(said["when"], 2026) is not None
    assert bool(said.get("warning")) == (said["language"] in {"tr", "ar"}), "no native speaker read those yet"
