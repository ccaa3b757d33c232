"""What waited on a phone: hand-ins up to fourteen days late, answers that come twice, in any order, from two tabs."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from core import clock as core_clock
from core.database import db, writing
from core.pages import worker_pages
from core.people.models import Person
from core.photos.models import Photo
from game.encounters.models import Code, Encounter, State, Yes
from game.scoring.models import LedgerEntry
from game.seasons.models import Season
from tests import make

pytestmark = pytest.mark.both
JSON = {"Accept": "application/json"}
DAY = 24 * 3600
CHALLENGES = ("bench", "bike", "colour")


@pytest.fixture
def lombok(app, clock):
    """The neighbourhood on the third day of its season; nobody's app context stays open."""
    with app.app_context():
        make.world()
    return app


@pytest.fixture
def amina(lombok) -> FlaskClient:
    return joined(lombok, "Rode Fiets")


@pytest.fixture
def bram(lombok) -> FlaskClient:
    return joined(lombok, "Groene Deur")


def joined(app, name: str) -> FlaskClient:
    phone = app.test_client()
    assert phone.post("/w/lombok/join", data={"name": name, "age": "adult"}).status_code == 303
    return phone


def tag(app, name: str) -> str:
    with app.app_context():
        return db.session.scalars(select(Person.tag).where(Person.name == name)).one()


def replay(phone: FlaskClient, *, age: float, challenge: str = "bench", key: str = "one", photo=None, **more):
    """A hand-in as the phone's queue sends it, so many seconds after it was made."""
    data = {"client_key": key, "age": str(int(age)), **more}
    data |= {"photo": (photo, "photo.jpg")} if photo else {"without": "1"}
    return phone.post(f"/w/lombok/together/{challenge}", data=data, headers=JSON)


def answer(phone: FlaskClient, address: str, **fields: str):
    return phone.post(f"{address}/yes", data={"photo": "with", **fields}, headers=JSON)


def only(model):
    return db.session.scalars(select(model)).one()


# ---- late


def test_nine_days_late_it_goes_straight_to_the_other_who_has_three_days_from_then(lombok, amina, bram, clock):
    clock.advance(days=9)
    made = replay(amina, age=9 * DAY, photo=make.jpeg(), tag=tag(lombok, "Groene Deur"))
    assert (made.status_code, made.json["open"]) == (201, False)
    with lombok.app_context():
        encounter = only(Encounter)
        assert encounter.state == State.PROPOSED
        assert (encounter.answer_by - encounter.made_at).total_seconds() == 3 * DAY
        assert (encounter.made_at.date() - encounter.taken_on).days == 9
    clock.advance(hours=71)
    assert answer(bram, made.json["next"]).json["answered"] == "yes"
    with lombok.app_context():
        assert [entry.points for entry in db.session.scalars(select(LedgerEntry))] == [10, 10]


@pytest.mark.parametrize("age", [14 * DAY + 60, 15 * DAY, 400 * DAY, 10**30])
def test_after_fourteen_days_it_is_refused_kindly_and_nothing_is_left_here(lombok, amina, age):
    answered = replay(amina, age=age, photo=make.jpeg())
    assert answered.status_code == 410
    assert "14" in answered.json["error"]
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(Encounter)) == 0
        assert db.session.scalar(select(func.count()).select_from(Photo)) == 0


def test_up_to_the_last_minute_it_is_accepted(lombok, amina):
    assert replay(amina, age=14 * DAY - 60).status_code == 201


def test_one_whose_answer_got_lost_is_acknowledged_also_after_fourteen_days(amina, clock):
    first = replay(amina, age=60, photo=make.jpeg())
    clock.advance(days=15)
    again = replay(amina, age=15 * DAY, photo=make.jpeg())
    assert again.status_code == 201
    assert (again.json["sha256"], again.json["next"]) == (first.json["sha256"], first.json["next"])


@pytest.mark.parametrize("age", ["", "-5", "1e3", "nan", "٣x", "soon"])
def test_an_age_that_is_no_number_of_seconds_is_now(lombok, amina, age):
    data = {"client_key": "one", "age": age, "without": "1"}
    assert amina.post("/w/lombok/together/bench", data=data, headers=JSON).status_code == 201
    with lombok.app_context():
        assert only(Encounter).taken_on is None


def test_a_photo_from_a_season_that_is_over_goes_to_the_album_only(lombok, amina, bram, clock):
    with lombok.app_context():
        season = only(Season)
        over, place = season.ends_on, season.neighbourhood_id
    clock.advance(days=(over - clock_day()).days + 3)
    with lombok.app_context():
        make_next_season(place)
    made = replay(amina, age=5 * DAY, tag=tag(lombok, "Groene Deur"))
    answer(bram, made.json["next"])
    with lombok.app_context():
        encounter = only(Encounter)
        assert (encounter.state, encounter.season_id) == (State.CONFIRMED, None)
        assert db.session.scalars(select(LedgerEntry)).all() == []
    page = amina.get(made.json["next"]).get_data(as_text=True)
    assert "album" in page
    assert replay(amina, age=60, key="two", tag=tag(lombok, "Groene Deur")).status_code == 201  # not in its way


def clock_day():
    return core_clock.today()


def make_next_season(place: int) -> None:
    """A season that begins today, right after the one before."""
    with writing():
        last = db.session.scalars(select(Season)).one()
        db.session.add(
            Season(
                neighbourhood_id=place, texts=last.texts, ruleset=last.ruleset, starts_on=clock_day(),
                ends_on=clock_day() + timedelta(days=24),
            )
        )  # fmt: skip


