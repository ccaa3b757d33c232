"""Starting a season: the first day and the length are filled in, and any other day still does."""

import contextlib
import re
import threading
from datetime import date, timedelta
from functools import partial

import pyotp
import pytest
from sqlalchemy import select

from core import clock as now
from core.database import db, writing
from core.guard import Role
from core.neighbourhoods import queries
from core.staff import service
from game.seasons import queries as seasons
from game.seasons import service as starting
from game.seasons.models import Season
from tests import make
from tests.game.encounters.test_races import at_once

BASE = "/w/lombok/staff"
FORM = {"theme-nl": "Deuren open", "days": "28"}
CHOICE = re.compile(r'name="starts_on" value="([\d-]+)" required( checked)?>')


@pytest.fixture
def lombok(app, clock):
    with app.app_context(), writing():
        make.neighbourhood()
    return app


@pytest.fixture
def laptop(lombok):
    """Of a coordinator with the second lock."""
    with lombok.app_context(), writing():
        token = service.invite(queries.by_slug("lombok").id, Role.COORDINATOR, None, frozenset({Role.ADMIN}))
    device = lombok.test_client()
    form = {"token": token, "login": "cor", "password": "negen natte schoenen", "name": "Gele Das", "age": "adult"}
    assert device.post(f"{BASE}/invited", data=form).status_code == 303
    secret = re.search(r"<bdi[^>]*>([A-Z2-7]{32})</bdi>", device.get(f"{BASE}/code").text)[1]
    device.post(f"{BASE}/code", data={"code": pyotp.TOTP(secret).at(now.now())})
    return device


def starts(app):
    with app.app_context():
        return str(seasons.latest(queries.by_slug("lombok").id).starts_on)


def test_when_nothing_runs_today_is_chosen_and_the_next_monday_stands_below(lombok, laptop):
    assert CHOICE.findall(laptop.get(f"{BASE}/season").text) == [("2026-06-02", " checked"), ("2026-06-08", "")]
    answer = laptop.post(f"{BASE}/season", data=FORM | {"starts_on": "2026-06-02", "another_day": ""})
    assert answer.location == f"{BASE}/checklist"
    assert starts(lombok) == "2026-06-02"


def test_while_one_runs_the_monday_after_it_is_chosen_and_does(lombok, laptop):
    laptop.post(f"{BASE}/season", data=FORM | {"starts_on": "2026-06-02"})  # until Monday the 29th
    assert CHOICE.findall(laptop.get(f"{BASE}/season").text) == [("2026-07-06", " checked")]
    assert laptop.post(f"{BASE}/season", data=FORM | {"starts_on": "2026-07-06"}).status_code == 303


def test_another_day_goes_before_the_one_that_was_filled_in(lombok, laptop):
    form = FORM | {"starts_on": "2026-06-02", "another_day": "2026-06-10"}
    assert laptop.post(f"{BASE}/season", data=form).status_code == 303
    assert starts(lombok) == "2026-06-10"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"theme-nl": ""}, "thema"), ({"another_day": "morgen"}, "jaar-maand-dag"), ({"days": "3"}, "24 tot 28 dagen")],
)
def test_what_was_typed_stays_in_a_form_that_is_refused(laptop, wrong, sentence):
    typed = FORM | {"theme-en": "Open doors", "starts_on": "2026-06-08", "days": "25", **wrong}
    answer = laptop.post(f"{BASE}/season", data=typed)
    assert answer.status_code == 422
    assert re.search(rf'role="alert">.*?<p>[^<]*{sentence}', answer.text, re.DOTALL)
    assert 'value="Open doors"' in answer.text
    assert ("2026-06-08", " checked") in CHOICE.findall(answer.text)
    if "days" not in wrong:
        assert '<option value="25" selected>' in answer.text


@pytest.mark.both
@pytest.mark.parametrize("days_later", [0, 1])
def test_of_two_started_at_one_instant_the_second_is_refused(lombok, monkeypatch, days_later):
    overlapping, both = seasons.overlapping, threading.Barrier(2)

    def wait_for_the_other(*days):
        found = overlapping(*days)
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(0.5)
        return found

    with lombok.app_context():
        here = queries.by_slug("lombok").id
    monkeypatch.setattr(seasons, "overlapping", wait_for_the_other)
    first = date(2026, 6, 2)
    days = (first, first + timedelta(days=days_later))
    at_once(lombok, [partial(starting.start, here, day, starting.LONGEST, {"nl": {"theme": "Deuren"}}) for day in days])
    with lombok.app_context():
        assert len(db.session.scalars(select(Season)).all()) == 1
