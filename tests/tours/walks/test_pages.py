"""A walk from its first stop to its teller's no: made, walked, published by another, read, and left."""

import re

import pytest
from sqlalchemy import select

from core.consent import jobs as consents
from core.contributions.models import Contribution
from core.database import db, writing
from core.desk import service as desk
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.people.models import Person
from core.refusal import Refusal
from tests import make
from tests.core.proposals.test_pages import phone_of
from tests.core.staff.test_pages import join
from tests.tours.walks.stories import told
from tours.stories import service as stories
from tours.walks import jobs, queries
from tours.walks.models import State, Tour

pytestmark = pytest.mark.both
AT, STAFF = "/w/lombok/walks", "/w/lombok/staff/walks"
TITLES = ("De rij", "De brug", "De soep")
TOLD = "De rij"


@pytest.fixture
def lombok(app, clock):
    """Three stories at three places on one line, of which the second told lies in the middle."""
    with app.app_context():
        here, _season = make.world()
        with writing():
            for number in range(3):
                db.session.add(make.spot(here, f"spot-{number}", 52.09 + number / 1000, name=f"Plek {number}"))
        with app.test_request_context("/w/lombok/"), writing():
            here = neighbourhoods.by_slug("lombok")
            for title, spot in zip(TITLES, ("spot-0", "spot-2", "spot-1"), strict=True):
                told(here, title, spot)
            told(here, "Niet in wandelingen", "spot-1", uses=())
    return app


@pytest.fixture
def maker(lombok):
    return join(lombok, Role.MAKER, "joke", "Gele Jas")


def key_of(app, title: str) -> str:
    with app.app_context():
        every = db.session.scalars(select(Contribution).where(Contribution.kind == "story"))
        return next(one.key for one in every if one.last.content["title"] == title)


def tour_of(app) -> Tour:
    return db.session.scalars(select(Tour)).one()


def begin(app, maker, titles=TITLES) -> None:
    maker.post(f"{STAFF}/new", data={"title": "Rondje Kanaal!", "lang": "nl"})
    for title in titles:
        assert maker.post(f"{STAFF}/rondje-kanaal/add", data={"story": key_of(app, title)}).status_code == 303


def publish(app, maker) -> None:
    say(maker, "words", title="Rondje Kanaal!", intro="Langs het water.", shape="loop", profile="walk")
    say(maker, "check", checked_on="2026-06-01", checked_by="de wandelclub")
    say(maker, "step", step="send")
    with app.test_request_context("/w/lombok/"), writing():
        here = neighbourhoods.by_slug("lombok")
        desk.decide(here.id, "tour", tour_of(app).desk_key, "good", "an editor", Role.EDITOR)


def say(maker, act: str, **said) -> None:
    answer = maker.post(f"{STAFF}/rondje-kanaal/{act}", data=said)
    assert answer.status_code == 303, answer.text


def names(page: str) -> list[str]:
    """The stops in the order in which they stand."""
    return re.findall(r'buurt-stop__name">\s*<strong[^>]*>([^<]+)<', page) or re.findall(
        r'<li class="buurt-list__item"><a[^>]*><span class="buurt-stop__number">\d+</span><span><span[^>]*>([^<]+)<',
        page,
    )


def test_a_walk_is_made_walked_published_and_read(lombok, maker):
    begin(lombok, maker)
    page = maker.get(f"{STAFF}/rondje-kanaal").text
    assert "3 haltes" in page
    assert "Niet in wandelingen" not in page, "its teller does not allow walks"
    reader = lombok.test_client()
    assert reader.get(f"{AT}/rondje-kanaal").status_code == 404
    say(maker, "loop", order="shortest")
    assert names(maker.get(f"{STAFF}/rondje-kanaal").text) in (
        ["De rij", "De soep", "De brug"],
        ["De rij", "De brug", "De soep"],
    )
    publish(lombok, maker)
    page = reader.get(f"{AT}/rondje-kanaal").text
    assert all(words in page for words in ("Langs het water.", "0,6 km", "de wandelclub", "Bram", "1974"))
    assert "Rondje Kanaal!" in reader.get(AT).text
    assert "Halte 1 van" in reader.get("/w/lombok/spots/spot-0").text


