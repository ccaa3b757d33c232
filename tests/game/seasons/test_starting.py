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
from core.audit.models import AuditEntry
from core.database import db, writing
from core.guard import Role
from core.neighbourhoods import queries
from core.refusal import Refusal
from core.staff import service
from game.seasons import queries as seasons
from game.seasons import service as starting
from game.seasons.models import Season
from tests import make
from tests.bench.meetings import letters
from tests.forms import fault
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
    assert answer.location == f"{BASE}/checklist#said"
    assert starts(lombok) == "2026-06-02"


def test_while_one_runs_the_monday_after_it_is_chosen_and_does(lombok, laptop):
    laptop.post(f"{BASE}/season", data=FORM | {"starts_on": "2026-06-02"})  # until Monday the 29th
    assert CHOICE.findall(laptop.get(f"{BASE}/season").text) == [("2026-07-06", " checked")]
    assert laptop.post(f"{BASE}/season", data=FORM | {"starts_on": "2026-07-06"}).status_code == 303


def test_another_day_goes_before_the_one_that_was_filled_in(lombok, laptop):
    form = FORM | {"starts_on": "2026-06-02", "another_day": "2026-06-10"}
    assert laptop.post(f"{BASE}/season", data=form).status_code == 303
    assert starts(lombok) == "2026-06-10"


def test_the_list_of_seasons_says_its_days_on_one_line_with_the_year_only_where_it_is_another(lombok, laptop):
    with lombok.app_context(), writing():
        here = queries.by_slug("lombok").id
        for first in (now.today(), date(now.today().year, 12, 21)):
            starting.start(here, first, 28, {"nl": {"theme": "Deuren open"}})
    said = re.findall(r'buurt-list__meta">([^<]+)<', laptop.get(f"{BASE}/season").text)
    assert [" ".join(days.split()) for days in said] == ["2–29 jun", "21 dec 2026 – 17 jan 2027"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"theme-nl": ""}, "thema"), ({"another_day": "morgen"}, "jaar-maand-dag"), ({"days": "3"}, "24 tot 28 dagen")],
)
def test_what_was_typed_stays_in_a_form_that_is_refused_with_the_sentence_at_its_field(laptop, wrong, sentence):
    typed = FORM | {"theme-en": "Open doors", "starts_on": "2026-06-08", "days": "25", **wrong}
    answer = laptop.post(f"{BASE}/season", data=typed)
    assert answer.status_code == 422
    assert sentence in fault(answer.text, *wrong)
    assert 'value="Open doors"' in answer.text
    assert ("2026-06-08", " checked") in CHOICE.findall(answer.text)
    if "days" not in wrong:
        assert '<option value="25" selected>' in answer.text


# ---- a slip is mended


def seasons_of(app):
    with app.app_context():
        db.session.rollback()
        return [
            (str(one.starts_on), one.length, one.texts["nl"]["theme"])
            for one in db.session.scalars(select(Season).order_by(Season.starts_on))
        ]


def last_act(app):
    with app.app_context():
        return db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc())).first()


def met(app, done=True):
    """Two residents who met in the season, or one who waits for a yes."""
    with app.app_context(), writing():
        here = queries.by_slug("lombok")
        two = make.person(here, "Rode Laars"), make.person(here, "Gele Jas")
        make.confirmed(*two) if done else make.encounter(*two)


@pytest.mark.parametrize("first", ["2026-06-02", "2026-06-08"])
def test_a_season_that_nobody_met_in_gets_another_theme_and_other_days(lombok, laptop, first):
    laptop.post(f"{BASE}/season", data=FORM | {"theme-nl": "Deurne open", "starts_on": first})
    page = f"{BASE}/season/{first}"
    assert f'href="{page}"' in laptop.get(f"{BASE}/season").text
    assert 'value="Deurne open"' in laptop.get(page).text
    assert laptop.post(page, data=FORM | {"starts_on": "2026-06-10", "days": "24"}).location == f"{BASE}/season#said"
    assert seasons_of(lombok) == [("2026-06-10", 24, "Deuren open")]
    assert last_act(lombok) == "season.change"
    assert laptop.get(page).status_code == 404


def test_a_season_that_nobody_met_in_is_taken_away(lombok, laptop):
    laptop.post(f"{BASE}/season", data=FORM | {"starts_on": "2026-06-02"})
    assert laptop.post(f"{BASE}/season/2026-06-02/away").location == f"{BASE}/season#said"
    assert seasons_of(lombok) == []
    assert last_act(lombok) == "season.away"


