"""Guessing codes and joining all at once: thirty crews from one address get in, and a guesser finds next to nothing."""

import logging
import threading
import time

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core import codes, guesses
from core.classes import tries
from core.classes.models import SchoolClass
from core.database import db, writing
from core.discreet import Discreet
from core.guard import Role
from core.people.models import Person
from tests import make
from tests.core.classes import lesson

CLASSES = 60  # that are open on one site on one day, each at an address of its own
PROCESSES = DAYS = 2  # each process counts by itself, and 24 hours touch two days of counting (docs/security.md)
SCHOOL, NEIGHBOUR = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "198.51.100.7"}


@pytest.fixture
def letters(guarded) -> str:
    """The code of a class of today with thirty crews."""
    lesson.in_force(guarded)
    with guarded.app_context(), writing():
        return lesson.opened(db.session.scalars(select(Person)).unique().first(), crews=30).code


def type_in(app, code: str, at: dict[str, str] = SCHOOL) -> int:
    return app.test_client().post("/w/lombok/class", data={"code": code}, environ_base=at).status_code


def others(code: str, number: int) -> str:
    """Codes that are not this one."""
    wrong, signs = number, ""
    for _ in range(codes.LENGTH):
        wrong, at = divmod(wrong, len(codes.LETTERS))
        signs += codes.LETTERS[at]
    return signs if signs != code else others(code, number + 10**6)


def test_thirty_crews_of_one_address_join_at_once_and_none_is_refused(guarded, letters):
    """Each on a device of its own, all at one moment; and there are ten seconds for it."""
    start, answers = threading.Barrier(30), []

    def join(tablet: FlaskClient) -> None:
        start.wait()
        answers.append(tablet.post("/w/lombok/class", data={"code": letters}, environ_base=SCHOOL))

    tablets = [threading.Thread(target=join, args=[guarded.test_client()]) for _ in range(30)]
    begun = time.monotonic()
    for tablet in tablets:
        tablet.start()
    for tablet in tablets:
        tablet.join()
    took = time.monotonic() - begun
    print(f"{took:.1f} seconds")
    assert [answer.status_code for answer in answers] == [303] * 30
    assert len({answer.location for answer in answers}) == 30
    assert took < 10


@pytest.mark.parametrize("many", [1300, pytest.param(10_000, marks=pytest.mark.long)])
def test_ten_thousand_guesses_from_everywhere_leave_the_class_open(guarded, letters, many):
    """Each address guesses until it is refused; the school next door among them."""
    assert type_in(guarded, letters) == 303
    asked = [
        type_in(guarded, others(letters, at), {"REMOTE_ADDR": f"10.0.{at // 250}.{at % 250}"}) for at in range(many)
    ]
    assert asked.count(404) == 1200
    assert asked.count(429) == many - 1200
    assert type_in(guarded, letters) == 303, "the class that was there goes on"
    page = guarded.test_client().post("/w/lombok/class", data={"code": letters}, environ_base=NEIGHBOUR)
    assert "Scan de code met de camera" in page.text
    scanned = {"code": letters, "scanned": guesses_of(guarded, letters)}
    assert guarded.test_client().post("/w/lombok/class", data=scanned, environ_base=NEIGHBOUR).status_code == 303


def guesses_of(app, letters: str) -> str:
    with app.app_context():
        return guesses.scannable(letters)


def test_where_a_teacher_has_the_board_open_no_guess_elsewhere_stops_who_types(guarded, letters):
    laptop = guarded.test_client()
    with guarded.app_context():
        with writing():
            make.as_staff(laptop, db.session.scalars(select(Person)).unique().first(), Role.TEACHER)
        key = db.session.scalars(select(SchoolClass.key)).one()
    assert laptop.get(f"/w/lombok/staff/classes/{key}", environ_base=SCHOOL).status_code == 200
    for at in range(1201):
        type_in(guarded, others(letters, at), {"REMOTE_ADDR": f"10.0.{at // 250}.{at % 250}"})
    assert type_in(guarded, letters, NEIGHBOUR) == 429
    assert type_in(guarded, letters, SCHOOL) == 303


def test_wrong_codes_from_next_door_do_not_lock_the_class(guarded, letters):
    assert type_in(guarded, letters) == 303
    assert [type_in(guarded, others(letters, at)) for at in range(55)] == [404] * 55
    assert [type_in(guarded, others(letters, at)) for at in range(55, 70)].count(429) == 10
    assert type_in(guarded, letters) == 303  # these letters were right here


def test_all_who_guess_find_less_than_a_hundredth_of_a_class_a_day():
    day = next(most.amount for most in tries.HERE if most.multiples == 1 and most.GRANULARITY.name == "day")
    site = next(most.amount for most in tries.SITE)
    guessed = (site + CLASSES * day) * PROCESSES * DAYS
    found = guessed * CLASSES / len(codes.LETTERS) ** codes.LENGTH
    print(f"{guessed} guesses a day find {found:.4f} of {CLASSES} classes")
    assert found < 0.01


def test_a_line_of_a_log_has_no_path_of_a_class_and_no_address_of_who_asked():
    asked = (
        '192.0.2.1 - "GET /w/lombok/class/QZ7VVN0NBWNC1ZZRG87MK2YQ7F/1 HTTP/1.1" 200',
        '2001:db8::1 - "POST /w/lombok/staff/classes/abcdef/say HTTP/1.1" 303',
        "Exception on /w/lombok/class/QZ7VVN0NBWNC1ZZRG87MK2YQ7F/task/dier [POST]",
    )
    for line in asked:
        said = Discreet("x", logging.INFO, "x", 1, line, (), None).getMessage()
        assert not any(secret in said for secret in ("192.0.2.1", "2001:db8", "lombok", "QZ7V", "abcdef"))
    other = '192.0.2.1 at 10:00:00 - "GET /w/lombok/classics HTTP/1.1"'
    assert Discreet("x", logging.INFO, "x", 1, other, (), None).getMessage() == other