def test_a_round_is_the_shortest_by_time_and_undone(lombok, maker):
    begin(lombok, maker)
    say(maker, "words", title="Rondje", intro="", shape="line", profile="walk")
    line = maker.get(f"{STAFF}/rondje-kanaal").text
    assert names(line) == ["De rij", "De brug", "De soep"]
    with lombok.app_context():
        stops = {stop.story.title: stop.id for stop in tour_of(lombok).stops}
    say(maker, "arrange", stop=stops["De soep"], do="to", number=1)
    assert names(maker.get(f"{STAFF}/rondje-kanaal").text) == ["De soep", "De rij", "De brug"]
    say(maker, "arrange", stop=stops["De rij"], do="remove")
    say(maker, "step", step="undo")
    say(maker, "step", step="undo")
    assert names(maker.get(f"{STAFF}/rondje-kanaal").text) == ["De rij", "De brug", "De soep"], "also after a reload"


def test_what_has_no_place_in_the_time_is_named_with_what_it_would_add(lombok, maker):
    begin(lombok, maker)
    answer = maker.post(f"{STAFF}/rondje-kanaal/loop", data={"order": "shortest", "minutes": "10"})
    page = maker.get(answer.location).text
    assert "Voor deze verhalen was geen tijd" in page
    left = re.search(r"De (rij|brug|soep)</bdi> \(\+\s*(\d+) minu", page)
    assert int(left[2]) > 0
    assert len(names(page)) < 3


def test_who_made_it_says_no_yes_to_it(lombok, maker):
    begin(lombok, maker)
    say(maker, "words", title="Rondje", intro="Langs.", shape="loop", profile="walk")
    say(maker, "check", checked_on="2026-06-01", checked_by="de wandelclub")
    say(maker, "step", step="send")
    with lombok.test_request_context("/w/lombok/"), writing():
        tour = tour_of(lombok)
        with pytest.raises(Refusal, match="gaat over jou"):
            desk.decide(tour.neighbourhood_id, "tour", tour.desk_key, "good", tour.maker, Role.EDITOR)


def test_a_change_after_the_walk_on_foot_is_walked_again(lombok, maker):
    begin(lombok, maker)
    publish(lombok, maker)
    refused = maker.post(f"{STAFF}/rondje-kanaal/add", data={"spot": "spot-1"})
    assert refused.status_code == 409
    assert "Zeg eerst dat je haar wilt veranderen" in refused.text
    say(maker, "step", step="change")
    assert lombok.test_client().get(f"{AT}/rondje-kanaal").status_code == 410
    say(maker, "add", spot="spot-1")
    assert maker.post(f"{STAFF}/rondje-kanaal/step", data={"step": "send"}).status_code == 409
    with lombok.app_context():
        assert tour_of(lombok).state == State.DRAFT


def test_a_story_that_leaves_is_gone_at_once_and_its_maker_reads_why(lombok, maker):
    begin(lombok, maker)
    publish(lombok, maker)
    reader = lombok.test_client()
    with lombok.test_request_context("/w/lombok/"), writing():
        found = db.session.scalar(select(Contribution).where(Contribution.key == key_of(lombok, TOLD)))
        stories.withdraw(found)
    page = reader.get(f"{AT}/rondje-kanaal").text
    assert TOLD not in page
    assert names(page) == ["De brug", "De soep"]
    with lombok.app_context():
        assert consents.sweep() > 0
        assert tour_of(lombok).due_at is not None, "the surface makes it due"
        assert jobs.sweep() == 1
        tour = tour_of(lombok)
        assert (tour.state, len(tour.legs), jobs.sweep()) == (State.NEEDS_ATTENTION, 2, 0)
    assert "de verteller nam het terug" in maker.get(f"{STAFF}/rondje-kanaal").text
    assert "Er ging iets weg: kijk even" in maker.get(STAFF).text
    say(maker, "step", step="go-on")
    assert names(reader.get(f"{AT}/rondje-kanaal").text) == ["De brug", "De soep"]
    with lombok.app_context():
        assert tour_of(lombok).state == State.PUBLISHED


