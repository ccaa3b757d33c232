"""How often: a hall on one address meets no limit, and who waits reads for how long."""

import re

import pytest

from core.security import address, limiter, wider_address
from tests.core.test_guesses import at

HALL = 150  # people on one address, each of whom does it once within the hour
FEWER = {"core.places.views.wrong.wrong", "core.desk.reports.do_report.do_report"}  # what visitors can spoil


def test_no_view_allows_an_address_less_than_a_hall_needs(app):
    manager = limiter.limit_manager
    found = {name: manager.decorated_limits(name) for name in manager._decorated_limits}
    few = {
        name
        for name, limits in found.items()
        for one in limits
        if one.key_func in {address, wider_address} and one.limit.amount * 3600 / one.limit.get_expiry() < HALL
    }
    assert len(found) > 20
    assert few == FEWER


def test_a_hall_joins_on_one_address_also_with_names_that_somebody_has_and_a_flood_does_not(guarded, clock):
    names = [f"{letter}{other} Buur" for letter in "ABCDEFGHKMNPRTW" for other in "abcdefghkmnprt"][:200]
    tried = [*names[:HALL], *names[:20], *names[HALL:], "Rode Kat"]
    answers = [
        at(guarded, "10.0.0.7").post("/w/lombok/join", data={"name": name, "age": "adult"}).status_code
        for name in tried
    ]
    assert answers == [303] * HALL + [409] * 20 + [303] * 50 + [429]


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_who_waits_reads_how_long(guarded, clock, accept):
    phone = at(guarded, "10.0.0.8")
    phone.post("/w/lombok/join", data={"name": "Rode Fiets", "age": "adult"})
    for number in range(11):
        answer = phone.post("/w/lombok/me/erase", data={"name": f"niet {number}"}, headers={"Accept": accept})
    assert answer.status_code == 429
    seconds = int(answer.headers["Retry-After"])
    assert 3500 < seconds <= 3600
    said = re.search(r"Het kan weer over (\d+) minuten", answer.text)
    assert int(said[1]) * 60 >= seconds
