"""How often: a hall on one address meets no limit, and who waits reads for how long."""

import re

import pytest

from core.database import db, writing
from core.neighbourhoods import queries as neighbourhoods
from core.security import address, limiter, wider_address
from tests import make
from tests.core.test_guesses import at
from tests.forms import typed

HALL = 150  # people on one address, each of whom does it once within the hour
FEWER = {"core.places.views.wrong.wrong", "core.desk.report_pages.do_report.do_report"}  # what visitors can spoil


def test_no_view_allows_an_address_less_than_a_hall_needs(app):
    manager = limiter.limit_manager
    found = {name: manager.decorated_limits(name) for name in manager._decorated_limits}
    few = {
        name
        for name, limits in found.items()
        for one in limits
        if one.key_func in {address, wider_address} and one.limit.amount * 3600 / one.limit.get_expiry() < HALL
    }
    assert len(found) > 8
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


def budget(app, path: str, form: dict[str, str], at_most: int):
    """The answer to a form once it was sent too often."""
    phone = at(app, "10.0.0.9")
    phone.post("/w/lombok/join", data={"name": "Rode Fiets", "age": "adult"})
    for _time in range(at_most):
        assert phone.post(path, data=form).status_code != 429
    return phone.post(path, data=form)


@pytest.mark.parametrize(
    ("path", "form", "at_most"),
    [
        ("/w/lombok/me/name", {"name": "Warme Sjaal"}, 20),
        ("/w/lombok/me/places/new", {"name": "De stoep", "street": "Plein", "about": "Met stoelen.", "lat": "52"}, 40),
        ("/w/lombok/me/erase", {"name": "Iemand"}, 10),
        ("/w/lombok/me/blocks", {"letters": "ABC"}, 60),
        ("/w/lombok/staff/invited", {"token": "x" * 20, "login": "rode"}, 20),
        ("/w/lombok/together/bench", {"tag": "ABC"}, 40),
    ],
    ids=lambda of: of if isinstance(of, str) else "",
)
def test_who_did_it_too_often_keeps_what_they_typed_and_reads_how_long(guarded, clock, path, form, at_most):
    answer = budget(guarded, path, form, at_most)
    assert answer.status_code == 429
    assert "Het kan weer over" in re.search(r'role="alert".*?</div>', answer.text, re.DOTALL)[0]
    assert {name: typed(answer.text, name) for name in form} == form


def test_a_visitor_keeps_what_they_typed_too(guarded, clock):
    phone = at(guarded, "10.0.0.9")
    for number in range(151):
        answer = phone.post("/w/lombok/staff/invited", data={"login": f"rode {number}", "token": "x"})
    assert answer.status_code == 429
    assert typed(answer.text, "login") == "rode 150"


def test_who_says_too_often_that_they_are_there_keeps_their_answer(guarded, clock):
    with guarded.app_context(), writing():
        around = neighbourhoods.by_slug("lombok")
        spot = make.spot(around, "stoep")
        db.session.add(spot)
        db.session.flush()
        asked = {"nl": {"question": "Welk dier staat op de pot?", "answers": ["kikker"]}}
        make.challenge(around, "find-it", "find", spot_id=spot.id, on_site=asked)
    answer = budget(guarded, "/w/lombok/challenges/find-it/here", {"answer": "kikker"}, 60)
    assert answer.status_code == 429
    assert typed(answer.text, "answer") == "kikker"
