"""Who is still alone, where nobody takes part, signs to check and the report: counts only, and nobody in them."""

import re

import pytest

from core import clock as now
from core import jobs
from core.database import db, writing
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.places import service as places
from game.headquarters import care
from game.seasons import queries as seasons
from tests import make
from tests.bench.meetings import letters
from tests.core.staff.test_pages import join

pytestmark = pytest.mark.both
CARE, REPORT = "/w/lombok/staff/care", "/w/lombok/staff/report"
PEOPLE = re.compile(r"Buur [A-Z]+")


@pytest.fixture
def lombok(app, clock):
    """A season of 28 days from Tuesday 2 June, with nobody in it yet."""
    with app.app_context(), writing():
        make.season(make.neighbourhood(), days_ago=0)
    return app


def come(app, first: int, last: int, zone: str = "Noord", meets: bool = False) -> None:
    """So many newcomers in a zone, who each met somebody of the zone or nobody."""
    with app.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        people = [make.person(here, f"Buur {letters(number)}", zone) for number in range(first, last)]
        if meets:
            for one, other in zip(people, people[1:] + people[:1], strict=True):
                make.confirmed(one, other)


def weeks_on(app, clock, number: int) -> None:
    clock.advance(days=7 * number)
    jobs.run(app)


def page(app, *paths: str) -> str:
    """What a host reads, whose session is of today."""
    host = join(app, Role.HOST, f"host{now.now():%m%d}", f"Balie {letters(now.now().day)}")
    return "".join(host.get(path).text for path in paths or [CARE]).replace("\u00a0", " ")


def about_alone(app) -> int | None:
    """What the newest edition says of who is alone."""
    with app.app_context():
        return care.said(seasons.shown(neighbourhoods.by_slug("lombok").id)).alone


def test_it_is_counted_once_a_week_and_before_that_it_says_when(lombok, clock):
    come(lombok, 0, 8)
    assert "De eerste telling van dit seizoen komt op dinsdag 9 juni." in page(lombok)
    weeks_on(lombok, clock, 1)
    assert "Ongeveer 10 buren" in page(lombok)  # eight of them, and the host


def test_fewer_than_five_and_nobody_look_the_same(lombok, clock):
    come(lombok, 0, 6, meets=True)
    come(lombok, 6, 8)
    weeks_on(lombok, clock, 1)
    few = page(lombok)
    assert "Te weinig om iets te zeggen: minder dan vijf, of niemand." in few
    assert "Ongeveer" not in few


def test_zones_with_few_are_not_said_and_the_next_smallest_hides_with_them(lombok, clock):
    come(lombok, 0, 21, "Noord", meets=True)
    come(lombok, 21, 24, "Zuid", meets=True)
    weeks_on(lombok, clock, 1)
    said = page(lombok)
    assert "We kunnen nog niets zeggen over:" in said
    assert re.findall(r"<td>(\d+)</td>", said) == []  # 20 of 25 would say what the other is
    assert "<strong>25</strong>" in said


def test_one_more_neighbour_changes_no_number_and_five_do(lombok, clock):
    come(lombok, 0, 7)
    weeks_on(lombok, clock, 1)
    assert about_alone(lombok) == 5
    come(lombok, 7, 8)  # eight would be said as ten
    weeks_on(lombok, clock, 1)
    assert about_alone(lombok) == 5
    come(lombok, 8, 12)
    weeks_on(lombok, clock, 1)
    assert about_alone(lombok) == 10


def test_nobody_stands_on_either_page_and_no_number_of_people_under_five(lombok, clock):
    come(lombok, 0, 9, meets=True)
    come(lombok, 9, 12, "Zuid")
    weeks_on(lombok, clock, 1)
    said = page(lombok, CARE, REPORT)
    assert not PEOPLE.search(said)
    figures = re.findall(r"<(?:td|strong)>(\d+)<", said)
    assert figures
    assert all(int(one) % 5 == 0 and int(one) for one in figures)


def test_between_two_counts_another_pair_changes_nothing_that_is_said_of_people(lombok, clock):
    come(lombok, 0, 12, meets=True)
    weeks_on(lombok, clock, 1)
    before = page(lombok)
    come(lombok, 12, 14, meets=True)
    jobs.run(lombok)
    numbers = re.compile(r"<td>.*?</td>")
    clock.advance(days=1)
    assert numbers.findall(before) == numbers.findall(page(lombok)) != []


def test_a_sign_that_nobody_saw_for_a_month_or_that_is_not_right_is_to_be_checked(lombok, clock):
    with lombok.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        bank, pump = make.spot(here), make.spot(here, "pomp", name="Pomp")
        db.session.add_all([bank, pump])
        places.put_up(bank)
        wrong = places.put_up(pump)
        places.report(pump, wrong, "covered")
    early = page(lombok)
    assert "Pomp" in early
    assert "Er zit een andere code overheen." in early
    assert ">Bank<" not in early
    clock.advance(days=31)
    with lombok.app_context(), writing():
        places.seen(db.session.merge(wrong))
    late = page(lombok)
    assert ">Bank<" in late
    assert ">Pomp<" not in late
