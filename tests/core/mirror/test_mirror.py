"""The mirror: what the team says of seven things, what the data show beside it, and what it said before this season."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core import clock as time
from core.audit.models import AuditEntry
from core.database import db, writing
from core.guard import Role
from core.mirror import queries, service
from core.mirror.factors import FACTORS
from core.mirror.models import MirrorAnswer
from core.mirror.personal_data import ANSWERS
from core.mirror.seen import SEEN, Seen, Sentence, beside, people
from core.neighbourhoods import queries as neighbourhoods
from core.people.zones import season_began
from tests import make
from tests.conftest import NOON
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, key_in, twice_at_once, typed, words

pytestmark = pytest.mark.both
AT, TEAM = "/w/lombok/staff/mirror", "/w/lombok/staff/"


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        make.world()
    return app


def host(app, name: str = "Gulle Theepot", login: str = "farid"):
    return join(app, Role.HOST, login, name)


def answer(device, factor: str = "face", does: str = "no", why: str = "Wij staan er nog niet op.", **more: str):
    key = key_in(device.get(f"{AT}/{factor}").text)
    return device.post(f"{AT}/{factor}", data={"does": does, "why": why, "to_do": "", "client_key": key, **more})


def plain(device) -> str:
    return words(device.get(AT).text)


def rows(app) -> list[tuple[str, bool]]:
    with app.app_context():
        found = db.session.scalars(select(MirrorAnswer).order_by(MirrorAnswer.id))
        return [(one.factor, one.does) for one in found]


def test_an_answer_stands_there_with_who_and_when_and_the_last_one_counts(lombok):
    device = host(lombok)
    assert answer(device).status_code == 303
    assert answer(device, does="yes", why="Nu wel, bij de deur.").status_code == 303
    page = plain(device)
    assert "We doen 1 van de 7" in page
    assert "Nu wel, bij de deur." in page
    assert "Wij staan er nog niet op." not in page
    assert "Door: Gulle Theepot" in page
    assert f"Ingevuld op {NOON.day} " in page
    assert rows(lombok) == [("face", False), ("face", True)]  # both rows stay


def test_it_is_compared_with_what_was_said_before_this_season_and_never_with_this_seasons(lombok, clock):
    with lombok.app_context():
        here = neighbourhoods.by_slug("lombok").id
        began = season_began(here)
        moment = time.first_moment_of(began)
        for at, does in ((moment - timedelta(days=200), True), (moment - timedelta(seconds=1), False), (moment, True)):
            clock.set(at)
            with writing():
                service.answer(here, "own", does, "Zo.", "", "somebody", "nl")
        clock.set(moment + timedelta(days=3))
        assert queries.now(here, began)["own"].does
        assert not queries.before(here, began)["own"].does  # the last one of before, not the first
        assert queries.before(here, None) == {}
        assert "Vóór dit seizoen: 0 van de 7." in plain(host(lombok))


def test_a_gap_becomes_something_to_do_and_the_page_of_the_team_counts_them(lombok):
    device = host(lombok)
    answer(device, to_do="Foto’s van Mo en Sanne. Zijzelf, deze week.")
    answer(device, "own")
    answer(device, "history", "yes", "De slagerij is ons begin.")
    page = plain(device)
    assert "Op de lijst: Foto’s van Mo en Sanne. Zijzelf, deze week." in page
    assert "Op de lijst: spreek af wie er iets aan doet" in page
    assert page.count("Op de lijst") == 2
    assert "De spiegel 2" in words(device.get(TEAM).text)


def test_what_was_typed_stays_where_something_lacks(lombok):
    page = answer(host(lombok), does="", why="Een goede reden").text
    assert fault(page, "does") == "Kies een van de twee."
    assert typed(page, "why") == "Een goede reden"
    assert rows(lombok) == []


def test_a_form_sent_twice_makes_one_row(lombok):
    device = host(lombok)
    data = {"does": "yes", "why": "Zo.", "to_do": "", "client_key": key_in(device.get(f"{AT}/own").text)}
    assert twice_at_once(lombok, device, f"{AT}/own", data) == [303, 303]
    assert rows(lombok) == [("own", True)]


def test_hostile_words_are_words_and_an_eighth_factor_is_not_there(lombok):
    device = host(lombok)
    answer(device, why="<script>alert(1)</script> {{ 7*7 }}", to_do='"><img src=x>')
    page = device.get(AT).text
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "{{ 7*7 }}" in page
    for method in (device.get, device.post):
        assert method(f"{AT}/nothing").status_code == 404
    assert device.post(f"{AT}/own", data={"does": "perhaps", "why": "x" * 5000}).status_code == 422


def test_it_is_for_the_team_alone(lombok):
    answer(host(lombok), why="Geheim van het team")
    for role in (Role.MAKER, Role.TEACHER):
        assert join(lombok, role, str(role), f"Lid {role}").get(AT).status_code == 403
    assert lombok.test_client().get(AT).status_code in {303, 401}
    for role, login in ((Role.EDITOR, "eva"), (Role.COORDINATOR, "cora")):
        device = join(lombok, role, login, f"Naam {login}")
        with_code(device)
        assert "Geheim van het team" in device.get(AT).text
    for page in ("/w/lombok/", "/w/lombok/happening"):
        assert "Geheim van het team" not in lombok.test_client().get(page).text


def test_the_log_says_that_it_was_answered_and_not_what(lombok):
    answer(host(lombok), why="Niet in het logboek")
    with lombok.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "mirror.answer")).one()
        assert (entry.about, entry.role, entry.reason) == ("face", "host", None)


def test_who_is_erased_leaves_the_answer_to_the_team(lombok):
    device = host(lombok)
    answer(device, why="Blijft van het team")
    with lombok.app_context():
        me = db.session.scalars(select(MirrorAnswer.by)).one()
        assert ANSWERS.export(me)[0]["why"] == "Blijft van het team"
        with writing():
            ANSWERS.erase(me)
        assert ANSWERS.export(me) == []
    page = plain(device)
    assert "Blijft van het team" in page
    assert "Door:" not in page


def test_parts_say_what_is_seen_of_each_and_few_people_look_like_nobody(lombok, monkeypatch):
    with lombok.test_request_context("/w/lombok/"):
        here = neighbourhoods.by_slug("lombok")
        assert people(0) == people(4) == "minder dan 5"
        assert people(5) == "5"
        shown = {name: [words(str(one.figure)) for one in beside(name, here)] for name in FACTORS}
    assert shown["own"][0] == "0 opdrachten van bewoners, van de 3"
    assert shown["present"][0] == "Gastheren en gastvrouwen: minder dan 5"
    assert shown["history"][:2] == ["0 verhalen", "0 wandelingen"]
    assert shown["partners"] == ["0 partners met een pagina", "0 afspraken"]
    monkeypatch.setitem(
        lombok.extensions["registries"], SEEN.name,
        {"of the tests": (0, Seen("partners", lambda _here: Sentence("12 afspraken", "1 te laat"))),
         "silent": (1, Seen("partners", lambda _here: None))},
    )  # fmt: skip
    page = plain(host(lombok))
    assert "12 afspraken 1 te laat" in page
    assert page.count("Hiervoor tellen we nog niets.") == 6


def test_what_is_seen_names_nobody_whoever_they_are(lombok):
    with lombok.test_request_context("/w/lombok/"):
        here = neighbourhoods.by_slug("lombok")
        said = " ".join(f"{one.figure} {one.about}" for name in FACTORS for one in beside(name, here))
        assert not any(name in said for name in make.CAST)
