"""After thirty days, by a button, with its teacher, and out of a back-up: nothing of a class is left."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from core import jobs
from core.backup import again
from core.classes import queries, service
from core.classes.models import ClassGone, Crew, SchoolClass, Word, Work
from core.database import db, writing
from core.forgotten import FORGOTTEN
from core.media.models import Media
from tests.core import objects
from tests.core.classes.lesson import on_the_way, opened
from tests.core.people.test_erasure import found_in_the_database

pytestmark = pytest.mark.both
PLANTED = "Geheimwoord"
TABLES = (SchoolClass, Crew, Work, Word)


def planted(teacher) -> str:
    """The key of a class in which a word stands in an answer and in the bytes of a picture."""
    with writing():
        here = opened(db.session.merge(teacher))
        crew = on_the_way(here)
        service.hand_in(crew, "hoor", {"words": PLANTED}, "a")
        service.hand_in(crew, "teken", {"words": PLANTED}, "b", objects.pixels(PLANTED))
        service.say(here, "well", crew)
        return here.key


def rows() -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(table)) for table in TABLES]


def files_with_it(app) -> list[Path]:
    return [one for one in Path(app.config["BUURT"].media).rglob("*.webp") if PLANTED.encode() in one.read_bytes()]


def nothing_is_left(app) -> bool:
    db.session.rollback()  # who reads meanwhile keeps the pages of before
    jobs.run(app)
    db.session.rollback()
    return rows() == [0] * len(TABLES) and not files_with_it(app) and not found_in_the_database(app, PLANTED)


def test_thirty_days_after_its_day_nothing_of_a_class_is_left(app, amina, clock):
    planted(amina)
    clock.advance(days=29)
    assert jobs.run(app)["classes"] == 0
    assert len(files_with_it(app)) == 3
    assert found_in_the_database(app, PLANTED)
    clock.advance(days=1)
    assert jobs.run(app)["classes"] == 1
    assert nothing_is_left(app)
    assert app.test_cli_runner().invoke(args=["fsck"]).exit_code == 0


def test_erased_by_its_teacher_it_is_gone_at_once(app, amina):
    key = planted(amina)
    with writing():
        service.erase(queries.by_key(key))
    assert rows() == [0] * len(TABLES)
    assert nothing_is_left(app)


def test_another_class_stays_whole(app, amina, bram):
    key = planted(amina)
    with writing():
        other = opened(db.session.merge(bram))
        service.hand_in(on_the_way(other), "hoor", {"words": "Blijft"}, "a")
        service.erase(queries.by_key(key))
    assert rows() == [1, 3, 1, 0]


def test_classes_go_with_the_teacher_who_opened_them(app, amina):
    planted(amina)
    with writing():
        service.erase_of(amina.player_key)
    assert nothing_is_left(app)


def test_a_back_up_of_before_loses_it_again_before_it_opens(app, amina, clock):
    key = planted(amina)
    since = db.session.scalar(select(Media.kept_at).limit(1))
    db.session.rollback()
    clock.advance(days=30)
    jobs.run(app)
    jobs.run(app)  # its pictures too
    db.session.rollback()
    gone = dict(FORGOTTEN.of("class").since(since))
    assert list(gone) == [key]
    clock.advance(days=-30)
    with writing():  # as a back-up brings it
        there = opened(db.session.merge(amina))
        there.key = key
        db.session.flush()
        service.hand_in(on_the_way(there), "hoor", {"words": PLANTED}, "a")
    with writing():
        FORGOTTEN.of("class").again(key)
    assert nothing_is_left(app)


def test_the_list_beside_the_back_ups_holds_keys_and_no_word(app, amina, clock):
    planted(amina)
    clock.advance(days=30)
    jobs.run(app)
    listed = Path(app.config["BUURT"].media).parent / "forgotten.jsonl"
    again.write_down(listed)
    said = listed.read_text()
    assert '"class"' in said
    assert PLANTED not in said


def test_that_a_class_went_is_forgotten_too(app, amina, clock):
    planted(amina)
    clock.advance(days=30)
    jobs.run(app)
    clock.advance(days=91)
    planted(amina)
    clock.advance(days=30)
    jobs.run(app)
    assert db.session.scalar(select(func.count()).select_from(ClassGone)) == 1
