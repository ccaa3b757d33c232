"""What the wall is for, that everybody reads it, and the page for the party, which a coordinator opens."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from core import jobs
from core.audit.models import AuditEntry
from core.database import db, writing
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from game.seasons import queries as seasons
from game.seasons import rules
from tests import make
from tests.bench.meetings import letters
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault

pytestmark = pytest.mark.both
SEASON = "/w/lombok/staff/season"
FORM = {"theme-nl": "Deuren open", "days": "28"}
REWARD = {"reward-nl": "soep op het plein", "reward-at": "10"}
REVEAL = "/w/lombok/season/reveal"


@pytest.fixture
def lombok(app, clock):
    with app.app_context(), writing():
        make.neighbourhood()
    return app


@pytest.fixture
def laptop(lombok):
    """Of a coordinator with the second lock."""
    device = join(lombok, Role.COORDINATOR, "cor", "Gele Das")
    with_code(device)
    return device


@pytest.fixture
def season(lombok, laptop):
    """26 days from Tuesday 2 June, with soup at ten bricks."""
    answer = laptop.post(SEASON, data=FORM | REWARD | {"starts_on": "2026-06-02", "days": "26"})
    assert answer.status_code == 303
    with lombok.app_context():
        return seasons.latest(neighbourhoods.by_slug("lombok").id)


def meet(app, first: int, last: int) -> None:
    """So many pairs: somebody of their own with everybody from the first number to before the last."""
    with app.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        one = make.person(here, f"Spil {letters(first)}", "Noord")
        for number in range(first, last):
            make.confirmed(one, make.person(here, f"Buur {letters(number)}", "Zuid"))


def test_the_reward_is_said_in_steps_of_five_until_the_wall_is_high_enough(lombok, season, clock):
    visitor = lombok.test_client()
    assert "Nog 10 stenen tot:" in visitor.get("/w/lombok/thermometer").text
    meet(lombok, 0, 7)
    for page in ("thermometer", ""):
        said = visitor.get(f"/w/lombok/{page}").text
        assert "Nog 5 stenen tot:" in said
        assert ">soep op het plein</bdi>" in said
    meet(lombok, 7, 11)
    assert "De muur is hoog genoeg voor:" in visitor.get("/w/lombok/thermometer").text


@pytest.mark.parametrize(
    "sent", [{"reward-nl": "soep"}, {"reward-at": "10"}, {"reward-nl": "soep", "reward-at": "12"}],
    ids=["no number", "no words", "not in fives"],
)  # fmt: skip
def test_a_reward_has_words_and_a_number_in_fives_and_what_was_typed_comes_back(lombok, laptop, sent):
    answer = laptop.post(SEASON, data=FORM | sent | {"starts_on": "2026-06-02"})
    assert answer.status_code == 422
    assert fault(answer.text, "reward-at")
    assert all(f'value="{typed}"' in answer.text for typed in sent.values())


def test_who_was_there_reads_it_once_a_coordinator_showed_it_and_nobody_before(lombok, season, clock):
    meet(lombok, 0, 6)
    visitor = lombok.test_client()
    clock.set(rules.ends_at(season))
    jobs.run(lombok)
    laptop = join(lombok, Role.COORDINATOR, "dan", "Rode Das")  # the session of weeks ago is over
    with_code(laptop)
    assert "Hier zie je op het feest" in visitor.get(REVEAL).text
    assert "buurt-reveal__figure" not in laptop.get(REVEAL).text
    for _press in range(2):
        assert laptop.post(REVEAL).location == f"{REVEAL}#said"
    assert '<p class="buurt-reveal__figure">5</p>' in visitor.get(REVEAL).text
    with lombok.app_context():
        noted = select(AuditEntry.action).where(AuditEntry.action == "season.reveal")
        assert len(db.session.scalars(noted).all()) == 1


def test_a_season_that_still_runs_is_not_shown(lombok, laptop, season, clock):
    assert laptop.post(REVEAL).status_code == 422
    assert "buurt-reveal__figure" not in lombok.test_client().get(REVEAL).text


def test_outside_a_season_it_says_that_meetings_give_no_points_and_when_the_next_begins(lombok, laptop, season, clock):
    laptop.post(SEASON, data=FORM | {"starts_on": "2026-07-06"})
    clock.set(rules.ends_at(season))
    said = lombok.test_client().get("/w/lombok/thermometer").text
    assert "zonder punten" in said
    assert "6 juli" in said
    assert season.ends_on == date(2026, 6, 27)


def test_the_wall_says_what_it_is_for_until_when_the_season_runs_and_what_comes_next(lombok, laptop, season, clock):
    made = laptop.post("/w/lombok/staff/walls", data={"name": "Bij de koffie"}, follow_redirects=True).text
    wall = re.search(r"/w/lombok/wall/[0-9A-Za-z]+", made)[0]
    screen = lombok.test_client()
    said = screen.get(wall).text
    assert "Nog 10 stenen tot:" in said
    assert ">soep op het plein</bdi>" in said
    assert ">Deuren open</bdi>" in said
    assert laptop.post(SEASON, data=FORM | {"starts_on": "2026-07-06", "theme-nl": "Buiten eten"}).status_code == 303
    clock.set(rules.ends_at(season))
    said = screen.get(wall).text
    assert "Binnenkort: wat we samen deden" in said
    assert ">Buiten eten</bdi>" in said
    assert ">Deuren open</bdi>" not in said