def test_a_walk_that_one_stop_is_left_of_is_no_walk(lombok, maker):
    begin(lombok, maker, TITLES[:2])
    publish(lombok, maker)
    with lombok.test_request_context("/w/lombok/"), writing():
        found = db.session.scalar(select(Contribution).where(Contribution.key == key_of(lombok, TOLD)))
        stories.allow(found, [], "receipt")
    reader = lombok.test_client()
    assert reader.get(f"{AT}/rondje-kanaal").status_code == 410
    assert "Rondje Kanaal" not in reader.get(AT).text
    assert "Halte" not in reader.get("/w/lombok/spots/spot-2").text


def test_a_teller_sees_the_walk_and_says_no_to_it_alone(lombok, maker):
    teller = phone_of(lombok, "Blauwe Reiger")
    with lombok.test_request_context("/w/lombok/"), writing():
        here = neighbourhoods.by_slug("lombok")
        me = db.session.scalars(select(Person).where(Person.name == "Blauwe Reiger")).unique().one()
        mine = told(here, "Mijn kraam", "spot-1", who=me.player_key).key
    begin(lombok, maker, (*TITLES, "Mijn kraam"))
    publish(lombok, maker)
    page = teller.get(f"/w/lombok/stories/mine/{mine}").text
    assert "In deze wandelingen" in page
    assert "Rondje Kanaal!" in page
    answer = teller.post(f"{AT}/rondje-kanaal/teller", data={"story": mine, "wants": "no"})
    assert answer.status_code == 303
    reader = lombok.test_client()
    assert "Mijn kraam" not in reader.get(f"{AT}/rondje-kanaal").text
    assert reader.get(f"/w/lombok/stories/{mine}").status_code == 200, "its own page stays"
    assert "Je zei nee tegen deze wandeling" in teller.get(f"/w/lombok/stories/mine/{mine}").text
    assert "De verteller wil dit verhaal niet in deze wandeling" in maker.get(f"{STAFF}/rondje-kanaal").text
    teller.post(f"{AT}/rondje-kanaal/teller", data={"story": mine, "wants": "yes"})
    assert "Mijn kraam" in reader.get(f"{AT}/rondje-kanaal").text


def test_a_maker_shows_it_on_a_phone_for_a_day(lombok, maker, clock):
    begin(lombok, maker)
    link = re.search(r'href="(/w/lombok/walks/rondje-kanaal/preview/[^"]+)"', maker.get(f"{STAFF}/rondje-kanaal").text)[
        1
    ]
    reader = lombok.test_client()
    assert names(reader.get(link).text) == list(TITLES)
    assert reader.get(f"{AT}/rondje-kanaal/preview/x").status_code == 404
    with lombok.app_context():
        assert queries.of(neighbourhoods.by_slug("lombok").id) == []


def test_bounds_are_kept(lombok, maker):
    begin(lombok, maker, TITLES[:1])
    for number in range(39):
        say(maker, "add", spot=f"spot-{number % 3}")
    assert maker.post(f"{STAFF}/rondje-kanaal/add", data={"spot": "spot-1"}).status_code == 409
    with lombok.app_context():
        stop = tour_of(lombok).stops[0].id
    long = maker.post(f"{STAFF}/rondje-kanaal/write-stop", data={"stop": stop, "intro": "x" * 601})
    assert long.status_code == 422
    far = maker.post(f"{STAFF}/rondje-kanaal/write-stop", data={"stop": stop, "metres": "6000"})
    short = maker.post(f"{STAFF}/rondje-kanaal/loop", data={"order": "shortest", "minutes": "5"})
    assert (far.status_code, short.status_code) == (422, 422)
