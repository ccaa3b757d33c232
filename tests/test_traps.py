"""Traps of docs/architecture.md that belong to no slice."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from flask.testing import FlaskClient

from core import clock as time
from core.database import UtcDateTime, db, writing
from core.i18n import day, full_day
from core.neighbourhoods.models import Neighbourhood
from core.people.models import Device, Person

OUTSIDE = [
    "https://evil.example/",
    "//evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "\\\\evil.example",
    "/\\evil.example",
]


@pytest.mark.parametrize("address", OUTSIDE)
def test_no_address_from_outside_is_followed_after_a_form(here: Neighbourhood, client: FlaskClient, address: str):
    after_language = client.post("/language", data={"lang": "en", "back": address})
    after_joining = client.post("/w/lombok/join", data={"name": "Rode Fiets", "age": "adult", "then": address})
    assert after_language.headers["Location"] == "/"
    assert after_joining.headers["Location"] == "/w/lombok/#said"


def test_only_the_scan_page_may_run_wasm(here: Neighbourhood, client: FlaskClient):
    pages = ["/", "/e/", "/w/lombok/", "/w/lombok/challenges", "/w/lombok/join", "/w/lombok/thermometer", "/nowhere"]
    policies = {page: client.get(page).headers["Content-Security-Policy"] for page in pages}
    assert [page for page, policy in policies.items() if "wasm" in policy] == ["/e/"]
    assert not any("unsafe-inline" in policy or "'unsafe-eval'" in policy for policy in policies.values())


@pytest.mark.both
def test_a_moment_comes_back_in_utc(amina: Person):
    in_summer = datetime(2026, 7, 1, 14, 0, tzinfo=timezone(timedelta(hours=2)))
    with writing():
        db.session.add(Device(person_id=amina.id, token_hash="0" * 64, since=in_summer))
    db.session.expire_all()
    kept = db.session.scalars(db.select(Device).where(Device.token_hash == "0" * 64)).one().since
    assert (kept, kept.tzinfo) == (datetime(2026, 7, 1, 12, 0, tzinfo=UTC), UTC)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 7, 1), None)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), date(2026, 3, 28)),  # the night the clock goes forward
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),  # a Monday, an hour earlier in UTC
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),  # the night it goes back
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_a_day_and_a_week_begin_at_midnight_in_amsterdam(moment: datetime, day: date):
    assert time.day_of(moment) == day
    monday = time.week_of(day)
    assert monday.weekday() == 0
    assert timedelta(0) <= day - monday < timedelta(days=7)


@pytest.mark.parametrize("say", [day, full_day])
def test_a_moment_after_midnight_is_said_to_be_of_its_own_day(here: Neighbourhood, say: Callable[[date], str]):
    assert say(datetime(2026, 6, 1, 22, 30, tzinfo=UTC)) == say(date(2026, 6, 2))
