"""The ranking: who stands in it and how they share places, drawn up once a day, and gone at once for who leaves."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core import clock as clockwork
from core.database import db, writing
from core.people import erasure
from core.people import service as people
from core.people.models import Person
from core.refusal import Refusal
from game.ranking import jobs, personal_data, queries, service
from game.ranking.models import Ranking, Standing
from game.scoring.models import Total
from game.seasons import queries as seasons
from game.seasons import rules
from game.seasons import service as seasons_service
from game.seasons.models import Season
from tests import make

pytestmark = pytest.mark.both
NAMES = ("Rode Pan", "Groene Pet", "Gele Kan", "Witte Pet", "Zwarte Kat", "Bruine Beer")


def running() -> int:
    return db.session.scalars(select(Season.id)).one()


def count(person: Person, points: int, days_ago: int = 0) -> None:
    """Somebody's own points of a week."""
    week = clockwork.week_of(clockwork.today() - timedelta(days=days_ago))
    db.session.add(Total(season_id=running(), player=person.player_key, week=week, points=points, given=points))
    db.session.flush()


def entrants(here, *points: int) -> list[Person]:
    """Somebody for each, who stands in the ranking."""
    made = [make.person(here, name) for name in NAMES[: len(points)]]
    for person, many in zip(made, points, strict=True):
        service.stand(person)
        count(person, many)
    db.session.commit()
    return made


def shown() -> list[tuple[int, list[str], int]]:
    return [(shared.place, list(shared.names), shared.people) for shared in queries.top(running())]


def test_equal_points_share_a_place_in_the_order_of_the_alphabet(here, amina):
    rood, *_others = entrants(here, 30, 30, 20)
    count(amina, 500)
    count(rood, 0, days_ago=7)
    db.session.commit()
    assert jobs.draw() == 1
    assert shown() == [(1, ["Groene Pet", "Rode Pan"], 2), (3, ["Gele Kan"], 1)]
    assert queries.own(running(), amina.player_key) is None


def test_more_than_ten_at_one_place_are_a_number(here):
    buren = [make.person(here, f"Buur {chr(65 + number) * 3}") for number in range(12)]
    for number, person in enumerate(buren):
        service.stand(person)
        count(person, 15 if number < 11 else 5)
    db.session.commit()
    jobs.draw()
    assert shown() == [(1, [], 11)]
    service.leave(buren[0].player_key)
    assert shown() == [(1, [], 11)]


def test_after_the_tenth_place_only_the_own_place_is_told(here):
    buren = [make.person(here, f"Buur {chr(65 + number) * 3}") for number in range(12)]
    for number, person in enumerate(buren):
        service.stand(person)
        count(person, 100 - number)
    db.session.commit()
    jobs.draw()
    assert [place for place, _names, _people in shown()] == list(range(1, 11))
    assert queries.own(running(), buren[11].player_key) == (12, 89)


def test_it_is_drawn_once_a_day_and_the_one_before_is_not_kept(here, clock):
    _rood, groen = entrants(here, 30, 20)
    assert (jobs.draw(), jobs.draw()) == (1, 0)
    count(groen, 40, days_ago=7)
    db.session.commit()
    assert shown()[0] == (1, ["Rode Pan"], 1)
    clock.advance(days=1)
    assert jobs.draw() == 1
    assert shown() == [(1, ["Groene Pet"], 1), (2, ["Rode Pan"], 1)]
    assert db.session.scalar(select(func.count()).select_from(Standing)) == 2


def test_two_jobs_at_one_moment_draw_once(here, app):
    entrants(here, 30, 20)
    season, done, start = running(), [], threading.Barrier(4)
    db.session.rollback()

    def draw() -> None:
        with app.app_context():
            start.wait()
            with writing():
                done.append(service.draw(seasons.get(season)))

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False, False, False, True]
    assert db.session.scalar(select(func.count()).select_from(Standing)) == 2


def test_while_the_board_stands_still_the_last_one_stays_until_the_reveal_and_then_the_final_one(here, clock):
    rood, groen = entrants(here, 30, 20)
    season = db.session.get_one(Season, running())
    clock.set(rules.still_from(season) - timedelta(minutes=1))
    assert jobs.draw() == 1
    last = queries.drawn_on(season.id)
    for number, hours in enumerate((0, 24, 24, 120), start=1):
        clock.advance(hours=hours, minutes=1)
        count(groen, 10, days_ago=70 * number)
        db.session.commit()
        assert jobs.draw() == 0
    assert queries.drawn_on(season.id) == last
    assert shown() == [(1, ["Rode Pan"], 1), (2, ["Groene Pet"], 1)]
    seasons_service.reveal(season)
    db.session.commit()
    assert jobs.draw() == 1
    final = [(1, ["Groene Pet"], 1), (2, ["Rode Pan"], 1)]
    assert shown() == final
    clock.advance(days=1)
    count(rood, 90, days_ago=70)
    db.session.commit()
    assert jobs.draw() == 0
    with writing():
        assert not service.draw(seasons.get(season.id))
    assert shown() == final
    assert queries.own(season.id, groen.player_key) == (1, 60)