# ---- whose it is


def test_nothing_goes_in_the_name_of_somebody_else_who_is_signed_in_now(lombok, amina, bram):
    mine = tag(lombok, "Rode Fiets")
    assert replay(bram, age=60, who=mine).status_code == 401
    made = replay(amina, age=60, who=mine, tag=tag(lombok, "Groene Deur"))
    assert made.status_code == 201
    assert answer(bram, made.json["next"], who=mine).status_code == 401
    refused = bram.post(f"{made.json['next']}/no", data={"who": mine}, headers=JSON)
    assert refused.status_code == 401
    with lombok.app_context():
        assert only(Encounter).starter == db.session.scalars(select(Person).where(Person.tag == mine)).one().player_key
        assert only(Encounter).state == State.PROPOSED


# ---- answers


def test_a_yes_that_comes_twice_is_one(lombok, amina, bram):
    made = replay(amina, age=60, tag=tag(lombok, "Groene Deur"))
    answers = [answer(bram, made.json["next"]) for _time in range(3)]
    assert [(each.status_code, each.json["answered"]) for each in answers] == [(200, "yes")] * 3
    with lombok.app_context():
        assert len(db.session.scalars(select(Yes)).all()) == 2
        assert len(db.session.scalars(select(LedgerEntry)).all()) == 2


def test_a_yes_by_letters_whose_answer_got_lost_is_found_by_its_meeting_when_the_letters_are_over(
    lombok, amina, bram, clock
):
    made = replay(amina, age=0)
    key = made.json["next"].rpartition("/")[2]
    with lombok.app_context():
        letters = only(Code).letters
    assert answer(bram, f"/e/{letters}", meeting=key).json["answered"] == "yes"
    clock.advance(days=3)
    again = answer(bram, f"/e/{letters}", meeting=key)
    assert (again.status_code, again.json["answered"]) == (200, "yes")
    with lombok.app_context():
        assert len(db.session.scalars(select(LedgerEntry)).all()) == 2


def test_a_meetings_key_opens_nothing_for_who_is_not_in_it(lombok, amina, bram, clock):
    made = replay(amina, age=0)
    key = made.json["next"].rpartition("/")[2]
    with lombok.app_context():
        letters = only(Code).letters
    clock.advance(minutes=11)
    assert answer(bram, f"/e/{letters}", meeting=key).status_code == 410
    assert answer(bram, f"/e/{key}", meeting=key).status_code == 404


def test_a_yes_that_comes_after_the_time_to_answer_is_refused_in_a_sentence(lombok, amina, bram, clock):
    made = replay(amina, age=60, tag=tag(lombok, "Groene Deur"))
    clock.advance(hours=73)
    late = answer(bram, made.json["next"])
    assert late.status_code == 410
    assert late.json["error"].endswith(".")


# ---- the kept page


def test_the_kept_page_is_the_same_whoever_asks_for_it(lombok, amina):
    visitor = lombok.test_client()
    kept = amina.get("/w/lombok/offline")
    assert kept.status_code == 200
    assert kept.data == visitor.get("/w/lombok/offline").data
    assert tag(lombok, "Rode Fiets") not in kept.get_data(as_text=True)
    assert "data-me" not in kept.get_data(as_text=True)


def test_the_worker_names_another_version_when_a_file_changes(lombok, monkeypatch):
    phone = lombok.test_client()
    before = phone.get("/sw.js").get_data(as_text=True)
    assert before.startswith("const VERSION = '")
    assert "/static/js/queue.js" in before
    assert phone.get("/sw.js").get_data(as_text=True) == before
    monkeypatch.setattr(worker_pages, "FILES", worker_pages.FILES[:-1])
    assert phone.get("/sw.js").get_data(as_text=True).split("\n")[0] != before.split("\n")[0]


# ---- R5


@pytest.mark.parametrize("seed", range(3))
def test_a_queue_replayed_in_any_order_twice_from_two_tabs_is_done_once(lombok, amina, bram, clock, seed):
    chance = random.Random(seed)
    clock.advance(days=9)  # the season has begun by then
    theirs = tag(lombok, "Groene Deur")
    mine = tag(lombok, "Rode Fiets")
    asked = {
        name: replay(bram, age=0, challenge=name, key=f"b{name}", tag=mine).json["next"] for name in CHALLENGES[:2]
    }
    queue = [
        *(lambda name=name: replay(
            amina, age=9 * DAY, challenge=name, key=f"a{name}", photo=make.jpeg(), tag=theirs, who=mine
        ) for name in CHALLENGES),
        *(lambda where=where: answer(amina, where, who=mine) for where in asked.values()),
    ]  # fmt: skip
    tabs = [item for _tab in range(2) for item in chance.sample(queue * 2, k=2 * len(queue))]
    with ThreadPoolExecutor(6) as pool:
        statuses = [done.result().status_code for done in [pool.submit(item) for item in tabs]]
    assert set(statuses) == {200, 201}
    with lombok.app_context():
        photos = db.session.scalars(select(Photo)).all()
        standing = db.session.scalars(select(Encounter).where(Encounter.state != State.REMOVED)).all()
        assert len(photos) == len(CHALLENGES)
        assert sorted(one.state for one in standing) == [State.CONFIRMED, State.CONFIRMED, State.PROPOSED]
        assert {one.client_key for one in db.session.scalars(select(Encounter))} >= {f"a{name}" for name in CHALLENGES}
        assert len(db.session.scalars(select(LedgerEntry)).all()) <= 4
