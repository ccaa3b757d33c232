"""Opening a class, joining it, handing in: what is kept, what is refused, and what two at once get."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core import clock as time
from core.classes import queries, service, tokens
from core.classes.activities import ACTIVITIES
from core.classes.animals import ANIMALS
from core.classes.models import MOST_CREWS, Crew, Part, SchoolClass, Work
from core.codes import LETTERS
from core.database import db, writing
from core.refusal import Refusal
from tests import make
from tests.core.classes import lesson
from tests.core.classes.lesson import on_the_way, opened

pytestmark = pytest.mark.both


@pytest.fixture
def today(amina) -> SchoolClass:
    """A class of three crews, of which the last works inside."""
    with writing():
        return opened(db.session.merge(amina))


def refused(do, *arguments, **more) -> str:
    with pytest.raises(Refusal) as no, writing():
        do(*arguments, **more)
    return str(no.value.sentence)


def test_a_class_has_six_letters_of_our_alphabet_and_crews_with_given_names(today):
    assert len(today.code) == 6
    assert set(today.code) <= set(LETTERS)
    assert [crew.animal for crew in today.crews] == list(ANIMALS)[:3]
    assert [crew.part for crew in today.crews] == [Part.STREET, Part.STREET, Part.NEWS]


def test_there_are_as_many_animals_as_crews_and_no_two_share_a_track():
    assert len(ANIMALS) == MOST_CREWS == len({animal.track for animal in ANIMALS.values()})


@pytest.mark.parametrize(("crews", "newsrooms"), [(0, 0), (31, 0), (3, 4), (3, -1)])
def test_no_class_has_more_than_thirty_crews_or_none(amina, crews, newsrooms):
    assert "groepjes" in refused(opened, amina, crews, newsrooms)


@pytest.mark.parametrize("days", [-1, 61])
def test_a_class_is_of_today_or_of_a_day_within_two_months(amina, days):
    assert "dag" in refused(opened, amina, day=time.today() + timedelta(days=days))


def test_no_class_is_opened_with_a_lesson_that_is_not_there(amina):
    assert "les" in refused(service.open_class, amina, lesson.KIND, "none", time.today(), 3)
    assert "les" in refused(service.open_class, amina, "none", lesson.KEY, time.today(), 3)


def test_each_device_gets_a_crew_of_its_own_until_none_is_free(today):
    with writing():
        joined = [on_the_way(today).animal for _ in range(3)]
    assert joined == ["heron", "hedgehog", "fox"]
    assert "onderweg" in refused(on_the_way, today)
    with writing():
        service.add_crew(today)
        assert on_the_way(today).animal == "hare"


def test_a_crew_on_paper_is_given_to_no_device(today):
    with writing():
        service.go_on_paper(today.crews[0], True)
        assert on_the_way(today).animal == "hedgehog"


def test_twelve_devices_at_one_instant_are_twelve_crews(app, amina):
    with writing():
        key = opened(db.session.merge(amina), crews=12).key
    got, start = [], threading.Barrier(12)

    def join() -> None:
        with app.app_context():
            start.wait()
            with writing():
                got.append(on_the_way(queries.by_key(key)).animal)

    phones = [threading.Thread(target=join) for _ in range(12)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    assert sorted(got) == sorted(list(ANIMALS)[:12])


def test_a_code_of_yesterday_and_of_tomorrow_each_get_a_sentence(amina, today, clock):
    clock.advance(days=1)
    assert "voorbij" in refused(on_the_way, today)
    with writing():
        tomorrow = opened(db.session.merge(amina), day=time.today() + timedelta(days=1))
    assert "andere dag" in refused(on_the_way, tomorrow)


def test_a_crew_comes_back_by_its_secret_of_which_only_a_hash_is_kept(here, today):
    with writing():
        crew = on_the_way(today)
    secret = service.token(crew)
    assert queries.crew(here.id, secret.lower()).key == crew.key
    assert secret not in str(db.session.execute(select(Crew.__table__)).all())
    assert queries.crew(here.id + 1, secret) is None
    with writing():
        service.new_token(db.session.merge(crew))
    assert queries.crew(here.id, secret) is None
    assert queries.crew(here.id, tokens.of(crew.key, 2)).key == crew.key


def test_what_is_sent_twice_is_one_and_what_is_done_anew_is_kept_beside_it(today):
    with writing():
        crew = on_the_way(today)
        first = service.hand_in(crew, "dier", {"words": "Een vis"}, "a")
        again = service.hand_in(crew, "dier", {"words": "Een vis"}, "a")
        anew = service.hand_in(crew, "dier", {"words": "Een haan"}, "b")
    assert first.id == again.id != anew.id
    assert queries.done(crew)["dier"].said == {"words": "Een haan"}
    assert queries.progress(today) == {crew.id: 1}
    assert db.session.scalar(select(func.count(Work.id))) == 2


def test_what_comes_after_the_end_is_kept_and_says_so(today, clock):
    with writing():
        crew = on_the_way(today)
        service.end(today, is_over=True)
        late = service.hand_in(crew, "dier", {"words": "Een vis"}, "a")
    assert late.is_late
    clock.advance(days=3)
    with writing():
        assert service.hand_in(db.session.merge(crew), "hoor", {}, "b").is_late


def test_help_is_asked_once_and_ends_when_the_teacher_comes(today, clock):
    with writing():
        crew = on_the_way(today)
        service.ask_help(crew)
    since = crew.help_at
    clock.advance(minutes=2)
    with writing():
        service.ask_help(db.session.merge(crew))
        assert crew.help_at == since
        service.say(today, "coming", crew)
    assert queries.crew(today.neighbourhood_id, service.token(crew)).help_at is None


def test_a_teacher_says_fixed_sentences_only_to_one_or_to_all(today):
    with writing():
        crew, other = on_the_way(today), on_the_way(today)
        service.say(today, "well", None)
        service.say(today, "back", other)
    assert queries.said_to(crew).says == "well"
    assert queries.said_to(other).says == "back"
    assert refused(service.say, today, "Hallo Samira", crew)


def test_a_teacher_finds_their_own_classes_only(here, today, amina, bram):
    assert queries.own(here.id, amina.player_key, today.key)
    assert queries.own(here.id, bram.player_key, today.key) is None
    assert queries.own(here.id + 1, amina.player_key, today.key) is None


def test_a_class_meets_no_ledger_and_no_player(app, today):
    names = {table for table in db.metadata.tables if table.startswith("school_")}
    with_player = {name for name in names if "teacher" in db.metadata.tables[name].c}
    assert with_player == {"school_class"}
    points_at = {key.column.table.name for name in names for key in db.metadata.tables[name].foreign_keys}
    assert points_at == {"neighbourhood", "school_class", "school_crew"}


def test_a_lesson_that_is_gone_takes_no_class_with_it(app, today):
    kept = app.extensions["registries"][ACTIVITIES.name].pop(lesson.KIND)
    assert service.plan_of(today) is None
    app.extensions["registries"][ACTIVITIES.name][lesson.KIND] = kept
    assert service.plan_of(today).title == "Hoe klonk de straat?"


def test_no_two_classes_share_a_code(amina, monkeypatch):
    letters = iter(["BCDFGH", "BCDFGH", "JKMNPQ"])
    monkeypatch.setattr(service.codes, "short_code", lambda: next(letters))
    with writing():
        one, other = opened(db.session.merge(amina)), opened(db.session.merge(amina))
    assert {one.code, other.code} == {"BCDFGH", "JKMNPQ"}


def test_another_neighbourhood_knows_no_such_code(today):
    with writing():
        there = make.neighbourhood("hoograven")
    assert queries.by_code(there.id, today.code) is None
