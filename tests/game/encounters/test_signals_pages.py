"""A look at a player through its pages: what an editor sees and says, what the player reads, and another editor."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from core import clock as time
from core.database import db, writing
from core.people import service as people
from core.people.models import Person
from game.encounters import signals_found
from tests import make
from tests.core.desk.test_pages import say
from tests.core.staff.test_pages import join, with_code
from tests.game.encounters.test_signals import at_once_five_times, same_photo

DESK, ANSWERS = "/w/lombok/desk/", "/w/lombok/desk/answers"
AMINA, BRAM, CEM = "Blauwe Reiger", "Warme Sjaal", "Stille Fiets"


@pytest.fixture
def lombok(app, clock):
    """Amina's photo with Bram came with Cem too, and five of her meetings with Bram were answered at once."""
    with app.app_context():
        make.world()
        with writing():
            amina, bram, cem = (named(name) for name in (AMINA, BRAM, CEM))
            same_photo(amina, bram, cem)
            at_once_five_times(amina, bram)
        time.set(time.now() + signals_found.SETTLED)
        assert signals_found.sweep() == 3
    return app


@pytest.fixture
def editor(lombok):
    device = join(lombok)
    with_code(device)
    return device


def named(name):
    return db.session.scalars(select(Person).where(Person.name == name)).unique().one()


def phone_of(app, name):
    with app.app_context(), writing():
        token = people.sign_in(named(name))
    phone = app.test_client()
    phone.set_cookie("device", token)
    return phone


def explain(editor, reason="new photo", note="Neem rustig de tijd."):
    key = re.search(r'action="/w/lombok/desk/look/(\w+)"', editor.get(DESK).text)[1]
    return say(editor, "look", key, verdict="back", reason=reason, note=note)


def test_an_editor_reads_what_was_seen_and_has_two_answers(editor):
    page = editor.get(DESK).text
    for words in ("Kijk even mee", AMINA, "Dezelfde foto", "Meteen beantwoord", "Vanzelf gebeurt er niets."):
        assert words in page
    assert set(re.findall(r'name="verdict" value="(\w+)"', page)) == {"good", "back"}
    assert "Niets aan de hand" in page
    assert "Uitleg sturen" in page
    assert BRAM not in page
    assert CEM not in page


def test_the_look_leads_to_a_pause_for_its_player_and_names_no_letters_of_others(lombok, editor):
    with lombok.app_context():
        mine, *others = (named(name).tag for name in (AMINA, BRAM, CEM))
    page = editor.get(DESK).text
    assert re.findall(r'href="/w/lombok/desk/pauses\?tag=(\w+)"', page) == [mine]
    assert not any(letters in page for letters in others)
    assert f'value="{mine}"' in editor.get(f"/w/lombok/desk/pauses?tag={mine}").text


def test_the_player_reads_why_that_points_stay_and_asks_another_editor(lombok, editor):
    assert explain(editor).status_code == 303
    amina = phone_of(lombok, AMINA)
    page = amina.get(ANSWERS).text
    for words in (
        "Kijk even mee", "Je punten blijven", "Maak bij elke ontmoeting een nieuwe foto.", "Neem rustig de tijd.",
        "Twee anderen stuurden dezelfde foto.", "kwam het tweede ja binnen drie seconden.",
    ):  # fmt: skip
        assert words in page
    assert "jouw telefoon" not in page  # that signal was not seen
    action = re.search(r'action="(/w/lombok/desk/answers/\w+/appeal)"', page)[1]
    assert amina.post(action).status_code == 303
    page = amina.get(ANSWERS).text
    assert "/appeal" not in page
    assert "/desk/look/" not in editor.get(DESK).text  # not the same editor
    other = join(lombok, login="bram", name="Gele Kraan")
    with_code(other)
    key = re.search(r'action="/w/lombok/desk/look/(\w+)"', other.get(DESK).text)[1]
    assert say(other, "look", key, verdict="good").status_code == 303
    page = amina.get(ANSWERS).text
    assert "Een andere redacteur keek ook." in page
    assert "/appeal" not in page


def test_once_the_season_closed_no_other_editor_can_be_asked(lombok, editor):
    explain(editor)
    amina = phone_of(lombok, AMINA)
    action = re.search(r'action="(/w/lombok/desk/answers/\w+/appeal)"', amina.get(ANSWERS).text)[1]
    time.set(time.now() + timedelta(days=130))
    with lombok.app_context():
        signals_found.sweep()
    page = amina.get(ANSWERS).text
    assert "Je punten blijven" in page
    assert "/appeal" not in page
    answer = amina.post(action)
    assert answer.status_code == 410
    assert "Dit is te lang geleden, of het is weg." in answer.text
    assert "Nog een redacteur" not in amina.get(ANSWERS).text


def test_the_partners_read_nothing_about_somebody_else(lombok, editor):
    explain(editor)
    for name in (BRAM, CEM):
        phone = phone_of(lombok, name)
        assert "Kijk even mee" not in phone.get(ANSWERS).text
        assert ANSWERS not in phone.get("/w/lombok/me").text
    assert ANSWERS in phone_of(lombok, AMINA).get("/w/lombok/me").text


def test_nobody_but_who_was_told_asks_another_editor(lombok, editor):
    explain(editor)
    action = re.search(r'action="(/w/lombok/desk/answers/\w+/appeal)"', phone_of(lombok, AMINA).get(ANSWERS).text)[1]
    assert phone_of(lombok, BRAM).post(action).status_code == 404


def test_a_look_is_no_thing_to_report(lombok, editor):
    action = re.search(r'action="/w/lombok/desk/(look/\w+)"', editor.get(DESK).text)[1]
    answer = lombok.test_client().post(f"/w/lombok/report/{action}", data={"reason": "child"})
    assert answer.status_code == 404


def test_who_plays_is_told_what_is_kept(lombok):
    assert "Wat opviel bij je ontmoetingen." in phone_of(lombok, AMINA).get("/w/lombok/me/data").text
    with lombok.app_context():
        assert [one["seen"] for one in signals_found.PERSONAL_DATA.export(named(BRAM).player_key)] == ["at once"]
