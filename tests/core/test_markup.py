"""What residents write reaches a page as words, never as markup, also inside a lazy sentence."""

import json
from pathlib import Path

from sqlalchemy import select

from core import clock as time
from core.database import db, writing
from core.guard import Role
from core.people import service as people
from core.people.models import Person
from game.encounters import signals_found
from tests import make
from tests.core.staff.test_pages import join, with_code
from tests.game.encounters.test_signals import at_once_five_times, same_photo

NAME = "Piet <plaintext>"  # a name that the filter of names lets through; the rest of a page is no page any more
ANSWER = '{% include "components/answer.html" %}'
MARKUP = "<img src=x onerror=alert(1)>"


def named(name):
    return db.session.scalars(select(Person).where(Person.name == name)).unique().one()


def test_a_players_name_is_words_at_the_desk(app, clock):
    with app.app_context():
        make.world()
        with writing():
            amina, bram, cem = (named(name) for name in ("Blauwe Reiger", "Warme Sjaal", "Stille Fiets"))
            people.rename(amina, NAME)
            same_photo(amina, bram, cem)
            at_once_five_times(amina, bram)
        time.set(time.now() + signals_found.SETTLED)
        signals_found.sweep()
    editor = join(app)
    with_code(editor)
    page = editor.get("/w/lombok/desk/").text
    assert "Kijk even mee" in page
    assert "<plaintext>" not in page


def test_markup_in_a_name_for_a_card_that_is_refused_stays_words(app, clock):
    with app.app_context():
        make.world()
        phone = app.test_client()
        with writing():
            make.as_staff(phone, named("Blauwe Reiger"), Role.MAKER)
    answer = phone.post("/w/lombok/print/cards", data={"names": MARKUP, "age": "adult"})
    assert answer.status_code == 422
    assert MARKUP not in answer.text


def test_markup_in_a_border_file_stays_words(app, clock):
    with app.app_context():
        make.world()
    coordinator = join(app, Role.COORDINATOR)
    with_code(coordinator)
    bow = [[5.10, 52.09], [5.11, 52.10], [5.11, 52.09], [5.10, 52.10], [5.10, 52.09]]  # it crosses itself
    area = {"type": "Feature", "properties": {"name": MARKUP}, "geometry": {"type": "Polygon", "coordinates": [bow]}}
    said = json.dumps({"type": "FeatureCollection", "features": [area]})
    answer = coordinator.post("/w/lombok/staff/areas", data={"what": "all", "areas": said})
    assert answer.status_code == 422
    assert MARKUP not in answer.text


def test_every_page_that_draws_its_own_body_says_what_came_of_the_form(app):
    folder = Path(app.jinja_loader.searchpath[0])
    own = {file: file.read_text() for file in folder.rglob("*.html")}
    silent = {file.name for file, text in own.items() if "{% block body" in text and ANSWER not in text}
    assert silent == {"offline.html"}  # a phone keeps that page, its forms answer elsewhere