@pytest.mark.parametrize("left", ["leaves", "erases themselves", "turns out to be younger"])
def test_in_one_that_stands_still_a_name_goes_and_nothing_else(here, clock, left):
    rood, _groen, _geel = entrants(here, 30, 30, 10)
    season = db.session.get_one(Season, running())
    clock.set(rules.still_from(season) - timedelta(minutes=1))
    jobs.draw()
    clock.advance(minutes=2)
    with writing():
        match left:
            case "leaves":
                service.leave(rood.player_key)
            case "erases themselves":
                erasure.ask(rood, rood.name, None)
            case _:
                rood.is_young = True
        service.stand(make.person(here, "Late Kraan"))
    assert jobs.draw() == 0
    assert shown() == [(1, ["Groene Pet"], 2), (3, ["Gele Kan"], 1)]
    assert [(shared.points, shared.without_name) for shared in queries.top(season.id)] == [(30, 1), (10, 0)]


def test_a_season_without_points_has_no_ranking_so_that_it_can_still_be_taken_away(here):
    assert jobs.draw() == 0
    assert db.session.scalars(select(Ranking)).all() == []


def test_who_leaves_or_is_erased_has_no_name_at_once_and_their_place_goes_with_the_next_drawing(here, clock):
    rood, groen, _geel = entrants(here, 30, 20, 10)
    jobs.draw()
    with writing():
        service.leave(rood.player_key)
        erasure.ask(groen, groen.name, None)
    assert shown() == [(1, [], 1), (2, [], 1), (3, ["Gele Kan"], 1)]
    clock.advance(days=1)
    jobs.draw()
    assert shown() == [(1, ["Gele Kan"], 1)]


def test_a_name_that_changes_reads_as_it_is_now(here):
    rood, _groen = entrants(here, 30, 20)
    jobs.draw()
    with writing():
        people.rename(rood, "Blauwe Pan")
    assert shown()[0] == (1, ["Blauwe Pan"], 1)


def test_nobody_younger_than_16_stands_in_it(here, clock):
    young = make.person(here, "Kleine Mus", is_young=True)
    with pytest.raises(Refusal, match="16"):
        service.stand(young)
    assert not queries.is_in(young.player_key)
    rood, _groen = entrants(here, 30, 20)
    with writing():
        rood.is_young = True
    jobs.draw()
    assert shown() == [(1, ["Groene Pet"], 1)]


def test_what_is_kept_is_exported_and_the_choice_is_erased(here):
    rood, _groen = entrants(here, 30, 20)
    jobs.draw()
    since, place = personal_data.RANKING.export(rood.player_key)
    assert since == {"since": clockwork.now()}
    assert (place["place"], place["points"]) == (1, 30)
    personal_data.RANKING.erase(rood.player_key)
    assert not queries.is_in(rood.player_key)


def test_a_player_puts_themselves_in_on_the_page_and_out_again(here, app, client, clock):
    client.post("/w/lombok/join", data={"name": "Rode Pan", "age": "adult"})
    assert "Ranglijst" in client.get("/w/lombok/me").text
    rood = db.session.scalars(select(Person).where(Person.name == "Rode Pan")).unique().one()
    count(rood, 25)
    db.session.commit()
    assert jobs.draw() == 1
    assert "Rode Pan" not in client.get("/w/lombok/ranking").text
    client.post("/w/lombok/ranking", data={"stand": "yes"})
    clock.advance(days=1)
    jobs.draw()
    for page in ("ranking", "thermometer"):
        assert "Rode Pan" in client.get(f"/w/lombok/{page}").text
    visitor = app.test_client()
    assert "Rode Pan" in visitor.get("/w/lombok/ranking").text
    thermometer = visitor.get("/w/lombok/thermometer").text
    assert "Ranglijst, voor wie dat leuk vindt" in thermometer
    assert "Rode Pan" not in thermometer
    assert "Jouw plaats is 1, met 25 punten" in client.get("/w/lombok/ranking").text
    client.post("/w/lombok/ranking", data={"stand": "no"})
    assert "Rode Pan" not in client.get("/w/lombok/thermometer").text


def test_who_is_younger_than_16_is_offered_nothing_and_refused_kindly(here, client):
    client.post("/w/lombok/join", data={"name": "Kleine Mus", "age": "young"})
    for page in ("me", "thermometer"):
        assert "Ranglijst" not in client.get(f"/w/lombok/{page}").text
    assert "<form" not in client.get("/w/lombok/ranking").text.partition("<main")[2].partition("</main>")[0]
    answer = client.post("/w/lombok/ranking", data={"stand": "yes"})
    assert answer.status_code == 403
    assert "16 jaar en ouder" in answer.text
