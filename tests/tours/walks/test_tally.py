"""How often walks are walked: each once, in sums of weeks that name nobody, shown in fives."""

import re
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from core.database import db, writing
from core.neighbourhoods import queries as neighbourhoods
from tests import make
from tests.core import objects
from tests.core.test_guesses import at
from tests.tours.walks.test_pages import AT, STAFF, lombok, maker
from tests.tours.walks.test_walking import WALK, walker
from tours.walks import tally
from tours.walks.models import Walked, Walking

__all__ = ["lombok", "maker", "walker"]
pytestmark = pytest.mark.both
ORIGIN = {"Origin": "http://localhost"}


def reach(phone, reached: str, number: int = 0, walk: str = "an-id-made-up", at: str = WALK) -> int:
    said = {"walk": walk, "reached": reached, "number": number}
    return phone.post(f"{at}/walked", data=said, headers=ORIGIN).status_code


def sums(app) -> list[tuple[int, int, int]]:
    with app.app_context():
        found = db.session.scalars(select(Walked).order_by(Walked.week))
        return [(one.starts, one.finishes, one.heard) for one in found]


def test_a_walk_counts_once_however_often_its_pages_are_opened(walker, lombok):
    for _twice in range(2):
        for number in (1, 2, 3):
            assert reach(walker, "way", number) == 303
            reach(walker, "here", number)
        reach(walker, "end")
    assert sums(lombok) == [(1, 1, 3)]


def test_twenty_phones_at_the_very_same_moment_are_twenty_walks_and_one_phone_twice_is_one(walker, lombok):
    start = Barrier(20)

    def walk(number: int) -> None:
        start.wait()
        assert reach(lombok.test_client(), "end", walk=f"walk-number-{number // 2}") == 303

    threads = [Thread(target=walk, args=(number,)) for number in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sums(lombok) == [(10, 10, 0)]


def test_the_id_is_gone_after_a_day_and_the_sums_stay(walker, lombok, clock):
    reach(walker, "end")
    clock.advance(days=1)
    with lombok.app_context():
        assert (tally.forget(), tally.forget()) == (1, 0)
        assert db.session.scalar(select(func.count()).select_from(Walking)) == 0
    assert sums(lombok) == [(1, 1, 0)]


def test_everybody_reads_it_in_fives_from_five(walker):
    for number in range(4):
        reach(walker, "end", walk=f"walk-number-{number}")
    assert "Uitgelopen" not in walker.get(WALK).text
    for number in range(4, 9):
        reach(walker, "end", walk=f"walk-number-{number}")
    assert "5 keer of vaker" in walker.get(WALK).text


def test_walks_that_were_walked_raise_the_thermometer(walker):
    for number in range(5):
        reach(walker, "end", walk=f"walk-number-{number}")
    assert "wandelingen uitgelopen" in walker.get("/w/lombok/thermometer").text


def test_its_maker_sees_weeks_in_fives_and_nothing_of_fewer_than_five(walker, lombok, maker, clock):
    def weeks() -> str:
        page = maker.get(f"{STAFF}/rondje-kanaal").text
        return " ".join(re.sub(r"<[^>]+>", " ", page.partition('id="weeks"')[2].partition("</details>")[0]).split())

    for number in range(4):
        for stop in (1, 2, 3):
            reach(walker, "here", stop, walk=f"walk-number-{number}")
    assert "Nog te weinig" in weeks()
    assert not re.search(r"begonnen: \d", weeks()), "also not that twelve stops were heard"
    for number in range(4, 13):
        reach(walker, "here", 1, walk=f"walk-number-{number}")
    for number in range(6):
        reach(walker, "end", walk=f"walk-number-{number}")
    clock.advance(days=-7)
    reach(walker, "here", 1, walk="walk-number-x")
    clock.advance(days=7)
    said = weeks()
    assert "begonnen: 10 of meer · tot het einde: 5 of meer · gehoorde haltes: 20 of meer" in said
    assert said.count("Te weinig om iets te zeggen.") == 1
    assert not {"13", "6", "21"} & set(re.findall(r": (\d+)", said)), "never exact"


def test_one_address_counts_a_hall_of_walks_an_hour_and_few_that_heard_nothing(guarded, clock):
    with guarded.test_request_context("/w/lombok/"), writing():
        here = neighbourhoods.by_slug("lombok")
        made, _said = objects.public_walk(make.person(here, "Gele Jas"), make.person(here, "Rode Jas"))
    phone, walk = at(guarded, "10.0.0.77"), f"{AT}/{made['key']}"
    over = [reach(phone, "end", walk=f"only-the-end-{number}", at=walk) for number in range(33)]
    assert over == [303] * 30 + [429] * 3
    begun = [reach(phone, "here", 1, walk=f"walk-number-{number}", at=walk) for number in range(153)]
    assert begun == [303] * 150 + [429] * 3
    assert reach(phone, "end", walk="walk-number-1", at=walk) == 303, "what was begun goes on"
    assert sums(guarded) == [(180, 31, 150)]


def test_what_no_page_of_ours_sends_counts_nothing(walker, lombok):
    assert [reach(walker, *said) for said in (("away", 1), ("here", 41), ("end", 0, "x"), ("end", 0, "x" * 65))] == [
        422
    ] * 4
    assert (
        walker.post(
            f"{AT}/nergens/walked", data={"walk": "an-id-made-up", "reached": "end"}, headers=ORIGIN
        ).status_code
        == 404
    )
    assert sums(lombok) == []


def test_without_javascript_a_button_at_the_end_counts_it(walker, lombok):
    page = walker.get(f"{WALK}/end").text
    assert 'id="count"' in page
    assert (
        walker.post(f"{WALK}/walked", data={"walk": "an-id-made-up", "reached": "end"}, headers=ORIGIN).status_code
        == 303
    )
    assert "Je wandeling telt mee" in walker.get(f"{WALK}/end").text
    assert sums(lombok) == [(1, 1, 0)]