@pytest.mark.parametrize("done", [True, False])
def test_once_people_met_in_a_season_its_days_and_the_ledger_stay_and_its_theme_can_change(lombok, laptop, done):
    laptop.post(f"{BASE}/season", data=FORM | {"starts_on": "2026-06-02"})
    met(lombok, done)
    page = f"{BASE}/season/2026-06-02"
    assert 'name="starts_on"' not in laptop.get(page).text
    assert laptop.post(page, data=FORM | {"starts_on": "2026-06-03"}).status_code == 409
    assert laptop.post(page, data=FORM | {"starts_on": "2026-06-02", "days": "27"}).status_code == 409
    assert laptop.post(f"{page}/away").status_code == 409
    assert laptop.post(page, data={"theme-nl": "Ramen open"}).status_code == 303
    assert seasons_of(lombok) == [("2026-06-02", 28, "Ramen open")]


def test_the_ledger_itself_keeps_a_season_that_something_hangs_on(lombok, laptop):
    laptop.post(f"{BASE}/season", data=FORM | {"starts_on": "2026-06-02"})
    met(lombok)
    with lombok.app_context(), pytest.raises(Refusal), writing():
        starting.take_away(db.session.scalars(select(Season)).one(), is_played=False)
    assert len(seasons_of(lombok)) == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [({"days": "23"}, 422), ({"days": "29"}, 422), ({"starts_on": "2026-05-01"}, 422), ({"starts_on": "morgen"}, 422),
     ({"theme-nl": " "}, 422), ({"starts_on": "2026-07-01"}, 409)],
)  # fmt: skip
def test_a_change_that_does_not_fit_is_refused_with_what_was_typed(lombok, laptop, change, status):
    laptop.post(f"{BASE}/season", data=FORM | {"starts_on": "2026-06-02"})
    laptop.post(f"{BASE}/season", data=FORM | {"starts_on": "2026-07-06"})
    before = seasons_of(lombok)
    typed = FORM | {"theme-en": "Open doors", "starts_on": "2026-06-03", **change}
    answer = laptop.post(f"{BASE}/season/2026-06-02", data=typed)
    assert answer.status_code == status
    assert 'value="Open doors"' in answer.text
    assert seasons_of(lombok) == before


@pytest.mark.parametrize("first", ["2026-06-03", "2026-05-30", "morgen"])
def test_a_season_that_is_not_there_is_not_found_by_a_form_either(laptop, first):
    assert laptop.post(f"{BASE}/season/{first}").status_code == 404
    assert laptop.post(f"{BASE}/season/{first}/away").status_code == 404


def test_a_season_that_is_over_is_not_changed(lombok, laptop, clock):
    with lombok.app_context(), writing():
        make.season(queries.by_slug("lombok"), days_ago=28)
    assert laptop.post(f"{BASE}/season/2026-05-05", data={"theme-nl": "Ramen"}).status_code == 404


def test_a_running_season_keeps_its_first_day_when_its_length_changes(lombok, laptop, clock):
    with lombok.app_context(), writing():
        make.season(queries.by_slug("lombok"), days_ago=5)
    page = f"{BASE}/season/2026-05-28"
    assert laptop.post(page, data=FORM | {"starts_on": "2026-05-28", "days": "24"}).status_code == 303
    assert seasons_of(lombok) == [("2026-05-28", 24, "Deuren open")]


@pytest.mark.both
@pytest.mark.parametrize("days_later", [0, 1])
def test_of_two_started_at_one_instant_the_second_is_refused(lombok, monkeypatch, days_later):
    overlapping, both = seasons.overlapping, threading.Barrier(2)

    def wait_for_the_other(*days, but):
        found = overlapping(*days, but=but)
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


def hosts(app, first, last):
    with app.app_context(), writing():
        here = queries.by_slug("lombok")
        for one in range(first, last):
            make.as_staff(app.test_client(), make.person(here, f"Balie {letters(one)}"), Role.HOST)


def test_it_says_how_many_hosts_are_known_and_what_to_do_while_there_are_fewer_than_ten(lombok, laptop):
    hosts(lombok, 0, 8)
    page = laptop.get(f"{BASE}/season").text
    assert "8 van 10 gastheren en gastvrouwen zijn bekend." in page
    assert "Nodig er nog 2 uit voor de eerste dag." in page
    assert f'href="{BASE}/invite?role=host"' in page
    hosts(lombok, 8, 10)
    page = laptop.get(f"{BASE}/season").text
    assert "10 gastheren en gastvrouwen zijn bekend vanaf de eerste dag." in page
    assert f"{BASE}/invite" not in page
